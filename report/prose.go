package report

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"

	"lossxfer-report/templates"
)

// notYet stands in prose where an item's number will be once its tasks have run.
const notYet = "not yet computed"

// reference is a number looked up by name, {{table-3.softmax.R2}}, with the per cent sign
// that may follow it.
var reference = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}(%?)`)

// proseOf returns the Markdown written for an item or a part of the page, with every
// number filled in; empty if none is written. A name that means nothing is an error:
// prose must not go stale unnoticed.
func proseOf(r *Report, id string) (string, error) {
	// A preset with images of its own may have words of its own.
	text, file, ok := templates.Prose(r.Preset.ID + "/" + id)
	if !ok {
		text, file, ok = templates.Prose(id)
	}
	if !ok {
		return "", nil
	}
	return fillIn(r, text, file)
}

// itemProse returns the prose of an item; none where nothing draws it, for all its
// numbers would be missing.
func itemProse(r *Report, it *Item) (string, error) {
	if it.Status == NotBuilt || it.Status == NotHere {
		return "", nil
	}
	text, err := proseOf(r, it.ID)
	if _, _, own := templates.Prose(r.Preset.ID + "/" + it.ID); err != nil && !own && r.Preset.Source != "" {
		// Networks trained elsewhere have layers and tasks of their own, which the words
		// do not know.
		return "", nil
	}
	return text, err
}

// fillIn replaces the references of a text; file is named in errors.
func fillIn(r *Report, text, file string) (string, error) {
	var bad error
	out := reference.ReplaceAllStringFunc(text, func(ref string) string {
		match := reference.FindStringSubmatch(ref)
		name, percent := match[1], match[2]
		value, err := lookUp(r, name)
		if err != nil && bad == nil {
			bad = fmt.Errorf("%s: {{%s}}: %w", file, name, err)
		}
		if !strings.ContainsAny(value, "0123456789") {
			percent = "" // words in place of a number
		}
		return escapeMarkdown(value) + percent
	})
	return strings.TrimSpace(out), bad
}

// lookUp resolves one name:
//
//	item-id.name                     a number of an item's Values
//	table-id.row.column              our mean, with the column's decimals
//	table-id.row.column.half         half-width of its 95% interval
//	table-id.row.column.n            number of seeds behind it
//	table-id.row.column.published    the paper's value
//	claim.P6.verdict                 a verdict word
//	claim.P6.comparisons             how many comparisons its tests make
//	claim.P6.hold                    how many of them are as claimed
//	claim.P6.p, .reverse             adjusted p-values of the claim and of its reverse
//	claim.P6.seeds                   how many seeds would decide it
//	claim.P6.effect.LABEL            of the comparison "softmax − sigmoid"; also low and high,
//	                                 the ends of its interval
//	preset.label, preset.seeds       the scale of the build
//	rank table.column table.column   Spearman's ρ of the means of two columns over the rows
//	                                 that both have; "-row" after them leaves one out
func lookUp(r *Report, name string) (string, error) {
	if columns, ok := strings.CutPrefix(name, "rank "); ok {
		return lookUpRank(r, strings.Fields(columns))
	}
	head, rest, ok := strings.Cut(name, ".")
	if !ok {
		return "", fmt.Errorf("a name is item.value or table.row.column")
	}
	switch head {
	case "claim":
		return lookUpClaim(r, rest)
	case "preset":
		switch rest {
		case "label":
			return r.Preset.Label, nil
		case "seeds":
			return strconv.Itoa(r.Preset.Seeds), nil
		}
		return "", fmt.Errorf("the preset has no such name here; there are label and seeds")
	}
	for i := range r.Items {
		it := &r.Items[i]
		if v, ok := it.Values[rest]; ok && it.ID == head {
			return number3(v), nil
		}
		if reason, ok := it.Absent[rest]; ok && it.ID == head && it.Status == Computed {
			return "(no value: " + reason + ")", nil
		}
		t, promise := tableOf(it, head), promised(it, head)
		// An item that is neither drawn nor promises any table may come to have this one.
		toCome := it.Status != Computed && len(it.Tables) == 0 && strings.HasPrefix(head, it.ID+"-")
		if t == nil && promise == nil && it.ID != head && !toCome {
			continue
		}
		if t != nil {
			if value, err := lookUpCell(t, rest); err == nil || it.Status == Computed {
				return value, err
			}
		}
		if it.Status == Computed {
			return "", fmt.Errorf("%s is computed but has no such number", head)
		}
		return notYet, keepsPromise(promise, rest)
	}
	return "", fmt.Errorf("no item or table is called %q", head)
}

func tableOf(it *Item, id string) *Table {
	for _, a := range it.Artifacts {
		if a.Table != nil && a.Table.ID == id {
			return a.Table
		}
	}
	return nil
}

func promised(it *Item, id string) *TableSpec {
	for i := range it.Tables {
		if it.Tables[i].ID == id {
			return &it.Tables[i]
		}
	}
	return nil
}

// keepsPromise says whether a cell that is not there yet will ever be: the manifest
// lists the rows and columns of the tables to come. Without a list anything may come.
func keepsPromise(t *TableSpec, rest string) error {
	if t == nil {
		return nil
	}
	rest, _ = cutPart(rest)
	dot := strings.LastIndex(rest, ".")
	if dot < 0 {
		return nil // a number of the item's Values
	}
	if row, column := rest[:dot], rest[dot+1:]; !contains(t.Rows, row) || !contains(t.Columns, column) {
		return fmt.Errorf("the manifest promises %s no row %q with a column %q", t.ID, row, column)
	}
	return nil
}

// lookUpCell reads "row.column" or "row.column.part". Row IDs may hold dots ("0.05"),
// column IDs may not.
func lookUpCell(t *Table, rest string) (string, error) {
	rest, part := cutPart(rest)
	dot := strings.LastIndex(rest, ".")
	if dot < 0 {
		return "", fmt.Errorf("%s needs a row and a column", t.ID)
	}
	cell, col := cellAt(t, rest[:dot], rest[dot+1:])
	if cell == nil {
		return "", fmt.Errorf("%s has no row %q with a column %q", t.ID, rest[:dot], rest[dot+1:])
	}
	v := viewCell(cell, col, -1)
	switch {
	case part == "published" && v.Published == "":
		return "", fmt.Errorf("the paper publishes no such value")
	case part == "published":
		return v.Published, nil
	case v.Missing != "":
		return v.Missing, nil
	case part == "half" && v.Half == "":
		return "unknown from one seed", nil
	case part == "half":
		return v.Half, nil
	case part == "n":
		return v.N, nil
	}
	return v.Value, nil
}

// cutPart takes the name of a cell's part off: "row.column.half".
func cutPart(rest string) (cell, part string) {
	for _, p := range []string{"half", "n", "published"} {
		if cut, ok := strings.CutSuffix(rest, "."+p); ok {
			return cut, p
		}
	}
	return rest, ""
}

func cellAt(t *Table, row, column string) (*Cell, *Column) {
	for i := range t.Rows {
		if t.Rows[i].ID != row {
			continue
		}
		for j := range t.Columns {
			if t.Columns[j].ID == column && j < len(t.Rows[i].Cells) {
				return &t.Rows[i].Cells[j], &t.Columns[j]
			}
		}
	}
	return nil, nil
}

// markdownHTML renders our own prose. goldmark as it comes lets no raw HTML through.
func markdownHTML(text string) (template.HTML, error) {
	var b bytes.Buffer
	if err := goldmark.Convert([]byte(text), &b); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}
