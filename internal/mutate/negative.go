package mutate

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

var (
	commonGivens = strings.Fields("mohammed muhammad mohamed ahmed ali hassan hussein abdul maria john ivan li wang kim josé juan")
	commonPairs  = []string{"Mohammed Ali", "Ahmed Hassan", "Ali Hussein", "John Smith", "Ivan Ivanov", "Li Wei", "Kim Min-jun", "José García", "Maria Silva", "Juan Pérez"}
	otherGivens  = []string{"Benedikt", "Oluwaseun", "Matthias", "Ingrid", "Takeshi", "Priyanka", "Gaspard", "Wolfgang"}
	numberWords  = strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth")
)

// negativeMutations make the name of somebody else out of a name. A screening
// that calls one of them strong wrongs somebody.
func negativeMutations() []Mutation {
	return []Mutation{
		{ID: "negative.patronymic-contradicted", Band: None, apply: otherPatronymic},
		{ID: "negative.nasab-swapped", Band: None, apply: swapNasab},
		{ID: "negative.family-only", Band: None, apply: familyOnly},
		{ID: "negative.kunya-only", Band: None, apply: sameKunya},
		{ID: "negative.number", Band: None, apply: otherNumber},
		{ID: "negative.place", Band: None, apply: place},
		{ID: "negative.common-pair", Band: None, apply: commonPair},
	}
}

func otherPatronymic(c *Chance, s string) (string, bool) {
	return onWord(c, s, isPatronymic, func(w string) string {
		list := patronymics
		if in(w, unicode.Cyrillic) {
			list = patronymicsCyr
		}
		return Pick(c, slices.DeleteFunc(slices.Clone(list), func(o string) bool { return o == w }))
	})
}

// swapNasab makes the father the son: "A bin B" becomes "B bin A".
func swapNasab(_ *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	for i := 1; i+1 < len(words); i++ {
		if isOneOf(words[i], nasabWords) {
			words[i-1], words[i+1] = words[i+1], words[i-1]
			return strings.Join(words, " "), true
		}
	}
	return "", false
}

func familyOnly(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	if len(words) < 2 || !in(s, unicode.Latin) {
		return "", false
	}
	return Pick(c, otherGivens) + " " + words[len(words)-1], true
}

func sameKunya(c *Chance, s string) (string, bool) {
	kunya, ok := kunyaOnly(c, s)
	words := strings.Fields(kunya)
	if !ok || !in(s, unicode.Latin) {
		return "", false
	}
	return strings.Join(words[:2], " ") + " " + Pick(c, otherGivens), true
}

// otherNumber changes a number, in digits or in words: another brigade.
func otherNumber(c *Chance, s string) (string, bool) {
	digits := func(w string) bool { return strings.IndexFunc(w, unicode.IsDigit) >= 0 }
	return onWord(c, s, func(w string) bool { return digits(w) || isOneOf(w, numberWords) }, func(w string) string {
		if !digits(w) {
			i := slices.Index(numberWords, bare(w))
			return likeCase(w, numberWords[(i+1+c.N(len(numberWords)-1))%len(numberWords)])
		}
		start := strings.IndexFunc(w, unicode.IsDigit)
		end := start + strings.IndexFunc(w[start:]+" ", func(r rune) bool { return !unicode.IsDigit(r) })
		n, err := strconv.Atoi(w[start:end])
		if err != nil {
			return w
		}
		return w[:start] + strconv.Itoa(n+1+c.N(40)) + w[end:]
	})
}

// place makes an address of a family name.
func place(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	if len(words) < 2 || !in(s, unicode.Latin) {
		return "", false
	}
	return words[len(words)-1] + " " + Pick(c, []string{"Street 12", "City Hall", "Province", "Airport", "District Court"}), true
}

// commonPair gives a name that thousands bear to whoever shares one word of it.
func commonPair(c *Chance, s string) (string, bool) {
	fits := func(w string) bool { return isOneOf(w, commonGivens) }
	if !slices.ContainsFunc(strings.Fields(s), fits) {
		return "", false
	}
	var pairs []string
	for _, p := range commonPairs {
		for _, w := range strings.Fields(s) {
			if fits(w) && slices.ContainsFunc(strings.Fields(p), func(o string) bool { return bare(o) == bare(w) }) {
				pairs = append(pairs, p)
			}
		}
	}
	if len(pairs) == 0 {
		return "", false
	}
	return Pick(c, pairs), true
}
