package kernel

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
)

// softmaxCase is one row with SciPy's log-sum-exp and softmax, in hexadecimal.
type softmaxCase struct {
	X   []string
	LSE string
	P   []string
}

func numbers(t *testing.T, text ...string) []float64 {
	t.Helper()
	v := make([]float64, len(text))
	for i, s := range text {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		v[i] = x
	}
	return v
}

func TestSoftmaxAgainstSciPy(t *testing.T) {
	raw, err := os.ReadFile("testdata/softmax.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []softmaxCase
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		x, p, lse := numbers(t, c.X...), numbers(t, c.P...), numbers(t, c.LSE)[0]
		gotP, gotLSE := make([]float64, len(x)), []float64{0}
		Softmax64(gotP, gotLSE, x, 1, len(x))
		if !(math.Abs(gotLSE[0]-lse) <= 4e-16*math.Max(1, math.Abs(lse))) {
			t.Errorf("log-sum-exp of %v is %v, SciPy gives %v", x, gotLSE[0], lse)
		}
		for i := range p {
			if !(math.Abs(gotP[i]-p[i]) <= 5e-15*p[i]) {
				t.Errorf("softmax of %v: element %d is %v, SciPy gives %v", x, i, gotP[i], p[i])
			}
		}
	}
}

// TestSoftmaxRows checks rows longer than one chunk, several at once, in place, and
// each output on its own.
func TestSoftmaxRows(t *testing.T) {
	const rows, cols = 3, 2*expChunk + 45
	x := make([]float64, rows*cols)
	for i := range x {
		x[i] = float64(i%97)/8 - float64(i%11)
	}
	p, lse, only := make([]float64, len(x)), make([]float64, rows), make([]float64, rows)
	Softmax64(p, lse, x, rows, cols)
	Softmax64(nil, only, x, rows, cols)
	for r := range rows {
		sum := 0.0
		for _, v := range x[r*cols : (r+1)*cols] {
			sum += math.Exp(v)
		}
		if want := math.Log(sum); math.Abs(lse[r]-want) > 1e-14*want || only[r] != lse[r] {
			t.Errorf("row %d: log-sum-exp %v and %v, want %v", r, lse[r], only[r], want)
		}
		for j, v := range x[r*cols : (r+1)*cols] {
			if want := math.Exp(v) / sum; math.Abs(p[r*cols+j]-want) > 1e-14*want {
				t.Errorf("row %d column %d: %v, want %v", r, j, p[r*cols+j], want)
			}
		}
	}
	Softmax64(x, nil, x, rows, cols)
	for i := range p {
		if x[i] != p[i] {
			t.Fatalf("in place element %d is %v, not %v", i, x[i], p[i])
		}
	}
}

func TestSoftmaxOfNoNumbers(t *testing.T) {
	inf := math.Inf(1)
	for _, row := range [][]float64{{1, math.NaN(), 2}, {1, inf, 2}, {-inf, -inf, -inf}} {
		p, lse := make([]float64, 3), make([]float64, 1)
		Softmax64(p, lse, row, 1, 3)
		if !math.IsNaN(lse[0]) || !math.IsNaN(p[0]) {
			t.Errorf("softmax of %v is %v with log-sum-exp %v, want NaN", row, p, lse)
		}
	}
	p := make([]float64, 3)
	if Softmax64(p, nil, []float64{0, -inf, 0}, 1, 3); p[0] != 0.5 || p[1] != 0 || p[2] != 0.5 {
		t.Errorf("one -Inf among numbers gives %v", p)
	}
}
