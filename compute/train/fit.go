package train

import (
	"context"
	"fmt"
	"math"
	"slices"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/random"
)

// network is what training needs of a network; *net.Trunk has it.
type network interface {
	trunk
	Dim() int
	NumParams() int
	NumStats() int
	Init(theta, stats []float32, s *random.Stream)
	UpdateStats(stats []float32, momentum float32)
	Features(x []float32, n int, theta, stats, h []float32) error
}

// statsMomentum is the momentum of batch normalisation's running statistics, the
// paper's decay of 0.9.
const statsMomentum = 0.9

// fitting is the state of one training run.
type fitting struct {
	net       network
	spec      objective.Spec
	schedule  Schedule
	seed      uint64
	perPass   int
	θ, w, b   *parameters
	all       []*parameters // θ, w and b
	stats     []float32
	statsMean []float32 // average of stats, with the momentum of the weights' average
	graph     *graph
	batches   *batches
	mask      *random.Stream
	watcher   *watcher // nil: nobody looks between the passes
}

// newFitting prepares a run on a training set with the given number of classes.
// Initial weights depend on the seed alone: the final layer starts at
// N(0, 1/√d) for d features (standard deviation), the bias where the objective
// says.
func newFitting(n network, decay []span, set *data.Set, spec objective.Spec, schedule Schedule, seed uint64) (*fitting, error) {
	classes := len(set.Classes)
	b, err := newBatches(set, seed, schedule)
	if err != nil {
		return nil, err
	}
	f := &fitting{net: n, spec: spec, schedule: schedule, seed: seed, perPass: schedule.StepsPerPass(set.Len()), batches: b}
	if f.perPass == 0 {
		return nil, fmt.Errorf("batch of %d images, but %s has only %d: give a smaller batch", schedule.Batch, set.Name, set.Len())
	}
	for i, l := range set.Labels {
		if l < 0 || l >= classes {
			return nil, fmt.Errorf("%s: image %d has label %d of %d classes", set.Name, i, l, classes)
		}
	}
	averaged := schedule.EMA > 0
	f.θ = newParameters(n.NumParams(), averaged)
	f.θ.decay = decay
	f.w = newParameters(n.Dim()*classes, averaged)
	f.w.decay = []span{{0, len(f.w.value)}}
	f.b = newParameters(classes, averaged)
	f.all = []*parameters{f.θ, f.w, f.b}
	f.stats = make([]float32, n.NumStats())

	n.Init(f.θ.value, f.stats, random.New("train/trunk", seed))
	final := random.New("train/final-layer", seed)
	deviation := 1 / math.Sqrt(float64(n.Dim()))
	for i := range f.w.value {
		f.w.value[i] = float32(deviation * final.Normal())
	}
	for k := range f.b.value {
		f.b.value[k] = float32(spec.InitialBias(classes))
	}
	for _, p := range f.all {
		p.startAverage()
	}
	f.statsMean = slices.Clone(f.stats)

	s := shape{batch: schedule.Batch, pixels: set.H * set.W * set.C, features: n.Dim(), classes: classes}
	f.graph, err = newGraph(n, spec, s, f.θ, f.w, f.b)
	return f, err
}

// fit trains to the end, or until the context is done or training diverges. It
// calls progress after every step with the steps done and their total.
func (f *fitting) fit(ctx context.Context, progress func(done, total int)) (Weights, error) {
	defer f.graph.close()
	var w Weights
	for pass := range f.schedule.Passes {
		epoch, reason, err := f.pass(ctx, pass, progress)
		if err != nil {
			return Weights{}, err
		}
		if reason != "" {
			return Weights{Epochs: w.Epochs, Diverged: reason}, nil
		}
		if err := f.look(&w, &epoch, pass+1); err != nil {
			return Weights{}, err
		}
		w.Epochs = append(w.Epochs, epoch)
	}
	end := f.result()
	w.Theta, w.Stats, w.W, w.B = end.Theta, end.Stats, end.W, end.B
	return w, nil
}

// pass trains one pass and returns its point of the curve, or the reason why
// training diverged.
func (f *fitting) pass(ctx context.Context, pass int, progress func(done, total int)) (e Epoch, diverged string, err error) {
	total := f.schedule.Passes * f.perPass
	f.batches.startPass(pass)
	f.mask = random.New("train/dropout", f.seed, uint64(pass))
	hits, loss := 0, 0.0
	for i := range f.perPass {
		if err := ctx.Err(); err != nil {
			return Epoch{}, "", err
		}
		step := pass*f.perPass + i
		hit, err := f.step(step, i)
		if err != nil {
			return Epoch{}, "", err
		}
		if l := f.graph.loss; l-l != 0 {
			return Epoch{}, fmt.Sprintf("the loss is %v at step %d of %d", l, step+1, total), nil
		}
		hits += hit
		loss += f.graph.loss
		e.Zero += f.graph.zero
		progress(step+1, total)
	}
	// A comparison in a kernel can hide a NaN from the loss, not from here.
	for _, x := range [][]float32{f.θ.value, f.w.value, f.b.value, f.stats} {
		if !finite(x) {
			return Epoch{}, fmt.Sprintf("a weight is NaN or infinite after pass %d of %d", pass+1, f.schedule.Passes), nil
		}
	}
	e.Loss = loss / float64(f.perPass)
	e.Top1 = float64(hits) / float64(f.perPass*f.schedule.Batch)
	return e, "", nil
}

// step is one step of training on batch i of the pass. It returns how many of
// the batch were classified correctly before the step.
func (f *fitting) step(step, i int) (hits int, err error) {
	index := f.feed(i)
	if err := f.graph.run(); err != nil {
		return 0, fmt.Errorf("step %d: %w", step+1, err)
	}
	classes := len(f.b.value)
	for j, at := range index {
		if best(f.graph.logits[j*classes:(j+1)*classes]) == f.batches.set.Labels[at] {
			hits++
		}
	}
	f.update(step)
	return hits, nil
}

// feed writes batch i of the pass and its dropout mask to the graph's inputs. It
// returns the images' indices in the set.
func (f *fitting) feed(i int) []int {
	if f.graph.mask != nil {
		fillMask(f.graph.mask, f.spec.Keep, f.mask)
	}
	return f.batches.fill(i, f.graph.x, f.graph.targets)
}

// update moves statistics, weights and their averages by the graph's gradients.
func (f *fitting) update(step int) {
	// The first batch replaces the initial statistics, and the first few are
	// averaged evenly: a short run must not keep a part of 0 and 1.
	f.net.UpdateStats(f.stats, min(statsMomentum, float32(step)/float32(step+1)))
	scale := 1.0
	if f.schedule.ClipNorm > 0 {
		scale = clipScale(f.schedule.ClipNorm, f.all)
	}
	rate := f.schedule.Rate(step, f.perPass)
	for _, p := range f.all {
		p.step(rate, f.schedule.Momentum, f.schedule.WeightDecay, scale)
	}
	if f.schedule.EMA > 0 {
		momentum := f.schedule.AverageMomentum(f.perPass)
		for _, p := range f.all {
			updateAverage(&p.descent, p.average, p.value, momentum)
		}
		updateAverage(&f.θ.descent, f.statsMean, f.stats, momentum)
		if f.watcher != nil {
			f.watcher.average.towards(&f.θ.descent, f.now(0), f.schedule.MomentumSoFar(step+1))
		}
	}
}

// best is the index of the largest logit, the first of equals.
func best(z []float32) int {
	at := 0
	for k, v := range z {
		if v > z[at] {
			at = k
		}
	}
	return at
}
