package report

// The colours of the figures. The loader script knows the dark counterpart of each
// (a test holds the two lists equal), so the options name light ones only.
const (
	inkColour   = "#22262b"
	mutedColour = "#59616b"
	gridColour  = "#e3e6ea"
	frameColour = "#b9c0c8"
	paperColour = "#ffffff"
)

// chartFont asks for the reader's own interface font: the page loads none.
const chartFont = "system-ui, sans-serif"

// palette has nine colours for nine objectives, told apart by readers with the usual
// colour deficiencies and, through symbols and dashes, in grey print.
var palette = []string{
	"#2b6cb0", "#c05621", "#2f855a", "#97266d", "#b7791f",
	"#6b46c1", "#0e7490", "#c53030", "#4a5568",
}

// symbols are as many shapes; the paths are a downward triangle, a cross, a plus, a
// star and a hexagon.
var symbols = []string{
	"circle", "rect", "triangle", "diamond",
	"path://M0,0L10,0L5,9Z",
	"path://M2,0L5,3L8,0L10,2L7,5L10,8L8,10L5,7L2,10L0,8L3,5L0,2Z",
	"path://M3.5,0L6.5,0L6.5,3.5L10,3.5L10,6.5L6.5,6.5L6.5,10L3.5,10L3.5,6.5L0,6.5L0,3.5L3.5,3.5Z",
	"path://M5,0L6.8,3.1L10,3.8L7.9,6.3L8.1,10L5,8.5L1.9,10L2.1,6.3L0,3.8L3.2,3.1Z",
	"path://M2.5,0L7.5,0L10,5L7.5,10L2.5,10L0,5Z",
}

var dashes = []string{"solid", "dashed", "dotted"}

// heatScale is viridis: even in lightness, so that it survives grey print.
var heatScale = []string{
	"#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725",
}
