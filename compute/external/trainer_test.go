package external

import (
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"lossxfer-report/compute/arrays"
)

// TestMain lets the tests use their own program as a trainer: its first argument is
// "trainer", the second how it behaves, the last the folder.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "trainer" {
		behave(os.Args[2], os.Args[3:len(os.Args)-1], os.Args[len(os.Args)-1])
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// command is the test's program as a trainer.
func command(t testing.TB, words ...string) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return append([]string{self, "trainer"}, words...)
}

// behave is what the trainer does, well or ill.
func behave(how string, more []string, folder string) {
	output := filepath.Join(folder, outputFile)
	switch how {
	case "good":
		fmt.Println("progress 1 2")
		fmt.Println("pass 1 of 2")
		write(folder, nil)
	case "edit": // the output of "good" with one thing changed
		write(folder, more)
	case "fails":
		fmt.Println("epoch 1")
		fmt.Fprintln(os.Stderr, strings.Repeat("x", 100_000)+"\nTraceback:\n  \x1b[31mValueError\x1b[0m: no GPU")
		os.Exit(3)
	case "fails quietly":
		os.Exit(1)
	case "fails on output":
		fmt.Print("it went wrong here")
		os.Exit(1)
	case "nothing":
	case "half":
		write(folder, nil)
		os.Truncate(output, 5000)
	case "dies half way":
		write(folder, nil)
		os.Truncate(output, 5000)
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case "garbage":
		os.WriteFile(output, []byte("\x80\x04pickle, as torch.save writes it"), 0o666)
	case "link":
		os.Symlink("/dev/zero", output)
	case "pipe":
		syscall.Mkfifo(output, 0o666)
	case "huge":
		f, _ := os.Create(output)
		for range 10_000 {
			f.Truncate(1 << 40) // sparse
			time.Sleep(10 * time.Millisecond)
		}
	case "huge at once":
		f, _ := os.Create(output)
		f.Truncate(1 << 40)
		f.Close()
	case "children": // one in the group that ignores the request to end, holding the pipes
		stubborn(more[0])
		if len(more) > 1 {
			write(folder, nil)
			return
		}
		time.Sleep(time.Minute)
	case "stubborn":
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT)
		// Not the folder but a file of the test's.
		os.WriteFile(folder, []byte(strconv.Itoa(os.Getpid())), 0o666)
		time.Sleep(time.Minute)
	case "slow":
		os.WriteFile(more[0], []byte(strconv.Itoa(os.Getpid())), 0o666)
		time.Sleep(time.Minute)
	case "polite":
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, syscall.SIGTERM)
		os.WriteFile(more[0], []byte("waits"), 0o666)
		<-stop
		os.WriteFile(more[0], []byte("ended when asked"), 0o666)
		os.Exit(0)
	case "environment":
		os.WriteFile(more[0], []byte(strings.Join(os.Environ(), "\n")), 0o666)
		write(folder, nil)
	case "counts": // how many run at the same time
		mine := filepath.Join(more[0], "running", strconv.Itoa(os.Getpid()))
		os.WriteFile(mine, nil, 0o666)
		running, _ := os.ReadDir(filepath.Dir(mine))
		os.WriteFile(filepath.Join(more[0], fmt.Sprintf("%d at once", len(running))), nil, 0o666)
		time.Sleep(150 * time.Millisecond)
		write(folder, nil)
		os.Remove(mine)
	default:
		fmt.Fprintln(os.Stderr, "no such behaviour:", how)
		os.Exit(99)
	}
}

// stubborn starts a program that only SIGKILL ends.
func stubborn(pidFile string) {
	child := exec.Command(os.Args[0], "trainer", "stubborn", pidFile)
	child.Stdout, child.Stderr = os.Stdout, os.Stderr
	child.Start()
	for {
		if b, err := os.ReadFile(pidFile); err == nil && len(b) > 0 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// write gives the initial values back as the result, with a curve of two passes, after edits:
// "drop NAME", "add NAME", "nan NAME", "reshape NAME", "ints NAME", "scale NAME FACTOR", "diverged TEXT", "short curve",
// "percent", "logits".
func write(folder string, edits []string) {
	f, err := arrays.Open(filepath.Join(folder, initialFile))
	must(err)
	out := map[string]arrays.Named{
		curveLoss: {Shape: []int{2}, Floats: []float32{2, 1}}, curveTop1: {Shape: []int{2}, Floats: []float32{0.25, 0.75}},
	}
	for _, name := range f.Names() {
		x, shape, err := f.Float32(name)
		must(err)
		out[name] = arrays.Named{Shape: shape, Floats: x}
	}
	metadata := map[string]string{}
	for _, e := range edits {
		what, name, _ := strings.Cut(e, " ")
		a := out[name]
		switch what {
		case "drop":
			delete(out, name)
			continue
		case "only":
			out = map[string]arrays.Named{name: a}
			continue
		case "add":
			a = arrays.Named{Shape: []int{1}, Floats: []float32{1}}
		case "nan":
			a.Floats[len(a.Floats)-1] = float32(math.NaN())
		case "negative":
			a.Floats[0] = -1
		case "reshape":
			a.Shape = []int{len(a.Floats)}
		case "ints":
			a = arrays.Named{Shape: a.Shape, Ints: make([]int64, len(a.Floats))}
		case "transpose": // of a square: the last two lengths
			k := a.Shape[len(a.Shape)-1]
			for at := 0; at < len(a.Floats); at += k * k {
				for i := range k {
					for j := range i {
						a.Floats[at+i*k+j], a.Floats[at+j*k+i] = a.Floats[at+j*k+i], a.Floats[at+i*k+j]
					}
				}
			}
		case "copy": // as the network after pass 1
			for n, v := range out {
				if !strings.HasPrefix(n, "c") {
					out["checkpoint.1/"+n] = v
				}
			}
			continue
		case "set": // to given numbers
			name, numbers, _ := strings.Cut(name, " ")
			a = arrays.Named{}
			for _, n := range strings.Fields(numbers) {
				v, err := strconv.ParseFloat(n, 32)
				must(err)
				a.Floats = append(a.Floats, float32(v))
			}
			a.Shape = []int{len(a.Floats)}
			out[name] = a
			continue
		case "diverged":
			metadata[divergedKey] = name
			continue
		default:
			must(fmt.Errorf("no such edit: %s", e))
		}
		out[name] = a
	}
	var list []arrays.Named
	for name, a := range out {
		a.Name = name
		list = append(list, a)
	}
	must(create(filepath.Join(folder, outputFile), func(w io.Writer) error { return arrays.WriteSafetensors(w, list, metadata) }))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(98)
	}
}
