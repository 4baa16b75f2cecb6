// Command cifar measures pretraining on files of CIFAR-100's format and size, with
// generated images in place of the photographs:
//
//	go run ./compute/bench/cifar
//
// It writes the archive, puts it into a data folder of its own as data fetch does, and
// trains the network of preset cifar for one pass over the 45,000 training images, each of
// the last two in a process of its own. It prints the time and the largest resident memory of
// each, on one core, and images per second of processor time, which other programs on the
// machine disturb little.
package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/bench/cputime"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/data/ingest"
	"lossxfer-report/compute/data/library"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/random"
	"lossxfer-report/compute/train"
)

// stages are run in this order, each in a process of its own.
var stages = []struct {
	name string
	run  func(dir string) (string, error)
}{{"read the files", read}, {"train a pass", pretrain}}

func main() {
	log.SetFlags(0)
	dir := flag.String("dir", "", "folder for the files (default a temporary one)")
	stage := flag.Int("stage", -1, "run one stage in the folder")
	images := flag.Int("images", 500, "training images of each class; a fifth of that for testing")
	flag.Parse()
	if *stage >= 0 {
		runtime.GOMAXPROCS(1)
		text, err := stages[*stage].run(*dir)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Print(text)
		return
	}
	if err := measure(*dir, *images); err != nil {
		log.Fatal(err)
	}
}

// measure writes the archive and runs the stages.
func measure(dir string, images int) error {
	if dir == "" {
		temp, err := os.MkdirTemp("", "cifar")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		dir = temp
	}
	size, err := standIn(filepath.Join(dir, archive), images)
	if err != nil {
		return err
	}
	fmt.Printf("archive: %d + %d images in 100 classes, %.0f MB\n", 100*images, 20*images, float64(size)/1e6)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for i, s := range stages {
		cmd := exec.Command(self, "-dir", dir, "-stage", fmt.Sprint(i))
		cmd.Env = append(os.Environ(), library.Variable+"="+dir)
		cmd.Stderr = os.Stderr
		start := time.Now()
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		fmt.Printf("%s: %.1f s (%.1f s of processor time)%s%s\n", s.name, time.Since(start).Seconds(), used.Seconds(), peak(cmd.ProcessState), out)
	}
	return nil
}

const archive = "cifar-100-binary.tar.gz"

// standIn writes an archive in the format of CIFAR-100 and returns its size. An image is a
// soft pattern of its class's colours under noise, so that there is something to learn.
func standIn(path string, images int) (int64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	z, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err != nil {
		return 0, err
	}
	w := tar.NewWriter(z)
	var names strings.Builder
	for i := range 100 {
		fmt.Fprintf(&names, "class_%d\n", i)
	}
	const folder = "cifar-100-binary/"
	if err := w.WriteHeader(&tar.Header{Name: folder + "fine_label_names.txt", Size: int64(names.Len()), Mode: 0o644, Typeflag: tar.TypeReg}); err != nil {
		return 0, err
	}
	if _, err := io.WriteString(w, names.String()); err != nil {
		return 0, err
	}
	for i, name := range []string{"train.bin", "test.bin"} {
		n := []int{images, images / 5}[i]
		s := random.New("bench/" + name)
		if err := w.WriteHeader(&tar.Header{Name: folder + name, Size: int64(100 * n * (2 + 3*32*32)), Mode: 0o644, Typeflag: tar.TypeReg}); err != nil {
			return 0, err
		}
		for i := range 100 * n {
			if _, err := w.Write(image(i%100, s)); err != nil {
				return 0, err
			}
		}
	}
	for _, c := range []io.Closer{w, z} {
		if err := c.Close(); err != nil {
			return 0, err
		}
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// image is a record of the binary format.
func image(class int, s *random.Stream) []byte {
	b := []byte{byte(class / 5), byte(class)}
	period, phase := 3+class%10, s.IntN(32)
	for channel := range 3 {
		level := 40 + (class/10*(channel+3)*17+class*29)%120
		for y := range 32 {
			for x := range 32 {
				v := level + s.IntN(48)
				if (x+y*(class%3)+phase)/period%2 == 0 {
					v += 40
				}
				b = append(b, byte(v))
			}
		}
	}
	return b
}

// read makes the set of the archive.
func read(dir string) (string, error) {
	set, err := ingest.Make(context.Background(), dir, ingest.Request{
		Name: "cifar100", Reader: "cifar100", Side: 32, Validation: 0.1, Files: map[string]string{archive: filepath.Join(dir, archive)},
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("; %d training images of each class are in the set", set.Splits[0].Rounds), nil
}

// pretrain trains one pass of preset cifar's softmax network.
func pretrain(dir string) (string, error) {
	set, err := library.Find(dir, "cifar100")
	if err != nil {
		return "", err
	}
	m := train.Model{
		Arch: net.Arch{Name: "glyphnet", Height: 32, Width: 32, Channels: 3}, Objective: objective.Spec{Name: "softmax"}, Seed: 1,
		Data: data.FromLibrary(set, data.Train, set.Splits[0].Rounds, 0),
		Schedule: train.Schedule{
			Passes: 1, Batch: 64, LearningRate: 0.1, Momentum: 0.9, WeightDecay: 5e-5, WarmUp: 0.1, Decay: train.Cosine, EMA: train.PaperEMA, Shift: 4, Flip: true,
		},
	}
	start := cputime.Process()
	images, err := m.Data.Load(context.Background())
	if err != nil {
		return "", err
	}
	loaded := cputime.Process() - start
	n := images.Len()
	plan := compute.NewPlan(compute.FixedCode("bench"))
	ref := compute.Need(plan, m)
	start = cputime.Process()
	results, err := compute.Pool{Jobs: 1}.Run(context.Background(), plan, cache.NewMemory(), nil)
	if err != nil {
		return "", err
	}
	took := cputime.Process() - start - loaded // the run loads the images too
	w, err := compute.Value(results, ref)
	if err != nil {
		return "", err
	}
	if w.Diverged != "" {
		return "", errors.New(w.Diverged)
	}
	return fmt.Sprintf("; %d images loaded and verified in %.2f s, trained at %.0f images per second of processor time, %.0f%% of them right on the way",
		n, loaded.Seconds(), float64(m.ImageSteps())/took.Seconds(), 100*w.Epochs[0].Top1), nil
}
