package report

import (
	"encoding/json"
	"fmt"
	"testing"
)

// large is a report on 10,000 tasks with as many cells of two seeds.
func large(t testing.TB) *Report {
	t.Helper()
	const tasks, rows, columns = 10_000, 20, 20
	r := sampleReport(t)
	r.Tasks = nil
	for i := range tasks {
		r.Tasks = append(r.Tasks, TaskRef{
			Key: fmt.Sprintf("%064x", i), Kind: "train.model", Digest: fmt.Sprintf("%064x", i+1), ImageSteps: 1,
			Spec: json.RawMessage(fmt.Sprintf(`{"Arch":{"Name":"glyphnet"},"Objective":{"Name":"softmax"},"Schedule":{"Batch":32,"Passes":%d},"Seed":%d}`, i/8, i%8)),
		})
	}
	r.Items = nil
	per := tasks / 25
	for n := range 25 {
		table := &Table{ID: fmt.Sprintf("table-%d", 100+n), Corner: "Loss"}
		for j := range columns {
			table.Columns = append(table.Columns, Column{ID: fmt.Sprintf("c%d", j), Label: fmt.Sprint(j), Unit: "%", Decimals: 1, Better: "higher"})
		}
		for i := range rows {
			row := Row{ID: fmt.Sprintf("r%d", i), Label: fmt.Sprint(i)}
			for j := range columns {
				a, b := float64(n+i*j%17), float64(n+i*j%13)
				row.Cells = append(row.Cells, Cell{Samples: []Sample{{Seed: 1, Value: &a}, {Seed: 2, Value: &b}}})
			}
			table.Rows = append(table.Rows, row)
		}
		item := Item{ItemSpec: ItemSpec{ID: table.ID, Kind: KindTable, Number: fmt.Sprint(100 + n), Title: "Many cells"}, Status: Computed, Artifacts: []Artifact{{Table: table}}}
		for i := range per {
			item.Tasks = append(item.Tasks, n*per+i)
		}
		item.Cost = Cost{Tasks: per, ImageSteps: int64(per)}
		r.Items = append(r.Items, item)
	}
	r.recompute()
	return r
}

// BenchmarkLarge times what commands do with the report of a plan of 10,000 tasks.
func BenchmarkLarge(b *testing.B) {
	r := large(b)
	text, err := Encode(r)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(len(text)), "bytes")
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			if _, err := Encode(r); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if v, err := Verify(text); err != nil || len(v.Findings) > 0 || v.Cells != 10_000 {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("diff", func(b *testing.B) {
		for b.Loop() {
			was, err := Read(text)
			if err != nil {
				b.Fatal(err)
			}
			is, err := Read(text)
			if err != nil {
				b.Fatal(err)
			}
			Compare(was, is)
		}
	})
	b.Run("render", func(b *testing.B) {
		for b.Loop() {
			out, err := Render(r)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(out.HTML)), "page-bytes")
		}
	})
}
