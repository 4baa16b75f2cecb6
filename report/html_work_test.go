package report

import (
	"slices"
	"testing"
)

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

// Elements of an array are one field, what a task has more than one value of is the same if
// all values are, and references to other tasks are counted.
func TestFieldsOfTasks(t *testing.T) {
	task := func(spec string) TaskRef { return TaskRef{Kind: "k", Spec: []byte(spec)} }
	v := make(flattened).viewKind("k", []TaskRef{
		task(`{"Passes":[1,2],"Models":[{"Seed":1,"Name":"a\"b"},"train.model:0123456789ab"],"On":null,"Own":true}`),
		task(`{"Passes":[1,2],"Models":[{"Seed":10,"Name":"c"},"train.model:0123456789ac","train.model:0123456789ad"],"On":null}`),
	})
	if want := (factView{"Passes", "1, 2"}); len(v.Same) != 2 || v.Same[0].Name != "On" || v.Same[0].Value != "none" || v.Same[1] != want {
		t.Errorf("the same: %q", v.Same)
	}
	want := []factView{{"Models", "3 train.model"}, {"Models.Name", `a"b, c`}, {"Models.Seed", "1, 10"}, {"Own", "true"}}
	if !slices.Equal(v.Varies, want) {
		t.Errorf("varies: %q", v.Varies)
	}
	if got := flattenJSON([]byte(`{"a":`)); len(got) != 1 || got[0].Value != `{"a":` {
		t.Errorf("text that is no JSON: %q", got)
	}
	if got := flattenJSON([]byte(`{"a":"\`)); len(got) != 1 || got[0].Name != "specification" {
		t.Errorf("text that is no JSON: %q", got)
	}
}
