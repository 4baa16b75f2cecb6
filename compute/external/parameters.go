package external

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/random"
	"lossxfer-report/compute/train"
)

// parameter is one array of a network, as it stands in the specification and in the files.
type parameter struct {
	Name  string `json:"name"`
	Shape []int  `json:"shape"`
	Kind  kind   `json:"kind"`
	Decay bool   `json:"decay"` // weight decay applies
	// Initial is what the values start from: all of them Constant, or normal with mean 0
	// and Deviation.
	Constant  *float64 `json:"constant,omitempty"`
	Deviation *float64 `json:"deviation,omitempty"`

	vector   vector // which of the weights' four vectors it is a part of
	from, to int
}

// kind says what a parameter is, and by that in which order its numbers are.
type kind string

const (
	convolution     kind = "convolution"      // height × width of the kernel × input × output channels
	scale           kind = "scale"            // γ of batch normalisation, of each channel
	shift           kind = "shift"            // β
	runningMean     kind = "running mean"     // of batch normalisation, of each channel
	runningVariance kind = "running variance" // unbiased
	finalWeight     kind = "final weight"     // features × classes
	finalBias       kind = "final bias"       // of each class
)

// vector is one of the four vectors of train.Weights.
type vector int

const (
	theta vector = iota
	stats
	finalW
	finalB
	vectors int = 4
)

// network is four such vectors.
type network [vectors][]float32

func (n network) of(p parameter) []float32 { return n[p.vector][p.from:p.to] }

func (n network) weights() train.Weights {
	return train.Weights{Theta: n[theta], Stats: n[stats], W: n[finalW], B: n[finalB]}
}

func (n network) checkpoint(pass int) train.Checkpoint {
	return train.Checkpoint{Pass: pass, Theta: n[theta], Stats: n[stats], W: n[finalW], B: n[finalB]}
}

// exchange is one run as it goes through a folder.
type exchange struct {
	model      train.Model
	curve      bool
	set        *data.Set
	validation *data.Set // nil: the run is not followed
	features   int
	classes    int
	parameters []parameter // in the order of the vectors
	initial    network
}

// newExchange lists the parameters of a run on a training set and draws their initial
// values, which are those that train.Model starts from.
func newExchange(m train.Model, curve bool, set *data.Set) (*exchange, error) {
	if a := m.Arch; a.Height != set.H || a.Width != set.W || a.Channels != set.C {
		return nil, fmt.Errorf("network %s takes %d×%d×%d images, %s has %d×%d×%d", a.Name, a.Height, a.Width, a.Channels, set.Name, set.H, set.W, set.C)
	}
	if m.Schedule.StepsPerPass(set.Len()) == 0 {
		return nil, fmt.Errorf("batch of %d images, but %s has only %d: give a smaller batch", m.Schedule.Batch, set.Name, set.Len())
	}
	t, err := net.New(m.Arch, 1)
	if err != nil {
		return nil, err
	}
	e := &exchange{model: m, curve: curve, set: set, features: t.Dim(), classes: len(set.Classes)}
	e.initial = network{
		make([]float32, t.NumParams()), make([]float32, t.NumStats()), make([]float32, t.Dim()*e.classes), make([]float32, e.classes),
	}
	e.draw(t)
	if err := e.list(t); err != nil {
		return nil, err
	}
	return e, nil
}

// draw sets the initial values from the random streams of train.Model.
func (e *exchange) draw(t *net.Trunk) {
	t.Init(e.initial[theta], e.initial[stats], random.New("train/trunk", uint64(e.model.Seed)))
	final := random.New("train/final-layer", uint64(e.model.Seed))
	for i := range e.initial[finalW] {
		e.initial[finalW][i] = float32(e.finalDeviation() * final.Normal())
	}
	for k := range e.initial[finalB] {
		e.initial[finalB][k] = float32(e.model.Objective.InitialBias(e.classes))
	}
}

func (e *exchange) finalDeviation() float64 { return 1 / math.Sqrt(float64(e.features)) }

// list names every array of the network.
func (e *exchange) list(t *net.Trunk) error {
	for _, p := range t.Params() {
		q := parameter{Name: p.Name, Shape: p.Shape, Decay: p.Decay, vector: theta, from: p.Offset, to: p.Offset + p.Len}
		switch _, part, _ := cutLast(p.Name); part {
		case "weight":
			q.Kind = convolution
			deviation := math.Sqrt(2 / float64(p.Len/p.Shape[len(p.Shape)-1]))
			q.Deviation = &deviation
		case "gamma":
			q.Kind = scale
		case "beta":
			q.Kind = shift
		default:
			return fmt.Errorf("network %s: parameter %s is of no kind that a trainer knows", e.model.Arch.Name, p.Name)
		}
		e.add(q)
	}
	at := 0
	for _, p := range slices.Clone(e.parameters) {
		if p.Kind != scale {
			continue
		}
		unit, _, _ := cutLast(p.Name)
		for _, s := range []parameter{{Name: unit + ".mean", Kind: runningMean}, {Name: unit + ".variance", Kind: runningVariance}} {
			s.Shape, s.vector, s.from, s.to = p.Shape, stats, at, at+p.Shape[0]
			at = s.to
			e.add(s)
		}
	}
	if at != t.NumStats() {
		return fmt.Errorf("network %s: %d statistics are named, it has %d", e.model.Arch.Name, at, t.NumStats())
	}
	deviation := e.finalDeviation()
	e.add(parameter{
		Name: "final.weight", Shape: []int{e.features, e.classes}, Kind: finalWeight, Decay: true, Deviation: &deviation,
		vector: finalW, to: e.features * e.classes,
	})
	e.add(parameter{Name: "final.bias", Shape: []int{e.classes}, Kind: finalBias, vector: finalB, to: e.classes})
	return nil
}

// add lists a parameter; one that is not drawn starts from a constant.
func (e *exchange) add(p parameter) {
	if p.Deviation == nil {
		c := float64(e.initial.of(p)[0])
		p.Constant = &c
	}
	e.parameters = append(e.parameters, p)
}

// cutLast cuts a name before its last dot.
func cutLast(name string) (before, after string, found bool) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return name, "", false
	}
	return name[:i], name[i+1:], true
}
