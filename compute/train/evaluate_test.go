package train

import "testing"

func TestAccuracy(t *testing.T) {
	logits := []float32{
		0, 1, 2, 3, 4, 5, 6, // best is 6
		6, 5, 4, 3, 2, 1, 0, // best is 0
		1, 1, 1, 1, 1, 1, 1, // all equal: the first class is the prediction
		1, 1, 1, 1, 1, 1, 1,
	}
	a, err := accuracy(logits, []int{6, 4, 1, 6}, 7, 2)
	if err != nil || a != (Accuracy{Top1: 0.25, Top5: 0.75, N: 4, Zero: 2}) {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := accuracy(nil, nil, 7, 0); err == nil {
		t.Error("accuracy of nothing")
	}
	if _, err := accuracy([]float32{1, 0, 1}, []int{0}, 3, 0); err != nil {
		t.Error(err)
	}
}
