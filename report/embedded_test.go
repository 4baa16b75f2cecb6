package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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

// Pages that were made before report.json stood in columns are read as ever.
func TestPageOfPlainEncoding(t *testing.T) {
	const want = `{"a":1}`
	data, err := pack([]byte(want))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(want))
	wrapped, err := json.Marshal(embedded{SchemaVersion, plainEncoding, hex.EncodeToString(sum[:]), data})
	if err != nil {
		t.Fatal(err)
	}
	got, err := ExtractJSON([]byte(embeddedOpen + string(wrapped) + embeddedClose))
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
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
