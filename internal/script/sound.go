package script

import "slices"

// sounds lists spellings of one sound, the longest first, and its symbol. It is
// only used to choose candidates that differ by more than a habit of spelling.
var sounds = []struct{ from, to string }{
	{"shch", "S"},
	{"tch", "C"},
	{"sh", "S"},
	{"ch", "C"},
	{"kh", "h"},
	{"gh", "g"},
	{"dh", "d"},
	{"th", "t"},
	{"ts", "s"},
	{"tz", "s"},
	{"zh", "j"},
	{"ph", "f"},
	{"ee", "i"},
	{"ou", "o"},
	{"oo", "o"},
	{"ck", "k"},
	{"z", "s"},
	{"c", "k"},
	{"q", "k"},
	{"x", "k"},
	{"w", "v"},
	{"y", "i"},
	{"u", "o"},
}

// soundsBy holds the sounds by their first letter.
var soundsBy = func() (by [256][]struct{ from, to string }) {
	for _, s := range sounds {
		by[s.from[0]] = append(by[s.from[0]], s)
	}
	return by
}()

// sound folds a text to its sounds; doubled sounds are one.
func sound(text string) string {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		to, n := text[i], 1
		for _, s := range soundsBy[text[i]] {
			if len(text)-i >= len(s.from) && text[i:i+len(s.from)] == s.from {
				to, n = s.to[0], len(s.from)
				break
			}
		}
		if len(out) == 0 || out[len(out)-1] != to {
			out = append(out, to)
		}
		i += n
	}
	return string(out)
}

// lead is how many candidates diverse leaves in front whatever their sound.
const lead = 2

// diverse keeps max candidates: the first ones (lead), then those that sound
// different from all before, then the others, each group in its order.
func diverse(in []Romanised, max int) []Romanised {
	if len(in) < 2 {
		return in
	}
	heard := make([]string, 0, len(in))
	fresh := make([]Romanised, 0, len(in))
	var again []Romanised
	for i, r := range in {
		if s := sound(r.Text); i < lead || !slices.Contains(heard, s) {
			heard = append(heard, s)
			fresh = append(fresh, r)
		} else {
			again = append(again, r)
		}
	}
	fresh = append(fresh, again...)
	return fresh[:min(len(fresh), max)]
}
