package report

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxEmbedded bounds what ExtractJSON unpacks.
const maxEmbedded = 256 << 20

// embedded is the wrapping of report.json inside report.html: packed, because the
// specifications of thousands of tasks repeat themselves and would be most of the page.
type embedded struct {
	SchemaVersion int    `json:"schema_version"`
	Encoding      string `json:"encoding"` // how Data is packed
	SHA256        string `json:"sha256"`   // of report.json, hex: shows damage, not forgery
	Data          string `json:"data"`
}

const (
	embeddedOpen  = `<script type="application/json" id="report-json">`
	embeddedClose = `</script>`
	// The text in columns, see toColumns.
	embeddedEncoding = "columns+gzip+base85"
	// The text as it is, in pages made before there were columns.
	plainEncoding = "gzip+base85"
)

// embedJSON packs report.json for the page.
func embedJSON(report []byte) ([]byte, error) {
	data, err := packJSON(report)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(report)
	return json.Marshal(embedded{
		SchemaVersion: SchemaVersion, Encoding: embeddedEncoding,
		SHA256: hex.EncodeToString(sum[:]), Data: data,
	})
}

// ExtractJSON returns the report.json that a report.html carries. The page may come
// from anyone: the error says what is wrong with it.
func ExtractJSON(page []byte) ([]byte, error) {
	_, rest, ok := bytes.Cut(page, []byte(embeddedOpen))
	if !ok {
		return nil, errors.New("there is no embedded report.json: not a page of this program, or a damaged one")
	}
	wrapped, _, ok := bytes.Cut(rest, []byte(embeddedClose))
	if !ok {
		return nil, errors.New("the embedded report.json has no end: the page is cut off")
	}
	var e embedded
	if err := json.Unmarshal(wrapped, &e); err != nil {
		return nil, fmt.Errorf("the wrapping of the embedded report.json: %w", err)
	}
	if e.Encoding != embeddedEncoding && e.Encoding != plainEncoding {
		return nil, fmt.Errorf("the embedded report.json is packed as %q; this program reads %q and %q", e.Encoding, embeddedEncoding, plainEncoding)
	}
	report, err := unpack(e.Data)
	if err == nil && e.Encoding == embeddedEncoding {
		report, err = fromColumns(report, maxEmbedded)
	}
	if err != nil {
		return nil, fmt.Errorf("the embedded report.json: %w", err)
	}
	if sum := sha256.Sum256(report); hex.EncodeToString(sum[:]) != e.SHA256 {
		return nil, errors.New("the embedded report.json is damaged: its SHA-256 is not the one beside it")
	}
	return report, nil
}

func unpack(data string) ([]byte, error) {
	packed, err := decode85(data)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	report, err := io.ReadAll(io.LimitReader(z, maxEmbedded+1))
	if err != nil {
		return nil, err
	}
	if len(report) > maxEmbedded {
		return nil, fmt.Errorf("larger than %d bytes", maxEmbedded)
	}
	return report, nil
}
