package report

import (
	"fmt"
	"strconv"
	"strings"
)

// Text writes hyper-parameters with the symbols of the paper's equations.
func (h Hyper) Text() string {
	var parts []string
	for _, p := range []struct {
		symbol string
		value  float64
	}{
		{"α", h.Alpha}, {"ρ", h.Keep}, {"λ_final", h.LambdaFinal}, {"β", h.Beta}, {"τ", h.Tau},
		{"κ", h.Kappa}, {"M", h.M}, {"loss scale", h.LossScale}, {"gradient norm ≤", h.ClipNorm},
	} {
		if p.value == 0 {
			continue
		}
		sign := " = "
		if strings.HasSuffix(p.symbol, "≤") {
			sign = " "
		}
		parts = append(parts, fmt.Sprintf("%s%s%s", p.symbol, sign, strconv.FormatFloat(p.value, 'g', -1, 64)))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
