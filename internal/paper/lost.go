package paper

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"interdict/internal/script"
)

// lost is a stretch of text that no font has the signs of.
type lost struct {
	start, end int    // in the runes shown in its place
	text       string // as it was given
	note       string // what is shown
	told       bool   // the text is in the file
}

// shown is a text that can be drawn.
type shown struct {
	runes  []rune
	lost   []lost
	toLeft bool // it runs from right to left
}

// show makes a text that can be drawn out of any: words that no font has the
// signs of are replaced by their romanised form, in brackets.
func (f *Fonts) show(text string) shown {
	in := []rune(clean(text))
	var out shown
	for i := 0; i < len(in); {
		end := f.unreadable(in, i)
		if end == i {
			out.runes = append(out.runes, in[i])
			i++
			continue
		}
		// The word began before its first sign without a font.
		for i > 0 && len(out.runes) > 0 && inWord(in[i-1]) && out.runes[len(out.runes)-1] == in[i-1] {
			i, out.runes = i-1, out.runes[:len(out.runes)-1]
		}
		word := string(in[i:end])
		note := []rune(f.romanised(word))
		out.lost = append(out.lost, lost{start: len(out.runes), end: len(out.runes) + len(note), text: word, note: string(note)})
		out.runes, i = append(out.runes, note...), end
	}
	return out.direct()
}

// unreadable returns where the words end that begin at i and have signs without
// a font; i if the sign at i has one.
func (f *Fonts) unreadable(in []rune, i int) int {
	if f.canShow(in[i]) {
		return i
	}
	end := i
	for at := i; at < len(in) && (inWord(in[at]) || in[at] == ' ' || !f.canShow(in[at])); at++ {
		if in[at] == ' ' && !(at+1 < len(in) && !f.canShow(in[at+1])) {
			break
		}
		end = at + 1
	}
	return end
}

func inWord(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }

// canShow reports whether a font has a sign, or it needs none.
func (f *Fonts) canShow(r rune) bool {
	return invisible(r) || f.find(r, false, "") != nil
}

// invisible reports whether a sign has no picture: spaces, joiners, marks of
// direction and selectors of variants.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Variation_Selector)
}

// romanised says a text that cannot be drawn in letters that can.
func (f *Fonts) romanised(text string) string {
	if strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return "[" + points(text) + ", no font here]"
	}
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = romanise(w)
	}
	return fmt.Sprintf("[%s – in %s, no font here]", strings.Join(words, " "), writing(text))
}

// romanise returns a word in Latin letters, or its code points where they are
// all that is known of one of its letters.
func romanise(word string) string {
	r := script.Romanise(word, 1)
	if len(r) == 0 {
		return points(word)
	}
	for _, letter := range word {
		if strings.Contains(r[0].Text, fmt.Sprintf("u%x", letter)) {
			return points(word)
		}
	}
	return strings.ToUpper(r[0].Text[:1]) + r[0].Text[1:]
}

// writing names the script of the first letter of a text.
func writing(text string) string {
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		for name, table := range unicode.Scripts {
			if unicode.Is(table, r) {
				return strings.ReplaceAll(name, "_", " ")
			}
		}
	}
	return "an unknown script"
}

// points lists the code points of a text.
func points(text string) string {
	var out []string
	for _, r := range text {
		out = append(out, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(out, " ")
}

// overrides names the signs that, obeyed, would print a text backwards.
var overrides = strings.NewReplacer("\u202d", "[U+202D, override of direction]", "\u202e", "[U+202E, override of direction]")

// clean takes controls for spaces, and says where the direction is overridden.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, overrides.Replace(text))
}

// lostBlocks tell at the end of a paper what it could not draw.
func lostBlocks(all []lost) []Block {
	if len(all) == 0 {
		return nil
	}
	rows := [][]string{}
	for _, l := range all {
		row := []string{l.note, "–", points(l.text)}
		if strings.IndexFunc(l.text, unicode.IsLetter) >= 0 {
			row[1] = writing(l.text)
		}
		if !slices.ContainsFunc(rows, func(r []string) bool { return r[2] == row[2] }) {
			rows = append(rows, row)
		}
	}
	return []Block{
		Heading{1, "Signs that no font here has"},
		Paragraph{"These words were printed in romanised form, because no font of the machine that printed them has their signs. Their text as it was given is in the file and can be copied; its code points are below."},
		Table{Head: []string{"Printed as", "Script", "Code points (Unicode)"}, Widths: []float64{2, 1, 3}, Rows: rows},
	}
}
