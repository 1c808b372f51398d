package draw

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// widthOf estimates how wide a text stands at a size. No font is known here: it
// errs to the wide side.
func widthOf(s string, size float64) float64 {
	total := 0.0
	for _, r := range s {
		total += em(r)
	}
	return total * size
}

// em is the width of a letter in sizes.
func em(r rune) float64 {
	switch k := width.LookupRune(r).Kind(); {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case k == width.EastAsianWide, k == width.EastAsianFullwidth:
		return 1.02
	case strings.ContainsRune("iljtfrI.,:;'|!()[] ·", r):
		return .37
	case strings.ContainsRune("mwMWЖШЩЮжшщюФ@%—", r):
		return .93
	case unicode.Is(unicode.Arabic, r):
		return .55
	case unicode.IsUpper(r):
		return .72
	}
	return .6
}

// wrap breaks a text into lines that are no wider than a width at a size, at
// blanks where it can, else between letters. Nothing is left out.
func wrap(s string, size, most float64) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(s) {
		for _, piece := range cut(word, size, most) {
			joined := piece
			if line != "" {
				joined = line + " " + piece
			}
			if line != "" && widthOf(joined, size) > most {
				out, line = append(out, line), piece
				continue
			}
			line = joined
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// cut breaks one word that is too wide.
func cut(word string, size, most float64) []string {
	var out []string
	from, at := 0, 0.0
	for i, r := range word {
		w := em(r) * size
		if w > 0 && i > from && at+w > most { // a mark stays with its letter
			out, from, at = append(out, word[from:i]), i, 0
		}
		at += w
	}
	return append(out, word[from:])
}

// widest returns the width of the widest of some texts.
func widest(size float64, all ...string) float64 {
	w := 0.0
	for _, s := range all {
		w = max(w, widthOf(s, size))
	}
	return w
}
