package name

import (
	"slices"

	"interdict/internal/script"
)

// system is a way to read signs of Han. A name is read by one system
// throughout: family name by pinyin and given name in Cantonese is nobody's.
type system struct {
	tables []string // of script.Romanised
	orElse string   // table for signs that it spells no other way; "" means that it cannot read them
}

// kanji is the table of Japanese names.
const kanji = "kanji"

var (
	mixed   = system{}
	systems = []system{
		{[]string{"pinyin"}, ""},
		{[]string{"wade-giles"}, "pinyin"},
		{[]string{"hk", "regional"}, "pinyin"},
		{[]string{"sino-korean"}, ""},
		{[]string{kanji}, ""},
	}
)

// Readings reads s as a name of the given kind in every way that is to be
// compared: one reading, or for a name with signs of Han one a system, and for the
// name of an organisation its acronym.
func Readings(s string, kind Kind) []Reading {
	var r *Reader
	return r.Readings(s, kind)
}

// Readings is the function of that name with the memory of r.
func (r *Reader) Readings(s string, kind Kind) []Reading {
	words := withoutNotes(r.wordsOf(s), s)
	if !slices.ContainsFunc(words, func(w word) bool { return !lowerASCII(w.clean) && script.Of(w.clean) == "Hani" }) {
		x := r.analyse(words, kind, mixed)
		if kind == AsOrganisation {
			if a, ok := r.acronym(words, x); ok {
				return []Reading{x, a}
			}
		}
		return []Reading{x}
	}
	var out []Reading
	for _, by := range systems {
		x := r.analyse(words, kind, by)
		if len(x.Positions) > 0 && !r.misses(words, by) && !slices.ContainsFunc(out, func(o Reading) bool { return sameSurfaces(o, x) }) {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		out = append(out, r.analyse(words, kind, mixed))
	}
	return out
}

func sameSurfaces(a, b Reading) bool {
	return slices.EqualFunc(a.Positions, b.Positions, func(p, q Position) bool {
		return slices.EqualFunc(p.Alts, q.Alts, func(x, y Token) bool {
			return x.Class == y.Class && x.Surface == y.Surface && x.Abjad == y.Abjad
		})
	})
}

// japanese reports the system of Japanese names, which reads whole ones.
func (by system) japanese() bool { return slices.Contains(by.tables, kanji) }

// candidates are the romanisations of a word by the system.
func (r *Reader) candidates(text string, by system) []script.Romanised {
	all := r.romanise(text)
	if len(by.tables) == 0 || script.Of(text) != "Hani" {
		return all
	}
	if own := ofTables(all, by.tables); len(own) > 0 {
		return own
	}
	if own := ofTables(all, []string{by.orElse}); len(own) > 0 {
		return own
	}
	return all
}

// misses reports a word that the system cannot read.
func (r *Reader) misses(words []word, by system) bool {
	return by.orElse == "" && slices.ContainsFunc(words, func(w word) bool {
		if script.Of(w.clean) != "Hani" || len(ofTables(r.romanise(w.clean), by.tables)) > 0 {
			return false
		}
		_, _, two := script.JapaneseName(w.clean)
		return !two || !by.japanese()
	})
}

func ofTables(all []script.Romanised, tables []string) []script.Romanised {
	var out []script.Romanised
	for _, r := range all {
		if slices.Contains(tables, r.Table) {
			out = append(out, r)
		}
	}
	return out
}
