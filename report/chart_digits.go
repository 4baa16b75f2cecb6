package report

import "strconv"

// drawnDigits are finer than any screen; report.json has all of them.
const drawnDigits = 6

// shortNumbers rounds the fractions in JSON for a drawing. Texts stay as they are.
func shortNumbers(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); {
		end := i + 1
		switch c := data[i]; {
		case c == '"':
			for end < len(data) && data[end] != '"' {
				if data[end] == '\\' {
					end++
				}
				end++
			}
			end++
		case c == '-' || c >= '0' && c <= '9':
			for end < len(data) && numeral(data[end]) {
				end++
			}
			out = append(out, shortNumber(string(data[i:end]))...)
			i = end
			continue
		}
		end = min(end, len(data))
		out = append(out, data[i:end]...)
		i = end
	}
	return out
}

func numeral(c byte) bool {
	return c >= '0' && c <= '9' || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-'
}

// shortNumber keeps what is short, whole numbers above all.
func shortNumber(text string) string {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	if short := strconv.FormatFloat(v, 'g', drawnDigits, 64); len(short) < len(text) && float64(int64(v)) != v {
		return short
	}
	return text
}
