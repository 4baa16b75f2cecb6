package report

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// minus replaces the hyphen of a negative number by a minus sign, and drops it from a
// zero.
func minus(s string) string {
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		if strings.Trim(rest, "0.") == "" {
			return rest
		}
		return "−" + rest
	}
	return s
}

// powers writes an exponent as print does: 3e-05 as 3×10⁻⁵, 1e-06 as 10⁻⁶.
func powers(s string) string {
	head, exponent, ok := strings.Cut(s, "e")
	if !ok {
		return s
	}
	sign := ""
	if head = strings.TrimSuffix(head, "."); head == "1" || head == "-1" {
		sign, head = strings.TrimSuffix(head, "1"), ""
	} else {
		head += "×"
	}
	digits, negative := strings.CutPrefix(exponent, "-")
	power := strings.TrimLeft(strings.TrimPrefix(digits, "+"), "0")
	if negative {
		power = "-" + power
	}
	return sign + head + "10" + superscripts.Replace(power)
}

var superscripts = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// Digits prints so many significant digits as print does, −1 as many as tell the value
// from all others.
func Digits(v float64, n int) string { return minus(powers(strconv.FormatFloat(v, 'g', n, 64))) }

// fixed prints a value with a fixed number of decimals, half-way cases away from zero, as
// who checks a mean of printed numbers by hand does. Where 63.725 lies beside the number
// it stands for, and on which side, is chance: the next float64 is beyond it.
func fixed(v float64, decimals int) string {
	v = math.Nextafter(v, math.Copysign(math.Inf(1), v))
	return minus(strconv.FormatFloat(v, 'f', max(decimals, 0), 64))
}

// halfWidth prints the half-width of an interval with the decimals of its value, or
// with up to three more where it would else read as zero.
func halfWidth(v float64, decimals int) string {
	if v < 1e-12 {
		v = 0 // all values are alike: what is left comes from taking their mean
	}
	for d := decimals; d < decimals+3; d++ {
		if s := fixed(v, d); v == 0 || strings.Trim(s, "0.") != "" {
			return s
		}
	}
	return fixed(v, decimals+3)
}

// number4 prints four significant digits, for values that have no column to say how
// many decimals they want.
func number4(v float64) string { return significant(v, 4) }

// half2 writes half an interval with two significant digits: more would be digits of
// chance.
func half2(v float64) string { return significant(v, 2) }

func significant(v float64, digits int) string {
	if a := math.Abs(v); a != 0 && (a >= 1e6 || a < 1e-4) {
		return minus(powers(strconv.FormatFloat(v, 'e', digits-1, 64)))
	}
	s := strconv.FormatFloat(v, 'g', digits, 64)
	if strings.ContainsAny(s, "eE") {
		s = strconv.FormatFloat(v, 'f', 0, 64)
	}
	return minus(s)
}

// thousands groups the digits of a count with narrow no-break spaces.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		sign, s = "−", rest
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return sign + s
}

// clip shortens a name that would fill the page, at a whole letter.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
