package mathml

import "strings"

// letters that browsers no longer make from a letter and its mathvariant: MathML Core
// knows characters of their own only.
var letters = strings.NewReplacer(
	`<mi mathvariant="script">L</mi>`, `<mi>ℒ</mi>`,
	`<mi mathvariant="double-struck">E</mi>`, `<mi>𝔼</mi>`,
	`<mi mathvariant="double-struck">R</mi>`, `<mi>ℝ</mi>`,
	// The bars of a norm are no relation: they stand close to what they enclose.
	`<mo stretchy="false">∥</mo>`, `<mo stretchy="false" lspace="0" rspace="0">‖</mo>`,
	`<mo fence="true">∥</mo>`, `<mo fence="true" lspace="0" rspace="0">‖</mo>`,
)

// applied stands between a function and what it is applied to.
const applied = "<mo>\u2061</mo>"

// core turns what KaTeX writes into what browsers show well.
func core(body string) string {
	body = letters.Replace(body)
	parts := strings.Split(body, applied)
	for i := 1; i < len(parts); i++ {
		// "log x" needs a space that "log(x)" does not.
		if space := `<mspace width="0.1667em"></mspace>`; !strings.HasPrefix(parts[i], "<mo") && !strings.HasPrefix(parts[i], "<mspace") {
			parts[i] = space + parts[i]
		}
	}
	return strings.Join(parts, applied)
}
