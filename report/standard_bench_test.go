package report

import (
	"sync"
	"testing"

	"lossxfer-report/report/svg"
)

// BenchmarkStandard times how the report of the reference run is drawn: with every static
// drawing at hand, as in all builds but the first, and with none.
func BenchmarkStandard(b *testing.B) {
	r := referenceReport(b)
	render := func(b *testing.B) {
		out, err := Render(r)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(out.HTML)), "page-bytes")
	}
	b.Run("cold", func(b *testing.B) {
		old := engine
		defer func() { engine = old }()
		for b.Loop() {
			engine = sync.OnceValues(svg.New)
			render(b)
		}
	})
	b.Run("drawn", func(b *testing.B) {
		render(b)
		for b.Loop() {
			render(b)
		}
	})
}
