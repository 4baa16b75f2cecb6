// Package augment is AutoAugment (Cubuk, Zoph, Mané, Vasudevan and Le, "AutoAugment:
// Learning Augmentation Strategies from Data", CVPR 2019) for small grey images: of 25
// pairs of operations that a search found, one is drawn for every image.
//
// The paper publishes three policies. The one here is SVHN's: house numbers are, like
// the characters this program renders, dark or light signs on an unquiet ground whose
// meaning survives inversion and shear, and its search settled on geometry and
// inversion. The policies of CIFAR-10 and ImageNet lean on colour, and Color is the
// identity on a grey image: a fifth of what they do would be lost here.
//
// Operations and magnitudes are those of the code the authors released for images of 32
// pixels (augmentation_transforms.py in tensorflow/models, research/autoaugment), which
// calls Pillow: nearest neighbour for geometry, an even coin for the sign of shear,
// translation and rotation. Pixels that come in from outside are grey 128, as in the
// authors' TensorFlow version; in the first version they are the mean of the data set.
// torchvision spreads ten levels from 0 to the maximum (level/9 of it, where the
// authors' code takes level/10), and translates by the fraction of an ImageNet picture.
package augment

import "lossxfer-report/compute/random"

// Policy applies AutoAugment's policy for SVHN. The zero value is ready; it keeps a
// buffer, so one Policy serves one goroutine.
type Policy struct{ before []uint8 }

// Apply changes the h·w grey levels of one image in place, by a sub-policy drawn from s.
// It takes four numbers from s whatever it draws, so that the fate of one image never
// moves that of the next.
func (p *Policy) Apply(pixels []uint8, h, w int, s *random.Stream) {
	pixels = pixels[:h*w]
	sub := svhn[s.IntN(len(svhn))]
	chance := [2]float64{s.Float64(), s.Float64()}
	signs := s.Uint64()
	for i, step := range sub {
		if chance[i] < step.probability {
			p.run(step.op, step.level, signs>>i&1 == 1, pixels, h, w)
		}
	}
}

// run applies one operation at a level of 0 to 10; negative mirrors the operations that
// have a direction.
func (p *Policy) run(op operation, level int, negative bool, pixels []uint8, h, w int) {
	sign := 1.0
	if negative {
		sign = -1
	}
	shear := sign * float64(float64(level)*maxShear) / 10
	switch op {
	case shearX:
		p.transform(pixels, h, w, affine{1, shear, 0, 0, 1, 0})
	case shearY:
		p.transform(pixels, h, w, affine{1, 0, 0, shear, 1, 0})
	case translateX:
		p.transform(pixels, h, w, affine{1, 0, sign * float64(translation(level, w)), 0, 1, 0})
	case translateY:
		p.transform(pixels, h, w, affine{1, 0, 0, 0, 1, sign * float64(translation(level, h))})
	case rotate:
		p.transform(pixels, h, w, rotation(sign*float64(level*maxDegrees/10), h, w))
	case invert:
		invertImage(pixels)
	case equalize:
		equalizeImage(pixels)
	case autoContrast:
		stretchImage(pixels)
	case solarize:
		solarizeImage(pixels, 256-level*256/10)
	case contrast:
		contrastImage(pixels, float32(float64(float64(level)*1.8)/10+0.1))
	}
}
