package data

import (
	"strings"
	"testing"

	"lossxfer-report/compute/data/glyph"
)

// lookAlikes are characters that are one picture when position and size are
// free, though their outlines differ in places (stroke weight, a longer stem).
// Of each group at most one may be a class of pretraining or of a task of new
// classes.
var lookAlikes = []string{
	"AАΑ", "BВΒв", "CcСс", "EЕΕ", "eе", "HНΗн", "IlІΙ|ǀ", "iі", "JЈ", "jј", "KКΚкκ",
	"MМΜм", "NΝ", "OoОΟоο°", "PРΡ", "pρр", "SsЅѕ", "TТΤтτ", "Uu", "VvΝν", "Ww", "XxХΧхχ×",
	"YΥ", "yуУ", "ZzΖ", "aаɑ", "ГΓг", "Дд", "Жж", "З3зЗ", "Ии", "Йй", "Лл", "ПΠп", "ФΦ", "фφ",
	"Цц", "Чч", "Шш", "Щщ", "Ъъ", "Ыы", "Ьь", "Ээ", "Юю", "Яя", "б6", "Єєε", "Ђ", "ђ", "ΩΩ",
	"Ψψ", "μµ", "fƒ", "0°", "Ѓѓ", "Ґґ", "Її", "Љљ", "Њњ", "Ќќ", "Ўў", "Џџ",
	"ÈЀ", "èѐ", "ËЁ", "ëё", "ÏЇ", "ïї", "ħћ", "ŞşȘș", "ŢȚ", "ţț", "Ìì", "Íí", "Îî", "Ĩĩ", "Īī", "Ĭĭ", "İi", "Iı", "Ĺĺ", "Ѝѝ", "Þþ", "Øø",
	"Çç", "Ćć", "Ĉĉ", "Ċċ", "Čč", "Òò", "Óó", "Ôô", "Õõ", "Öö", "Ōō", "Ŏŏ", "Őő", "Śś", "Ŝŝ", "Šš", "Ùù", "Úú", "Ûû", "Üü", "Ũũ", "Ūū",
	"Ŭŭ", "Ůů", "Űű", "Ųų", "Ẁẁ", "Ẃẃ", "Ŵŵ", "Ẅẅ", "Źź", "Żż", "Žž", "Kĸ", "ĔĚ", "ĕě",
}

// signature is a mask at 16×16 with its ink centred, blurred a little so that
// strokes a fraction of a pixel apart still meet.
type signature [side][side]float64

const side = 16

func signatureOf(t *testing.T, face *glyph.Face, r rune) *signature {
	t.Helper()
	m, err := face.Mask(r)
	if err != nil {
		t.Fatal(err)
	}
	var s, blurred signature
	const box = glyph.Side + 2
	for i, p := range m.Pix {
		x, y := i%m.W+(box-m.W)/2-1, i/m.W+(box-m.H)/2-1
		if x >= 0 && y >= 0 && x < glyph.Side && y < glyph.Side {
			s[y*side/glyph.Side][x*side/glyph.Side] += float64(p)
		}
	}
	weight := [3]float64{0.25, 0.5, 0.25}
	for y := range s {
		for x := range s {
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if y+dy >= 0 && y+dy < side && x+dx >= 0 && x+dx < side {
						blurred[y][x] += weight[dy+1] * weight[dx+1] * s[y+dy][x+dx]
					}
				}
			}
		}
	}
	return &blurred
}

// distance is 0 for equal pictures and 1 for pictures without common ink.
func distance(a, b *signature) float64 {
	var apart, ink float64
	for y := range a {
		for x := range a {
			apart += max(a[y][x]-b[y][x], b[y][x]-a[y][x])
			ink += a[y][x] + b[y][x]
		}
	}
	return apart / ink
}

// sameOutline separates what typefaces draw alike (at most 0.023 measured, p and
// ρ; most such pairs are exactly 0) from the closest different letters (0.033, O
// and Θ in a bold typewriter face).
const sameOutline = 0.027

// detail is how much the most different corner of two pictures differs, a window of a
// sixteenth of them: 0 for equal pictures, 1 for ink against none.
func detail(a, b *signature) float64 {
	const window = side / 4
	var most float64
	for y := 0; y+window <= side; y++ {
		for x := 0; x+window <= side; x++ {
			var apart float64
			for i := y; i < y+window; i++ {
				for j := x; j < x+window; j++ {
					apart += max(a[i][j]-b[i][j], b[i][j]-a[i][j])
				}
			}
			most = max(most, apart)
		}
	}
	const cell = glyph.Side / side
	return most / (255 * cell * cell * window * window)
}

// sameDetail tells accents apart, which are little of a letter's ink. It separates what
// typefaces draw alike (at most 0.041 measured, x and х) from the closest classes (0.056).
const sameDetail = 0.05

// onePicture says whether two characters are hardly told apart: neither as a whole nor
// by an accent.
func onePicture(a, b *signature) bool {
	return distance(a, b) < sameOutline && detail(a, b) < sameDetail
}

