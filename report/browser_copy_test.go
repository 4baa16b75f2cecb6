package report

import (
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"lossxfer-report/report/browser"
)

// testTables sorts a column from the keyboard and looks whether the rows follow.
func testTables(t *testing.T, b *browser.Tab) {
	const column = `[...document.querySelector('#table-3-data table').tBodies[0].rows].map(r => r.cells[1].querySelector('b')?.textContent || '')`
	before := browser.Eval[[]string](t, b, column)
	press := func() []string {
		return browser.Eval[[]string](t, b, `(() => { const s = document.querySelectorAll('#table-3-data thead tr:last-child button.sort')[1];
			s.focus(); if (document.activeElement !== s) return ['no focus']; s.click(); return `+column+`; })()`)
	}
	number := func(s string) float64 { v, _ := strconv.ParseFloat(s, 64); return v }
	down := press()
	for i := 1; i < len(down); i++ {
		if number(down[i]) > number(down[i-1]) {
			t.Errorf("sorted from the largest down: %q", down)
		}
	}
	if up := press(); up[0] != down[len(down)-1] {
		t.Errorf("sorted from the smallest up: %q", up)
	}
	if again := press(); strings.Join(again, " ") != strings.Join(before, " ") {
		t.Errorf("not back in the order of the paper: %q, was %q", again, before)
	}
}

// testCopies presses every button that copies or saves, and reads what it gives.
func testCopies(t *testing.T, b *browser.Tab) {
	got := browser.Eval[struct {
		Answers []string          `json:"answers"`
		Texts   map[string]string `json:"texts"`
		Saved   map[string]int    `json:"saved"`
		JSON    string            `json:"json"`
	}](t, b, `(async () => {
		const texts = {}, saved = {}, answers = [];
		let last = '';
		navigator.clipboard.writeText = async text => { last = text; };
		const blobs = {};
		URL.createObjectURL = blob => { const url = 'blob:' + Object.keys(blobs).length; blobs[url] = blob; return url; };
		HTMLAnchorElement.prototype.click = function () { saved[this.download] = blobs[this.href].size; };
		for (const button of document.querySelectorAll('.tools button')) {
			const name = button.textContent;
			last = '';
			button.click();
			for (let i = 0; i < 300 && button.textContent === name; i++) await new Promise(r => setTimeout(r, 10));
			answers.push(name + ': ' + button.textContent);
			if (last) texts[(button.closest('[id]').id) + ' ' + name] = last;
		}
		const json = await Object.values(blobs).at(-1).text();
		return {answers, texts, saved, json};
	})()`)
	if len(got.Answers) < 20 {
		t.Fatalf("only %d buttons", len(got.Answers))
	}
	for _, a := range got.Answers {
		if !strings.HasSuffix(a, ": copied") && !strings.HasSuffix(a, ": saved") {
			t.Errorf("a button answers %q", a)
		}
	}
	powers := browser.Eval[string](t, b, `(async () => {
		const cells = document.querySelector('#table-3-data table').tBodies[0].rows[0].cells, write = navigator.clipboard.writeText;
		const old = [cells[0].innerHTML, cells[1].innerHTML];
		let out = '';
		navigator.clipboard.writeText = async text => { out += text; };
		cells[0].textContent = 'β = 3×10⁻⁵';
		cells[1].querySelector('b').textContent = '−10⁻⁶';
		for (const b of document.querySelectorAll('#table-3-data .tools button')) {
			b.click();
			await new Promise(r => setTimeout(r, 100));
		}
		[cells[0].innerHTML, cells[1].innerHTML] = old;
		navigator.clipboard.writeText = write;
		return out;
	})()`)
	if !strings.Contains(powers, ",-1e-6,") || !strings.Contains(powers, `$3\times10^{-5}$`) {
		t.Errorf("powers of ten are copied as %s", powers)
	}
	table, err := csv.NewReader(strings.NewReader(got.Texts["table-3-data Copy CSV"])).ReadAll()
	if err != nil || len(table) != 10 || table[1][0] != "Softmax" || table[1][1] == "" {
		t.Errorf("Table 3 as CSV: %v, %q", err, table)
	}
	figure, err := csv.NewReader(strings.NewReader(got.Texts["chart-figure-4 Copy CSV"])).ReadAll()
	if err != nil || len(figure) < 10 || figure[0][0] != "series" {
		t.Errorf("Figure 4 as CSV: %v, %q", err, figure)
	}
	if latex := got.Texts["table-3-data Copy LaTeX"]; !strings.Contains(latex, `\toprule`) || !strings.Contains(latex, `$\pm$`) || strings.Count(latex, `\\`+"\n") != 10 {
		t.Errorf("Table 3 as LaTeX: %s", latex)
	}
	if svg := got.Texts["chart-figure-4 Copy SVG"]; !strings.HasPrefix(svg, "<svg") || !strings.Contains(svg, `xmlns="http://www.w3.org/2000/svg"`) {
		t.Errorf("Figure 4 as SVG: %.200s", svg)
	}
	if got.JSON != string(encoded(t, sampleReport(t))) {
		t.Errorf("the page saves another report.json than the one it was made of: %.200s", got.JSON)
	}
	for _, name := range []string{"figure-4.svg", "figure-4.png", "report.json"} {
		if got.Saved[name] < 3000 {
			t.Errorf("%s has %d bytes", name, got.Saved[name])
		}
	}
}

// testFolds opens the input of an item and the list of its tasks, which scripts fill.
func testFolds(t *testing.T, b *browser.Tab) {
	got := browser.Eval[struct {
		Sources []string `json:"sources"`
		Colours int      `json:"colours"`
		Tasks   []string `json:"tasks"`
	}](t, b, `(async () => {
		const item = document.getElementById('table-3'), input = item.querySelector('details.input'), keys = item.querySelector('details.keys');
		input.open = true; keys.open = true;
		for (let i = 0; i < 300 && !(input.querySelector('pre') && keys.querySelector('li')); i++) await new Promise(r => setTimeout(r, 10));
		const out = {sources: [...input.querySelectorAll('pre')].map(e => e.textContent), colours: input.querySelectorAll('pre span').length,
			tasks: [...keys.querySelectorAll('li')].map(e => e.textContent)};
		input.open = false; keys.open = false;
		return out;
	})()`)
	if len(got.Sources) != 2 || !strings.Contains(got.Sources[0], `id = "table-3" # its entry`) || !strings.Contains(got.Sources[1], "return `</script>`") {
		t.Errorf("the input reads %q", got.Sources)
	}
	if got.Colours < 6 {
		t.Errorf("the input has %d coloured words", got.Colours)
	}
	if len(got.Tasks) != 27 || !strings.Contains(got.Tasks[26], "objective.name = squared_error") || !strings.Contains(got.Tasks[26], "51,600 image-steps") {
		t.Errorf("the tasks read %q", got.Tasks)
	}
}
