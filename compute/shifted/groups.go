package shifted

// Group is corruptions of one kind, as Hendrycks and Dietterich (2019) sort them.
type Group struct {
	ID, Label   string
	Corruptions []string
}

// Groups sorts the fifteen corruptions.
func Groups() []Group {
	return []Group{
		{"noise", "Noise", []string{"gaussian_noise", "shot_noise", "impulse_noise"}},
		{"blur", "Blur", []string{"defocus_blur", "glass_blur", "motion_blur", "zoom_blur"}},
		{"weather", "Weather", []string{"snow", "frost", "fog", "brightness"}},
		{"digital", "Digital", []string{"contrast", "elastic_transform", "pixelate", "jpeg_compression"}},
	}
}
