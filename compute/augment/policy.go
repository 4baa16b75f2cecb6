package augment

// operation is one of the image operations the policy uses.
type operation int

const (
	shearX operation = iota
	shearY
	translateX
	translateY
	rotate
	invert
	equalize
	autoContrast
	solarize
	contrast
)

// step is an operation, the probability that it is applied and its level of 0 to 10
// (0 for the operations that have none).
type step struct {
	op          operation
	probability float64
	level       int
}

// svhn is the policy found on reduced SVHN (Cubuk et al. 2019, appendix; the same list
// as torchvision's AutoAugmentPolicy.SVHN). That some sub-policies occur twice, and one
// translation has probability 0, is how the search left them.
var svhn = [25][2]step{
	{{shearX, 0.9, 4}, {invert, 0.2, 0}},
	{{shearY, 0.9, 8}, {invert, 0.7, 0}},
	{{equalize, 0.6, 0}, {solarize, 0.6, 6}},
	{{invert, 0.9, 0}, {equalize, 0.6, 0}},
	{{equalize, 0.6, 0}, {rotate, 0.9, 3}},

	{{shearX, 0.9, 4}, {autoContrast, 0.8, 0}},
	{{shearY, 0.9, 8}, {invert, 0.4, 0}},
	{{shearY, 0.9, 5}, {solarize, 0.2, 6}},
	{{invert, 0.9, 0}, {autoContrast, 0.8, 0}},
	{{equalize, 0.6, 0}, {rotate, 0.9, 3}},

	{{shearX, 0.9, 4}, {solarize, 0.3, 3}},
	{{shearY, 0.8, 8}, {invert, 0.7, 0}},
	{{equalize, 0.9, 0}, {translateY, 0.6, 6}},
	{{invert, 0.9, 0}, {equalize, 0.6, 0}},
	{{contrast, 0.3, 3}, {rotate, 0.8, 4}},

	{{invert, 0.8, 0}, {translateY, 0.0, 2}},
	{{shearY, 0.7, 6}, {solarize, 0.4, 8}},
	{{invert, 0.6, 0}, {rotate, 0.8, 4}},
	{{shearY, 0.3, 7}, {translateX, 0.9, 3}},
	{{shearX, 0.1, 6}, {invert, 0.6, 0}},

	{{solarize, 0.7, 2}, {translateY, 0.6, 7}},
	{{shearY, 0.8, 4}, {invert, 0.8, 0}},
	{{shearX, 0.7, 9}, {translateY, 0.8, 3}},
	{{shearY, 0.8, 5}, {autoContrast, 0.7, 0}},
	{{shearX, 0.7, 2}, {invert, 0.1, 0}},
}
