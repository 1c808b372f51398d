package mutate

import (
	"strings"
	"unicode"
)

// lookalikes are letters that look the same in Latin and in Cyrillic or Greek.
var lookalikes = swaps("a=а,α c=с,ϲ e=е i=і,ι j=ј o=о,ο p=р,ρ s=ѕ x=х,χ y=у,γ b=Ь h=һ k=к,κ m=м t=т,τ n=п,η v=ν w=ԝ d=ԁ q=ԛ l=ӏ u=υ")

// lookalikesBack are the same, from Cyrillic and Greek to Latin.
var lookalikesBack = swaps("а=a с=c е=e і=i ј=j о=o р=p ѕ=s х=x у=y к=k м=m т=t ο=o α=a ρ=p ι=i ν=v κ=k τ=t")

// unseen are characters that take no room and change no meaning.
var unseen = []string{"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f", "\u202e", "\u2066", "\u180e"}

func scriptMutations() []Mutation {
	return []Mutation{
		{ID: "script.homoglyph", Band: Strong, apply: homoglyph(false)},
		{ID: "script.homoglyphs", Band: Strong, apply: homoglyph(true)},
		{ID: "script.invisible", Band: Strong, apply: invisible},
		{ID: "script.fullwidth", Band: Strong, apply: fullwidth},
		{ID: "script.cyrillic-romanised", Band: Strong, apply: romanisedBySomeScheme},
		{ID: "script.cyrillic-swap", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return swapAll(c, s, Pick(c, latinOfCyrillic)) }},
		{ID: "script.cyrillic-original", Band: Possible, apply: toCyrillic},
		{ID: "script.arabic-original", Band: Possible, apply: toArabic},
		{ID: "script.chain", Band: Possible, apply: throughRussian},
		{ID: "script.arabic-vowel", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return swapOne(c, s, arabicVowels) }},
		{ID: "script.arabic-vowels", Band: Possible, apply: func(c *Chance, s string) (string, bool) { return swapAll(c, s, arabicVowels) }},
		{ID: "script.arabic-article", Band: Strong, apply: arabicArticle},
		{ID: "script.arabic-hamza", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return swapAll(c, s, arabicHamza) }},
		{ID: "script.arabic-ayn", Band: Strong, apply: arabicAyn},
		{ID: "script.arabic-persian", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return swapAll(c, s, arabicPersian) }},
		{ID: "script.wade-giles", Band: Strong, apply: wadeGiles},
		{ID: "script.korean", Band: Strong, apply: korean},
	}
}

// homoglyph puts letters of another alphabet in place of letters that look the
// same: one, or about half of those that can be.
func homoglyph(many bool) func(*Chance, string) (string, bool) {
	return func(c *Chance, s string) (string, bool) {
		list := lookalikes
		if !in(s, unicode.Latin) {
			list = lookalikesBack
		}
		if !many {
			return swapOne(c, s, list)
		}
		var b strings.Builder
		for _, r := range s {
			w, ok := firstAt(string(r), 0, list)
			if ok && c.N(2) == 0 {
				b.WriteString(likeCase(string(r), Pick(c, w.to)))
			} else {
				b.WriteRune(r)
			}
		}
		return b.String(), true
	}
}

func invisible(c *Chance, s string) (string, bool) {
	r := []rune(s)
	if len(r) == 0 {
		return "", false
	}
	for range 1 + c.N(3) {
		at := c.N(len(r) + 1)
		r = append(r[:at:at], append([]rune(Pick(c, unseen)), r[at:]...)...)
	}
	return string(r), true
}

// fullwidth writes ASCII as the wide forms of East Asian character sets.
func fullwidth(_ *Chance, s string) (string, bool) {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '\u3000'
		case r > ' ' && r < 0x7f:
			return r - 0x20 + 0xff00
		}
		return r
	}, s), true
}
