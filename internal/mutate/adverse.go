package mutate

import (
	"slices"
	"strings"
	"unicode"
)

// Adversary makes queries that a search engine is likely to get wrong. They
// need no right answer: a fast search and an exhaustive one must agree on them.
type Adversary struct {
	ID   string
	make func(c *Chance, words []string) string
}

// Query makes one query, partly from words that stand in the register. It is
// never empty and always valid text.
func (a Adversary) Query(seed uint64, words []string) string {
	if len(words) == 0 {
		words = extras
	}
	c := ChanceOf(seed, a.ID)
	if q := strings.TrimSpace(strings.ToValidUTF8(a.make(c, words), "")); q != "" {
		return q
	}
	return "a"
}

// Adversaries returns every kind of adversarial query (matching.md 12).
func Adversaries() []Adversary {
	return []Adversary{
		{"adverse.one-letter", func(c *Chance, _ []string) string { return join(c, 1+c.N(4), oneLetter) }},
		{"adverse.long-word", func(c *Chance, words []string) string { return longWord(c, words) + " " + Pick(c, words) }},
		{"adverse.initials-only", func(c *Chance, words []string) string {
			return join(c, 1+c.N(5), func(c *Chance) string { return firstLetter(Pick(c, words)) + Pick(c, []string{".", "", "-"}) })
		}},
		{"adverse.particles-only", func(c *Chance, _ []string) string {
			return join(c, 1+c.N(5), func(c *Chance) string { return Pick(c, particles) })
		}},
		{"adverse.forms-only", func(c *Chance, _ []string) string {
			return join(c, 1+c.N(4), func(c *Chance) string { return Pick(c, legalForms) })
		}},
		{"adverse.one-word", func(c *Chance, words []string) string { return Pick(c, words) }},
		{"adverse.repeated", func(c *Chance, words []string) string {
			return strings.TrimSpace(strings.Repeat(Pick(c, words)+" ", 2+c.N(5)))
		}},
		{"adverse.repeated-edited", repeatedEdited},
		{"adverse.mixed-scripts", func(c *Chance, words []string) string {
			return join(c, 2+c.N(3), func(c *Chance) string { return mixScript(c, Pick(c, words)) })
		}},
		{"adverse.merged", func(c *Chance, words []string) string {
			return join(c, 1+c.N(3), func(c *Chance) string { return Pick(c, words) + Pick(c, words) })
		}},
		{"adverse.merged-edited", func(c *Chance, words []string) string {
			return join(c, 1+c.N(3), func(c *Chance) string { return edited(c, Pick(c, words)+Pick(c, words)) })
		}},
		{"adverse.split", func(c *Chance, words []string) string {
			return join(c, 1+c.N(3), func(c *Chance) string { return halved(c, Pick(c, words)) })
		}},
		{"adverse.strangers", func(c *Chance, words []string) string {
			return join(c, 2+c.N(4), func(c *Chance) string { return Pick(c, words) })
		}},
		{"adverse.strangers-edited", func(c *Chance, words []string) string {
			return join(c, 2+c.N(4), func(c *Chance) string { return edited(c, Pick(c, words)) })
		}},
		{"adverse.many-words", func(c *Chance, words []string) string {
			return join(c, 12+c.N(14), func(c *Chance) string { return Pick(c, words) })
		}},
		{"adverse.digits", func(c *Chance, words []string) string {
			return Pick(c, words) + " " + strings.Repeat(string(rune('0'+c.N(10))), 1+c.N(12))
		}},
		{"adverse.random-letters", func(c *Chance, _ []string) string { return join(c, 1+c.N(4), randomWord) }},
		{"adverse.prefixes", func(c *Chance, words []string) string {
			return join(c, 1+c.N(4), func(c *Chance) string {
				r := []rune(Pick(c, words))
				return string(r[:1+c.N(len(r))])
			})
		}},
		{"adverse.noise", noise},
	}
}

// Words returns the distinct words of names, in order, for [Adversary.Query].
func Words(names []string) []string {
	var all []string
	for _, n := range names {
		all = append(all, strings.Fields(n)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func join(c *Chance, n int, word func(*Chance) string) string {
	words := make([]string, n)
	for i := range words {
		words[i] = word(c)
	}
	return strings.Join(words, " ")
}

func oneLetter(c *Chance) string { return string(Pick(c, []rune("abklmosxyzабмواع김王ñ7"))) }

func firstLetter(w string) string { return string([]rune(w)[:1]) }

// longWord is a word of 40 letters made of the register's words.
func longWord(c *Chance, words []string) string {
	var r []rune
	for len(r) < 40 {
		r = append(r, []rune(Pick(c, words))...)
	}
	return string(r[:40])
}

func repeatedEdited(c *Chance, words []string) string {
	w := Pick(c, words)
	return join(c, 2+c.N(4), func(c *Chance) string { return edited(c, w) })
}

func edited(c *Chance, w string) string {
	for range c.N(3) {
		if e, ok := edit(c, w, anyEdit(c)); ok {
			w = e
		}
	}
	return w
}

func halved(c *Chance, w string) string {
	r := []rune(w)
	at := c.N(len(r) + 1)
	return string(r[:at]) + " " + string(r[at:])
}

func mixScript(c *Chance, w string) string {
	change := Pick(c, []func(*Chance, string) (string, bool){
		homoglyph(true), toCyrillic, toArabic, fullwidth, invisible, romanisedBySomeScheme,
	})
	if m, ok := change(c, w); ok {
		return m
	}
	return w
}

func randomWord(c *Chance) string {
	r := make([]rune, 1+c.N(12))
	like := Pick(c, []rune{'a', 'а', 'ا', 'α', 'א'})
	for i := range r {
		r[i] = letterLike(c, like)
	}
	return string(r)
}

// noise is text between which names could hide: marks, controls, symbols.
func noise(c *Chance, words []string) string {
	marks := []string{"///", "\u200b", "&", "№", "\t", "—", "\u0301", "😀", "\u202e", "%00", "<b>", "\"", "\u00a0", "١٢", "Ⅳ"}
	return join(c, 1+c.N(5), func(c *Chance) string {
		w := Pick(c, words) + Pick(c, marks)
		return strings.Map(func(r rune) rune {
			if r == unicode.ReplacementChar {
				return -1
			}
			return r
		}, w)
	})
}
