package train

import (
	"context"
	"runtime"
	"testing"
	"weak"
)

// TestARunLeavesNothingBehind: a study trains thousands of networks in one process, so
// what a run took has to be free when it is over.
func TestARunLeavesNothingBehind(t *testing.T) {
	run := func() weak.Pointer[float32] {
		f, err := newFitting(tinyNet(), nil, tinySet(50), softmax, tinySchedule(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.fit(context.Background(), func(int, int) {}); err != nil {
			t.Fatal(err)
		}
		return weak.Make(&f.θ.value[0])
	}
	left := run()
	for range 5 { // finalizers of gorgonia's tensors take a cycle of their own
		runtime.GC()
	}
	if left.Value() != nil {
		t.Error("the parameters of a run that is over are still reachable")
	}
}
