package report

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strings"
	"testing"
)

// verifiable is a report whose every derived value is what its samples give, and its page.
func verifiable(t testing.TB) (*Report, []byte) {
	t.Helper()
	r := sampleReport(t)
	r.Families = []Family{{ID: "main", Label: "Main text", Alpha: 0.05}}
	for i := range r.Claims {
		r.Claims[i].Family = "main"
	}
	r.recompute()
	return r, page(t, r)
}

func page(t testing.TB, r *Report) []byte {
	t.Helper()
	out, err := Render(r)
	if err != nil {
		t.Fatal(err)
	}
	return out.HTML
}

func TestVerifyAcceptsWhatWasDrawn(t *testing.T) {
	r, html := verifiable(t)
	data, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range [][]byte{html, data} {
		v, err := Verify(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(v.Findings) > 0 || v.Cells == 0 || v.Claims != len(r.Claims) || v.Page != bytes.Equal(file, html) {
			t.Errorf("found %v in %d cells and %d claims", v.Findings, v.Cells, v.Claims)
		}
	}
}

// Each tampering alone has to be found and its place named.
func TestVerifyNamesWhatWasTamperedWith(t *testing.T) {
	_, html := verifiable(t)
	cell := func(r *Report) *Cell { return &r.Items[0].Artifacts[0].Table.Rows[2].Cells[3] }
	row := func(r *Report) (string, string) {
		table := r.Items[0].Artifacts[0].Table
		return table.Rows[2].ID, table.Columns[3].ID
	}
	inData := map[string]func(*Report) string{
		"a sample": func(r *Report) string {
			*cell(r).Samples[0].Value += 0.5
			id, column := row(r)
			return fmt.Sprintf("table-1-linear, row %s, column %s, mean", id, column)
		},
		"a mean": func(r *Report) string {
			cell(r).Summary.Mean += 0.1
			id, column := row(r)
			return fmt.Sprintf("table-1-linear, row %s, column %s, mean", id, column)
		},
		"a mark": func(r *Report) string {
			cell(r).Mark = map[string]string{MarkBest: "", MarkTied: MarkBest, "": MarkBest}[cell(r).Mark]
			return "mark"
		},
		"a verdict": func(r *Report) string {
			c := &r.Claims[0]
			c.Verdict = map[Verdict]Verdict{Reproduced: NotReproduced}[c.Verdict]
			if c.Verdict == "" {
				c.Verdict = Reproduced
			}
			return "claim " + c.ID + ", verdict"
		},
		"the evidence": func(r *Report) string {
			r.Claims[0].Evidence.Text += " Beyond doubt."
			return "claim " + r.Claims[0].ID + ", evidence"
		},
	}
	for name, change := range inData {
		t.Run(name, func(t *testing.T) {
			// The forger draws the page anew, so that text and data agree.
			r, _ := verifiable(t)
			place := change(r)
			found(t, page(t, r), place)
		})
	}
	inText := map[string][2]string{
		"a cell":           {`96.`, `97.`},
		"a verdict shown":  {`not run`, `reproduced`},
		"a caption":        {`Three seeds instead of eight.`, `Thirty seeds instead of eight.`},
		"a number in text": {`quarter of an hour`, `tenth of an hour`},
	}
	for name, change := range inText {
		t.Run(name, func(t *testing.T) {
			body := bytes.Index(html, []byte("<body"))
			at := bytes.Index(html[body:], []byte(change[0]))
			if at < 0 {
				t.Fatalf("the page has no %q", change[0])
			}
			forged := append(append(append([]byte(nil), html[:body+at]...), change[1]...), html[body+at+len(change[0]):]...)
			found(t, forged, "the page, after #")
		})
	}
}

func found(t *testing.T, file []byte, place string) {
	t.Helper()
	v, err := Verify(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range v.Findings {
		if strings.Contains(f.Place, place) {
			return
		}
	}
	t.Errorf("nothing found at %q, but %v", place, v.Findings)
}

// No single changed byte of the data passes: it is refused, or what it unpacks to is
// the same and the page is seen to be another.
func TestVerifyAcceptsNoChangedByteOfTheData(t *testing.T) {
	small := sampleReport(t)
	small.Items, small.Tasks = nil, nil
	data, err := Encode(small)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := embedJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	part := []byte(embeddedOpen + string(packed) + embeddedClose)
	r := rand.New(rand.NewPCG(1, 2))
	whole := 0
	for range 10000 {
		forged := bytes.Clone(part)
		at := len(embeddedOpen) + r.IntN(len(packed))
		forged[at] ^= byte(1 + r.IntN(255))
		got, err := ExtractJSON(forged)
		if err != nil {
			continue
		}
		whole++
		var v Verification
		if v.comparePage(part, forged); !bytes.Equal(got, data) || len(v.Findings) == 0 {
			t.Fatalf("byte %d changed from %q to %q: nothing was found", at, part[at], forged[at])
		}
	}
	t.Logf("%d of 10,000 changes left the data whole and changed the page only", whole)
}

// The same of a whole report: of 10,000 changed bytes of its data, those that it can still
// be read from, and of some anywhere else in the page, Verify lets none pass.
func TestVerifyAcceptsNoChangedByteOfAPage(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(800)) // drawing allocates a lot and keeps little
	_, html := verifiable(t)
	from := bytes.Index(html, []byte(embeddedOpen))
	to := from + bytes.Index(html[from:], []byte(embeddedClose))
	r := rand.New(rand.NewPCG(3, 4))
	forged := bytes.Clone(html)
	change := func(at int) { forged[at] = html[at] ^ byte(1+r.IntN(255)) }
	verify := func(at int) {
		t.Helper()
		if v, err := Verify(forged); err == nil && len(v.Findings) == 0 {
			t.Errorf("byte %d changed from %q to %q: nothing was found", at, html[at], forged[at])
		}
	}
	whole := 0
	for range 10000 {
		at := from + r.IntN(to-from)
		change(at)
		if _, err := ExtractJSON(forged[from:]); err == nil {
			whole++
			verify(at)
		}
		forged[at] = html[at]
	}
	const anywhere = 100 // each draws the page
	for range anywhere {
		at := r.IntN(len(html) - (to - from))
		if at >= from {
			at += to - from
		}
		change(at)
		verify(at)
		forged[at] = html[at]
	}
	t.Logf("10,000 bytes of %d of the data: %d left it readable; %d bytes of the %d elsewhere", to-from, whole, anywhere, len(html)-(to-from))
}

func FuzzVerify(f *testing.F) {
	_, html := verifiable(f)
	f.Add(html[:bytes.Index(html, []byte("<body"))])
	f.Add([]byte(`{"schema_version":1}`))
	f.Add([]byte(embeddedOpen + `{"schema_version":1,"encoding":"gzip+base85","data":""}` + embeddedClose))
	f.Fuzz(func(t *testing.T, file []byte) { Verify(file) })
}
