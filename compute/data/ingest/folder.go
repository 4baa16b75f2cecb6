package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lossxfer-report/compute/data/library"
)

// FolderReader is the format of a folder of pictures: DIR/train/CLASS/… and
// DIR/test/CLASS/…, with DIR/validation/CLASS/… if there is one; or DIR/CLASS/…, of which
// a part is then set aside for testing.
const FolderReader = "folder"

// FromFolder puts a folder of JPEG, PNG or GIF files into the library in dir. Classes
// are in the order of their names. validation is as for library.NewWriter, test likewise,
// where DIR has no test images of its own.
func FromFolder(ctx context.Context, dir, name, from string, side int, validation, test float64, progress func(done, total int)) (*library.Set, error) {
	fail := func(err error) (*library.Set, error) { return nil, fmt.Errorf("data set %s: %w", name, err) }
	root, err := os.OpenRoot(from) // so that no link leads out of it
	if err != nil {
		return fail(err)
	}
	defer root.Close()
	list, err := listFolder(root, test)
	if err != nil {
		return fail(fmt.Errorf("%s: %w", from, err))
	}
	w, err := library.NewWriter(dir, library.Set{Name: name, Classes: list.classes, Side: side, Channels: 3, Made: madeAs(side)}, list.places, validation)
	if err != nil {
		return nil, err
	}
	defer w.Abort()
	for i, path := range list.paths {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		progress(i, len(list.paths))
		if !w.Wanted(i) {
			continue
		}
		pixels, err := readPicture(root, path, side)
		if err != nil {
			return fail(fmt.Errorf("%s: %w; take it out of the folder or mend it", filepath.Join(from, path), err))
		}
		if err := w.Put(i, pixels); err != nil {
			return nil, err
		}
	}
	progress(len(list.paths), len(list.paths))
	return w.Close()
}

// listed is the pictures of a folder.
type listed struct {
	classes []string
	paths   []string
	places  []library.Place
}

// listFolder finds the pictures, in the order of their names.
func listFolder(root *os.Root, test float64) (listed, error) {
	top, err := folders(root, ".")
	if err != nil {
		return listed{}, err
	}
	if !slices.Contains(top, "train") {
		return listClasses(root, top, test)
	}
	var l listed
	if l.classes, err = folders(root, "train"); err != nil {
		return listed{}, err
	}
	for split, part := range []string{"train", "validation", "test"} {
		if !slices.Contains(top, part) {
			if part == "test" {
				return listed{}, errors.New("it has train and no test: give it both, or folders of classes alone")
			}
			continue
		}
		have, err := folders(root, part)
		if err != nil {
			return listed{}, err
		}
		if !slices.Equal(have, l.classes) {
			return listed{}, fmt.Errorf("%s and train do not have the same classes: %q and %q", part, few(have), few(l.classes))
		}
		for class, name := range l.classes {
			files, err := pictures(root, filepath.Join(part, name))
			if err != nil {
				return listed{}, err
			}
			for _, f := range files {
				l.paths, l.places = append(l.paths, f), append(l.places, library.Place{Split: split, Class: class})
			}
		}
	}
	return l, nil
}

// listClasses sets the same number of pictures of each class apart for testing, spread
// over the class in the order of the names.
func listClasses(root *os.Root, classes []string, test float64) (listed, error) {
	l := listed{classes: classes}
	var of [][]string
	rarest := 1 << 30
	for _, name := range classes {
		files, err := pictures(root, name)
		if err != nil {
			return listed{}, err
		}
		of = append(of, files)
		rarest = min(rarest, len(files))
	}
	apart := int(test)
	if test < 1 {
		apart = int(test * float64(rarest))
	}
	if len(classes) > 0 && (apart < 1 || apart >= rarest) {
		return listed{}, fmt.Errorf("the rarest class has %d pictures, and %d of each are to be for testing", rarest, apart)
	}
	for class, files := range of {
		for i, f := range files {
			// Picture i is for testing where i·apart/n steps up.
			split := 0
			if (i+1)*apart/len(files) > i*apart/len(files) {
				split = 2
			}
			l.paths, l.places = append(l.paths, f), append(l.places, library.Place{Split: split, Class: class})
		}
	}
	return l, nil
}

// few is the first names of a list.
func few(list []string) []string { return list[:min(len(list), 5)] }

// folders lists the folders in a folder, hidden ones left out.
func folders(root *os.Root, path string) ([]string, error) {
	entries, err := readDir(root, path)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// extensions of pictures.
var extensions = []string{".jpg", ".jpeg", ".png", ".gif"}

// pictures lists the pictures in a folder. Anything else there is passed over.
func pictures(root *os.Root, path string) ([]string, error) {
	entries, err := readDir(root, path)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if e.Type().IsRegular() && slices.Contains(extensions, strings.ToLower(filepath.Ext(e.Name()))) {
			out = append(out, filepath.Join(path, e.Name()))
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s has no %s", path, strings.Join(extensions, ", "))
	}
	return out, nil
}

// readDir lists a folder in the order of the names.
func readDir(root *os.Root, path string) ([]os.DirEntry, error) {
	f, err := root.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// readPicture reads a file as side × side pixels.
func readPicture(root *os.Root, path string, side int) ([]uint8, error) {
	f, err := root.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, mostFile+1))
	if err != nil {
		return nil, err
	}
	if len(b) > mostFile {
		return nil, fmt.Errorf("more than %d bytes", mostFile)
	}
	return square(b, side)
}
