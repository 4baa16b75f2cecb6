package report

import (
	"bytes"
	"compress/gzip"
	"html/template"
	"strconv"
	"sync"

	"lossxfer-report/templates"
)

// What only a script reads stands on the page packed: ECharts, the options of the figures
// and report.json are two thirds smaller so. The loader unpacks the first two; where
// scripts do not run, or cannot unpack, the static drawings and the tables show.

// pack compresses data and makes text of it that can stand in a script element.
func pack(data []byte) (string, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := z.Write(data); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return encode85(b.Bytes()), nil
}

// packedECharts is packed once for the whole process.
var packedECharts = sync.OnceValues(func() (string, error) { return pack([]byte(templates.ECharts)) })

// packJSON packs a JSON text in columns.
func packJSON(text []byte) (string, error) {
	columns, err := toColumns(text)
	if err != nil {
		return "", err
	}
	return pack(columns)
}

// packOptions packs the options of all panels as one JSON array of pairs, each the id of
// the panel and its options: they repeat each other more than themselves.
func packOptions(r *Report, drawings map[*Figure][]drawing) (string, error) {
	var b bytes.Buffer
	b.WriteByte('[')
	for i := range r.Items {
		for _, a := range r.Items[i].Artifacts {
			for _, d := range drawings[a.Figure] {
				if b.Len() > 1 {
					b.WriteByte(',')
				}
				b.WriteString("[" + strconv.Quote(panelID(d)) + ",")
				b.Write(d.options)
				b.WriteByte(']')
			}
		}
	}
	b.WriteByte(']')
	return packJSON(b.Bytes())
}

// panelID is the id of a panel on the page.
func panelID(d drawing) string { return "chart-" + d.name }

// packedElement holds packed text, which has characters of base85 only. Its type is none
// that a browser runs.
func packedElement(id, packed string) template.HTML {
	return template.HTML(`<script type="text/plain" id="` + id + `">` + packed + `</script>`)
}

// packReport packs report.json for the page.
func packReport(r *Report) ([]byte, error) {
	data, err := Encode(r)
	if err != nil {
		return nil, err
	}
	return embedJSON(data)
}

// later begins a piece of work and returns what waits for its end: packing takes half the
// time of a page whose figures are drawn already.
func later[T any](work func() (T, error)) func() (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := work()
		done <- outcome{value, err}
	}()
	return func() (T, error) {
		got := <-done
		return got.value, got.err
	}
}