// faces are the signatures of characters in every style of one family.
func faces(t *testing.T, f *glyph.Family, chars []rune) map[rune][]*signature {
	all := map[rune][]*signature{}
	for _, r := range chars {
		for _, s := range glyph.Styles {
			all[r] = append(all[r], signatureOf(t, f.Face(s), r))
		}
	}
	return all
}

func families() []*glyph.Family {
	return append(append([]*glyph.Family{}, glyph.Families...), glyph.HeldOut...)
}

// newCharacters are those of the tasks that must show nothing of pretraining.
func newCharacters() []rune {
	var all []rune
	for _, set := range [][]rune{greek, symbols, digits, unseen, mixed[20:]} {
		all = append(all, set...)
	}
	return all
}

func TestOutlineDistanceKnowsOnePictureFromTwo(t *testing.T) {
	face := glyph.Families[1].Face(glyph.Regular) // DejaVu Sans
	for _, pair := range []string{"AΑ", "AА", "ΓГ", "ΠП", "OО", "pр"} {
		r := []rune(pair)
		if d := distance(signatureOf(t, face, r[0]), signatureOf(t, face, r[1])); d > sameOutline {
			t.Errorf("%c and %c (%U, %U) are one picture, distance %.3f", r[0], r[1], r[0], r[1], d)
		}
	}
	for _, pair := range []string{"OQ", "EF", "PR", "ИЙ", "ГҐ", "ÀÁ", "Ēê"} {
		r := []rune(pair)
		if onePicture(signatureOf(t, face, r[0]), signatureOf(t, face, r[1])) {
			t.Errorf("%c and %c are two pictures", r[0], r[1])
		}
	}
}

func TestClassOutlinesDiffer(t *testing.T) {
	for name, d := range designs {
		if d.label != byCharacter {
			continue
		}
		for _, f := range families() {
			all := faces(t, f, d.characters)
			for i, a := range d.characters {
				for _, b := range d.characters[:i] {
					for s := range glyph.Styles {
						if x, y := all[a][s], all[b][s]; onePicture(x, y) {
							t.Errorf("%s: %c and %c are one picture in %s, distance %.3f, detail %.3f", name, a, b, f.Face(glyph.Style(s)), distance(x, y), detail(x, y))
						}
					}
				}
			}
		}
	}
}

// Any style of a family is compared with any other, for italics borrow the
// shapes of other letters (an italic п is drawn as n).
func TestNewClassesShareNoOutlineWithPretraining(t *testing.T) {
	fresh := newCharacters()
	for _, f := range families() {
		old, young := faces(t, f, latin200), faces(t, f, fresh)
		for _, a := range latin200 {
			for _, b := range fresh {
				for i := range glyph.Styles {
					for j := range glyph.Styles {
						if d := distance(old[a][i], young[b][j]); d < sameOutline {
							t.Errorf("%c in %s is %c in %s, distance %.3f", b, f.Face(glyph.Style(j)), a, f.Face(glyph.Style(i)), d)
						}
					}
				}
			}
		}
	}
}

func TestLookAlikesAreOneClass(t *testing.T) {
	check := func(where string, chars []rune) {
		for _, group := range lookAlikes {
			var used []string
			for _, r := range chars {
				if strings.ContainsRune(group, r) && !strings.Contains(strings.Join(used, ""), string(r)) {
					used = append(used, string(r))
				}
			}
			if len(used) > 1 {
				t.Errorf("%s: %v look alike", where, used)
			}
		}
	}
	check("pretraining and new classes", append(append([]rune{}, latin200...), newCharacters()...))
	check("mixed", mixed)
}

func TestCharacterSetsAreNested(t *testing.T) {
	in := func(r rune, set []rune) bool { return strings.ContainsRune(string(set), r) }
	for _, c := range []struct {
		set  []rune
		want int
	}{{latin10, 10}, {latin43, 43}, {latin77, 77}, {latin200, 200}, {mixed, 30}} {
		distinct := map[rune]bool{}
		for _, r := range c.set {
			distinct[r] = true
		}
		if len(distinct) != c.want || len(c.set) != c.want {
			t.Errorf("%s: %d characters, %d distinct, want %d", string(c.set), len(c.set), len(distinct), c.want)
		}
	}
	for _, r := range latin10 {
		if !in(r, latin43) {
			t.Errorf("%c of latin10 is not in latin43", r)
		}
	}
	for _, r := range latin43 {
		if !in(r, latin77) {
			t.Errorf("%c of latin43 is not in latin_cyrillic77", r)
		}
	}
	for _, r := range latin77 {
		if !in(r, latin200) {
			t.Errorf("%c of latin77 is not in latin_cyrillic200", r)
		}
	}
	for i, r := range mixed {
		if in(r, latin43) != (i < 20) || in(r, latin200) != (i < 20) {
			t.Errorf("mixed: %c at %d; the first 20, and only they, are pretraining classes", r, i)
		}
	}
	for _, r := range unseen {
		if !in(r, greek) && !in(r, symbols) && !in(r, digits) {
			t.Errorf("unseen: %c is in none of greek, symbols and digits", r)
		}
	}
}
