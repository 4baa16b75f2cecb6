package report

import "strings"

// symbol introduces the value of a hyper-parameter as the paper's equations write it:
// "τ = ".
func (p parameter) symbol() string {
	switch p.name {
	case "alpha":
		return "α = "
	case "keep":
		return "ρ = "
	case "lambda_final":
		return "λ_final = "
	case "beta":
		return "β = "
	case "tau":
		return "τ = "
	case "kappa":
		return "κ = "
	case "m":
		return "M = "
	case "loss_scale":
		return "loss scale = "
	case "clip_norm":
		return "gradient norm ≤ "
	}
	return p.name + " = "
}

// Text writes hyper-parameters with the symbols of the paper's equations.
func (h Hyper) Text() string {
	var parts []string
	for _, p := range (HyperGrid{}).parameters() {
		if v := p.of(h); v != 0 {
			parts = append(parts, p.symbol()+Digits(v, -1))
		}
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
