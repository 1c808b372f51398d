package mutate

import (
	"strings"
	"unicode"
)

// Confusions of machines that read print.
var (
	ocrDigits = bothWays(swaps("o=0 l=1 i=1 s=5 b=6 g=9 q=9 z=2"))
	ocrShapes = bothWays(swaps("m=rn d=cl w=vv h=li k=lc n=ri"))
)

func typingMutations() []Mutation {
	each := func(n int) func(*Chance, string) (string, bool) {
		return func(c *Chance, s string) (string, bool) {
			words := strings.Fields(s)
			for i := range words {
				for range n {
					if w, ok := edit(c, words[i], anyEdit(c)); ok {
						words[i] = w
					}
				}
			}
			return strings.Join(words, " "), true
		}
	}
	once := func(e edition) func(*Chance, string) (string, bool) {
		return func(c *Chance, s string) (string, bool) { return edit(c, s, e) }
	}
	return []Mutation{
		{ID: "typing.insert", Band: Strong, apply: once(insertLetter)},
		{ID: "typing.delete", Band: Strong, apply: once(deleteLetter)},
		{ID: "typing.replace", Band: Strong, apply: once(replaceLetter)},
		{ID: "typing.swap", Band: Strong, apply: once(swapLetters)},
		{ID: "typing.two", Band: Possible, apply: func(c *Chance, s string) (string, bool) {
			one, ok := edit(c, s, anyEdit(c))
			if !ok {
				return "", false
			}
			return edit(c, one, anyEdit(c))
		}},
		{ID: "typing.each-one", Band: Possible, apply: each(1)},
		{ID: "typing.each-two", Band: Weak, apply: each(2)},
		{ID: "typing.doubled", Band: Strong, apply: doubleLetter},
		{ID: "typing.undoubled", Band: Strong, apply: undoubleLetter},
		{ID: "typing.neighbour-qwerty", Band: Strong, apply: neighbour(qwerty)},
		{ID: "typing.neighbour-jcuken", Band: Strong, apply: neighbour(jcuken)},
		{ID: "typing.neighbour-arabic", Band: Strong, apply: neighbour(arabic101)},
		{ID: "typing.layout-jcuken", Band: Possible, apply: wrongLayout(jcuken)},
		{ID: "typing.layout-arabic", Band: Possible, apply: wrongLayout(arabic101)},
		{ID: "typing.ocr-digit", Band: Possible, apply: func(c *Chance, s string) (string, bool) { return swapOne(c, s, ocrDigits) }},
		{ID: "typing.ocr-digits", Band: Weak, apply: func(c *Chance, s string) (string, bool) { return swapAll(c, s, swaps("o=0 l=1 s=5 b=6 g=9")) }},
		{ID: "typing.ocr-shape", Band: Possible, apply: func(c *Chance, s string) (string, bool) { return swapOne(c, s, ocrShapes) }},
	}
}

// edition changes runes at a place that is a letter.
type edition func(c *Chance, r []rune, at int) []rune

func anyEdit(c *Chance) edition {
	return Pick(c, []edition{insertLetter, deleteLetter, replaceLetter, swapLetters})
}

// edit applies e at a letter of s.
func edit(c *Chance, s string, e edition) (string, bool) {
	r := []rune(s)
	var at []int
	for i := range r {
		if unicode.IsLetter(r[i]) {
			at = append(at, i)
		}
	}
	if len(at) < 2 {
		return "", false
	}
	return string(e(c, r, Pick(c, at))), true
}

// letterLike draws a letter of the same script and case as r.
func letterLike(c *Chance, r rune) rune {
	alphabet := "abcdefghijklmnopqrstuvwxyz"
	switch {
	case unicode.Is(unicode.Cyrillic, r):
		alphabet = "абвгдежзийклмнопрстуфхцчшщыьэюя"
	case unicode.Is(unicode.Arabic, r):
		alphabet = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
	case unicode.Is(unicode.Greek, r):
		alphabet = "αβγδεζηθικλμνξοπρστυφχψω"
	case unicode.Is(unicode.Hebrew, r):
		alphabet = "אבגדהוזחטיכלמנסעפצקרשת"
	}
	l := Pick(c, []rune(alphabet))
	if unicode.IsUpper(r) {
		return unicode.ToUpper(l)
	}
	return l
}

func insertLetter(c *Chance, r []rune, at int) []rune {
	l := letterLike(c, unicode.ToLower(r[at]))
	return append(append(append([]rune{}, r[:at+1]...), l), r[at+1:]...)
}

func deleteLetter(_ *Chance, r []rune, at int) []rune {
	return append(append([]rune{}, r[:at]...), r[at+1:]...)
}

func replaceLetter(c *Chance, r []rune, at int) []rune {
	was := r[at]
	for r[at] == was {
		r[at] = letterLike(c, was)
	}
	return r
}

// swapLetters swaps the letter with the next one that stands beside it, looking
// back at the end of a word.
func swapLetters(_ *Chance, r []rune, at int) []rune {
	other := at + 1
	if other == len(r) || !unicode.IsLetter(r[other]) {
		other = at - 1
	}
	if other >= 0 && unicode.IsLetter(r[other]) {
		r[at], r[other] = r[other], r[at]
	}
	return r
}

func doubleLetter(c *Chance, s string) (string, bool) {
	return edit(c, s, func(_ *Chance, r []rune, at int) []rune {
		return append(append(append([]rune{}, r[:at+1]...), unicode.ToLower(r[at])), r[at+1:]...)
	})
}

func undoubleLetter(c *Chance, s string) (string, bool) {
	r := []rune(s)
	var at []int
	for i := 1; i < len(r); i++ {
		if unicode.IsLetter(r[i]) && unicode.ToLower(r[i-1]) == r[i] {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return "", false
	}
	return string(deleteLetter(c, r, Pick(c, at))), true
}
