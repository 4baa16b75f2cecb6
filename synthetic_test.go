package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/imported"
	"lossxfer-report/compute/random"
	"lossxfer-report/report"
)

// synthetic DIR SEEDS writes files as they would be extracted from networks of the paper's
// setting: noise around a mean for each class, closer for some objectives than for
// others, sorted by class as data sets often are.
func synthetic(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: synthetic DIR SEEDS")
	}
	var seeds int
	if _, err := fmt.Sscan(args[1], &seeds); err != nil {
		ts.Fatalf("%v", err)
	}
	m, err := report.LoadManifest(manifest, "paper.toml")
	ts.Check(err)
	sets := map[string]int{"imagenet": 10} // and their classes
	for _, d := range m.Paper.Datasets {
		sets[d.ID] = 3
	}
	for i, o := range m.Objectives {
		for seed := 1; seed <= seeds; seed++ {
			dir := filepath.Join(ts.MkAbs(args[0]), o.ID, fmt.Sprint(seed))
			ts.Check(os.MkdirAll(dir, 0o777))
			rng := random.New("synthetic/"+o.ID, uint64(seed))
			for name, classes := range sets {
				for _, split := range []string{"train", "validation", "test"} {
					ts.Check(write(filepath.Join(dir, name+"-"+split), syntheticSet(name, classes, 6, 1/float32(i+2))...))
				}
			}
			ts.Check(write(filepath.Join(dir, "imagenet-test-activations"), append(syntheticSet("imagenet", 10, 2, 0.5),
				layer("stem"), layer("block1"), layer("block2"), layer("block3"), layer("head"))...))
			w := make([]float32, 10*syntheticFeatures)
			for j := range w {
				w[j] = float32(rng.Normal())
			}
			ts.Check(write(filepath.Join(dir, "final"),
				arrays.Named{Name: imported.LinearArray, Shape: []int{10, syntheticFeatures}, Floats: w},
				arrays.Named{Name: imported.BiasArray, Shape: []int{10}, Floats: make([]float32, 10)}))
		}
	}
}

const syntheticFeatures = 12

// syntheticSet is features and labels of so many images of each class.
func syntheticSet(name string, classes, perClass int, noise float32) []arrays.Named {
	rng := random.New("synthetic/"+name, uint64(1/noise))
	var x []float32
	var y []int64
	for k := range classes {
		for range perClass {
			for j := range syntheticFeatures {
				v := noise * float32(rng.Normal())
				if j == k%syntheticFeatures {
					v++
				}
				x = append(x, v)
			}
			y = append(y, int64(k))
		}
	}
	return []arrays.Named{
		{Name: imported.FeaturesArray, Shape: []int{len(y), syntheticFeatures}, Floats: x},
		{Name: imported.LabelsArray, Shape: []int{len(y)}, Ints: y},
	}
}

// layer is the activations of 20 images in a layer.
func layer(name string) arrays.Named {
	rng := random.New("synthetic/"+name, 1)
	x := make([]float32, 20*2*3)
	for i := range x {
		x[i] = max(0, float32(rng.Normal()))
	}
	return arrays.Named{Name: imported.Array(name), Shape: []int{20, 2, 3}, Floats: x}
}

func write(path string, all ...arrays.Named) error {
	f, err := os.Create(strings.TrimSuffix(path, ".safetensors") + ".safetensors")
	if err != nil {
		return err
	}
	defer f.Close()
	return arrays.WriteSafetensors(f, all, nil)
}
