package mutate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// swap is a spelling and what it may become.
type swap struct {
	from string
	to   []string
}

// swaps reads "kh=h,x ts=c" as two swaps. "=" alone after a spelling removes it.
func swaps(table string) []swap {
	var list []swap
	for _, word := range strings.Fields(table) {
		from, to, _ := strings.Cut(word, "=")
		list = append(list, swap{from, strings.Split(to, ",")})
	}
	return list
}

// bothWays adds the way back of every swap.
func bothWays(list []swap) []swap {
	all := slices.Clone(list)
	for _, s := range list {
		for _, to := range s.to {
			if to != "" {
				all = append(all, swap{to, []string{s.from}})
			}
		}
	}
	return all
}

// site is a place in a text where a swap fits.
type site struct {
	at int
	swap
}

// sites finds every place where one of the swaps fits, whatever the case.
func sites(s string, list []swap) []site {
	var found []site
	for at := range s {
		for _, w := range list {
			end := at + len(w.from)
			if end <= len(s) && (end == len(s) || utf8.RuneStart(s[end])) && strings.EqualFold(s[at:end], w.from) {
				found = append(found, site{at, w})
			}
		}
	}
	return found
}

// swapOne changes one place, drawn from all that fit.
func swapOne(c *Chance, s string, list []swap) (string, bool) {
	found := sites(s, list)
	if len(found) == 0 {
		return "", false
	}
	f := Pick(c, found)
	end := f.at + len(f.from)
	return s[:f.at] + likeCase(s[f.at:end], Pick(c, f.to)) + s[end:], true
}

// swapAll changes every place, from left to right, the longest spelling first;
// a spelling becomes the same wherever it stands.
func swapAll(c *Chance, s string, list []swap) (string, bool) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b swap) int { return len(b.from) - len(a.from) })
	chosen := map[string]string{}
	var b strings.Builder
	changed := false
	for at := 0; at < len(s); {
		f, ok := firstAt(s, at, list)
		if !ok {
			_, n := utf8.DecodeRuneInString(s[at:])
			b.WriteString(s[at : at+n])
			at += n
			continue
		}
		to, ok := chosen[f.from]
		if !ok {
			to = Pick(c, f.to)
			chosen[f.from] = to
		}
		b.WriteString(likeCase(s[at:at+len(f.from)], to))
		at += len(f.from)
		changed = true
	}
	return b.String(), changed
}

func firstAt(s string, at int, list []swap) (swap, bool) {
	for _, w := range list {
		end := at + len(w.from)
		if end <= len(s) && (end == len(s) || utf8.RuneStart(s[end])) && strings.EqualFold(s[at:end], w.from) {
			return w, true
		}
	}
	return swap{}, false
}

// likeCase writes s in the case of model: all upper, first upper, or as it is.
func likeCase(model, s string) string {
	first, _ := utf8.DecodeRuneInString(model)
	switch {
	case s == "" || !unicode.IsUpper(first):
		return s
	case utf8.RuneCountInString(model) > 1 && model == strings.ToUpper(model):
		return strings.ToUpper(s)
	}
	return capital(s)
}

// capital writes the first letter of s large.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// bare is a word in small letters without punctuation at its ends.
func bare(word string) string {
	return strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}

// isOneOf reports whether the bare word stands in list.
func isOneOf(word string, list []string) bool { return slices.Contains(list, bare(word)) }

// in reports whether every letter of s is of one of the scripts, and s has one.
func in(s string, tables ...*unicode.RangeTable) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if !unicode.In(r, tables...) {
				return false
			}
		}
	}
	return letters > 0
}

// without returns words without those from at to at+n-1.
func without(words []string, at, n int) []string {
	return slices.Concat(words[:at], words[at+n:])
}

// onWord changes one word of name, drawn from those that fit.
func onWord(c *Chance, name string, fits func(string) bool, change func(string) string) (string, bool) {
	words := strings.Fields(name)
	var at []int
	for i, w := range words {
		if fits(w) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return "", false
	}
	i := Pick(c, at)
	words[i] = change(words[i])
	return strings.Join(strings.Fields(strings.Join(words, " ")), " "), true
}

func letters(word string) int { return utf8.RuneCountInString(word) }
