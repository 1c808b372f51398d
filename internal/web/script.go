package web

import "unicode"

// writings are scripts with what people call them, as keys of messages.
var writings = []struct {
	name string
	in   []*unicode.RangeTable
}{
	{"Latin", []*unicode.RangeTable{unicode.Latin}},
	{"Arabic", []*unicode.RangeTable{unicode.Arabic}},
	{"Cyrillic", []*unicode.RangeTable{unicode.Cyrillic}},
	{"Japanese", []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}},
	{"Korean", []*unicode.RangeTable{unicode.Hangul}},
	{"Chinese", []*unicode.RangeTable{unicode.Han}},
	{"Hebrew", []*unicode.RangeTable{unicode.Hebrew}},
	{"Greek", []*unicode.RangeTable{unicode.Greek}},
	{"Devanagari", []*unicode.RangeTable{unicode.Devanagari}},
	{"Bengali", []*unicode.RangeTable{unicode.Bengali}},
	{"Thai", []*unicode.RangeTable{unicode.Thai}},
	{"Burmese", []*unicode.RangeTable{unicode.Myanmar}},
	{"Georgian", []*unicode.RangeTable{unicode.Georgian}},
	{"Armenian", []*unicode.RangeTable{unicode.Armenian}},
	{"Ethiopic", []*unicode.RangeTable{unicode.Ethiopic}},
}

// scriptOf is the script in which most letters of a text are, "Other" if it is
// none that is named here.
func scriptOf(text string) string {
	best, most := "Other", 0
	for _, w := range writings {
		n := 0
		for _, r := range text {
			if unicode.In(r, w.in...) {
				n++
			}
		}
		if n > most {
			best, most = w.name, n
		}
	}
	return best
}
