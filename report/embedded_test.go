package report

import (
	"bytes"
	"strings"
	"testing"
)

func TestPageCarriesReport(t *testing.T) {
	r := sampleReport(t)
	want, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	page := render(t, r).HTML
	got, err := ExtractJSON(page)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("the page carries other bytes than report.json: %v", err)
	}
	for name, damage := range map[string]func(string) string{
		"no page":  func(string) string { return "<html></html>" },
		"cut off":  func(s string) string { i := strings.Index(s, embeddedOpen); return s[:i+len(embeddedOpen)+100] },
		"flipped":  func(s string) string { i := strings.Index(s, `"data":"`) + 900; return s[:i] + "AAAA" + s[i+4:] },
		"other":    func(s string) string { return strings.Replace(s, embeddedEncoding, "zip", 1) },
		"checksum": func(s string) string { return strings.Replace(s, `"sha256":"`, `"sha256":"0`, 1) },
	} {
		if _, err := ExtractJSON([]byte(damage(string(page)))); err == nil {
			t.Errorf("%s: read without an error", name)
		}
	}
}

func FuzzExtractJSON(f *testing.F) {
	good, err := embedJSON([]byte(`{"a":1}`))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(embeddedOpen + string(good) + embeddedClose))
	f.Add([]byte(embeddedOpen + `{"encoding":"gzip+base85","data":"H4sI"}` + embeddedClose))
	f.Add([]byte(embeddedOpen))
	f.Fuzz(func(t *testing.T, page []byte) {
		if report, err := ExtractJSON(page); err == nil && len(report) > maxEmbedded {
			t.Error("more than the bound")
		}
	})
}
