package report

import "testing"

// TestValuesHaveOneOrder holds that the order is total: numbers and words in one list
// must not depend on how they came.
func TestValuesHaveOneOrder(t *testing.T) {
	values := []string{"10", "9", "2x", "1x", "-1", "1e3", "0.5", "none", "", "10.0", "NaN", "softmax", "100"}
	for _, a := range values {
		for _, b := range values {
			if compareValues(a, b) != -compareValues(b, a) {
				t.Errorf("%q and %q have no order", a, b)
			}
			for _, c := range values {
				if compareValues(a, b) < 0 && compareValues(b, c) < 0 && compareValues(a, c) >= 0 {
					t.Errorf("%q is before %q and that before %q, which is not after the first", a, b, c)
				}
			}
		}
	}
	want := summary(values)
	for range values {
		values = append(values[1:], values[0])
		if got := summary(values); got != want {
			t.Errorf("the summary depends on the order: %s, %s", got, want)
		}
	}
	if got := summary([]string{"b", "10", "9"}); got != "9, 10, b" {
		t.Errorf("summary %q", got)
	}
}
