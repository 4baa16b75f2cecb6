package report

import "testing"

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{fixed(63.75, 1), "63.8"}, {fixed(-0.04, 1), "0.0"}, {fixed(-0.06, 1), "−0.1"}, {fixed(1, -1), "1"},
		{fixed(63.725, 2), "63.73"}, {fixed(72.425, 2), "72.43"}, {fixed(0.125, 2), "0.13"}, {fixed(-72.425, 2), "−72.43"}, {fixed(72.42499, 2), "72.42"},
		{halfWidth(0.42, 1), "0.4"}, {halfWidth(0.042, 1), "0.04"}, {halfWidth(0, 1), "0.0"}, {halfWidth(1e-9, 1), "0.0000"}, {halfWidth(1e-14, 1), "0.0"},
		{number4(0.77634), "0.7763"}, {number4(-12.5), "−12.5"}, {number4(0), "0"}, {number4(123456), "123456"},
		{half2(0.08204), "0.082"}, {half2(3), "3"}, {half2(123.4), "123"}, {half2(0.0000123), "1.2×10⁻⁵"},
		{number4(1.5e-7), "1.500×10⁻⁷"}, {number4(12345.6), "12346"},
		{thousands(0), "0"}, {thousands(999), "999"}, {thousands(2218800), "2\u202f218\u202f800"}, {thousands(-1000), "−1\u202f000"},
		{pValue(0.0312), "0.031"}, {pValue(0.00001), "< 0.0001"}, {pValue(1), "1"}, {pValue(0.00012), "0.00012"},
		{relation(0.5), "= 0.5"}, {relation(0), "< 0.0001"},
		{clip("abcdef", 4), "abc…"}, {clip("äöü", 3), "äöü"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestMissingIsNeverBlank(t *testing.T) {
	col := &Column{Decimals: 1}
	for _, c := range []Cell{
		{}, {Missing: "not run"}, {Samples: []Sample{{Seed: 1, Note: "diverged"}}},
		{Published: &Published{Value: 1}},
	} {
		v := viewCell(&c, col, 3)
		if v.Missing == "" || v.Value != "" {
			t.Errorf("%+v shows %+v", c, v)
		}
	}
}

func TestWorkSumsUpTasks(t *testing.T) {
	work := make(flattened).viewWork(sampleTaskRefs(), sampleTaskIndices())
	if len(work) != 1 || work[0].Tasks != "27" || work[0].Steps != thousands(27*51600) {
		t.Fatalf("%+v", work)
	}
	varies := make(map[string]string)
	for _, f := range work[0].Varies {
		varies[f.Name] = f.Value
	}
	if len(varies) != 2 || varies["seed"] != "1, 2, 3" || varies["objective.name"] == "" {
		t.Errorf("varies: %v", varies)
	}
	if len(work[0].Same) != 4 {
		t.Errorf("the same in all: %v", work[0].Same)
	}
}
