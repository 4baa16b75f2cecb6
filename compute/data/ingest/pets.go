package ingest

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"lossxfer-report/compute/data/library"
)

// readPets reads Oxford-IIIT Pets: photographs in one archive, and in another the lists
// of those for training and for testing, a line "Abyssinian_100 1 1 1" for each: name,
// class from 1, and two numbers that are not used.
func readPets(ctx context.Context, r Request) (*collection, error) {
	images, err := r.file("images.tar.gz")
	if err != nil {
		return nil, err
	}
	annotations, err := r.file("annotations.tar.gz")
	if err != nil {
		return nil, err
	}
	const train, test = "annotations/trainval.txt", "annotations/test.txt"
	lists, err := wanted(ctx, annotations, train, test)
	if err != nil {
		return nil, err
	}
	c := &collection{channels: 3, side: r.Side}
	at := map[string]library.Place{}
	for i, name := range []string{train, test} {
		if err := c.petList(string(lists[name]), 2*i, at); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", annotations, name, err)
		}
	}
	for i, name := range c.classes {
		if name == "" {
			return nil, fmt.Errorf("%s: no image is of class %d", annotations, i+1)
		}
	}
	return c, c.photographs(ctx, images, at)
}

// petList reads a list and names the classes after the images' names.
func (c *collection) petList(text string, split int, at map[string]library.Place) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) < 2 {
			return fmt.Errorf("line %d: %q has no class", n, strings.TrimSpace(line))
		}
		label, err := strconv.Atoi(fields[1])
		if err != nil || label < 1 || label > 1000 {
			return fmt.Errorf("line %d: class %q", n, fields[1])
		}
		cut := strings.LastIndexByte(fields[0], '_')
		if cut < 1 {
			return fmt.Errorf("line %d: %q does not begin with the name of a class", n, fields[0])
		}
		for len(c.classes) < label {
			c.classes = append(c.classes, "")
		}
		name := strings.ReplaceAll(fields[0][:cut], "_", " ")
		if old := c.classes[label-1]; old != "" && old != name {
			return fmt.Errorf("line %d: class %d is %q, and was %q", n, label, name, old)
		}
		c.classes[label-1] = name
		member := "images/" + fields[0] + ".jpg"
		if _, ok := at[member]; ok {
			return fmt.Errorf("line %d: %s is listed twice", n, fields[0])
		}
		at[member] = library.Place{Split: split, Class: label - 1}
	}
	return nil
}

// photographs reads the listed pictures of an archive, in its order. All must be there;
// one that cannot be decoded is noted.
func (c *collection) photographs(ctx context.Context, archive string, at map[string]library.Place) error {
	if len(at) > mostMembers {
		return fmt.Errorf("%d pictures are listed; at most %d are read", len(at), mostMembers)
	}
	err := eachMember(ctx, archive, func(name string) bool { _, ok := at[name]; return ok }, func(name string, b []byte) error {
		p := at[name]
		delete(at, name)
		if len(b) > mostFile {
			return fmt.Errorf("%d bytes; at most %d are read", len(b), mostFile)
		}
		pixels, err := square(b, c.side)
		if err != nil {
			c.unread = append(c.unread, fmt.Sprintf("%s (%v)", name, err))
			return nil
		}
		c.add(p.Split, p.Class, pixels)
		return nil
	})
	if err != nil {
		return err
	}
	first := ""
	for name := range at {
		if first == "" || name < first {
			first = name
		}
	}
	if first != "" {
		return fmt.Errorf("%s: %d listed pictures are not in it, %s the first", archive, len(at), first)
	}
	return nil
}
