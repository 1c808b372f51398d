package mutate

import (
	"slices"
	"strings"
	"unicode"
)

var (
	patronymicEnds = strings.Fields("ovich evich yevich ovna evna yevna ич вна оглы кызы ogly oglu kyzy")
	patronymics    = strings.Fields("Ivanovich Petrovich Alekseevich Nikolaevich Borisovich Olegovich")
	patronymicsCyr = strings.Fields("Иванович Петрович Алексеевич Николаевич Борисович Олегович")
	nasabWords     = []string{"bin", "ibn", "ben", "bint", "b.", "بن", "ابن", "بنت", "ибн", "бин"}
	kunyaWords     = []string{"abu", "abou", "umm", "om", "أبو", "ابو", "أم", "абу", "умм"}
	hispanic       = strings.Fields("garcía garcia lópez lopez martínez martinez rodríguez rodriguez gonzález gonzalez hernández hernandez pérez perez sánchez sanchez ramírez ramirez torres flores rivera vargas castillo")
)

// genders are endings of family names for men and for women.
var genders = [][2]string{
	{"skiy", "skaya"},
	{"sky", "skaya"},
	{"ski", "ska"},
	{"ov", "ova"},
	{"ev", "eva"},
	{"in", "ina"},
	{"ский", "ская"},
	{"ов", "ова"},
	{"ев", "ева"},
	{"ин", "ина"},
	{"ienė", "as"},
}

func structureMutations() []Mutation {
	return []Mutation{
		{ID: "structure.patronymic-dropped", Band: Strong, apply: dropPatronymic},
		{ID: "structure.kunya-only", Band: Weak, apply: kunyaOnly},
		{ID: "structure.nasab-shortened", Band: Possible, apply: shortenNasab},
		{ID: "structure.second-surname-dropped", Band: Strong, apply: dropSecondSurname},
		{ID: "structure.gender-ending", Band: Strong, apply: genderEnding},
		{ID: "structure.married-name", Band: Possible, apply: marriedName},
	}
}

func isPatronymic(word string) bool {
	w := bare(word)
	return letters(w) > 5 && slices.ContainsFunc(patronymicEnds, func(e string) bool { return strings.HasSuffix(w, e) })
}

func dropPatronymic(_ *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	i := slices.IndexFunc(words, isPatronymic)
	if i < 0 || len(words) < 3 {
		return "", false
	}
	return strings.Join(without(words, i, 1), " "), true
}

// kunyaOnly keeps "Abu X" and a following nisba.
func kunyaOnly(_ *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	i := slices.IndexFunc(words, func(w string) bool { return isOneOf(w, kunyaWords) })
	if i < 0 || i+1 >= len(words) {
		return "", false
	}
	end := i + 2
	if end < len(words) && strings.HasPrefix(strings.ToLower(words[end]), "al-") {
		end++
	}
	return strings.Join(words[i:end], " "), true
}

// shortenNasab drops one "bin X".
func shortenNasab(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	var at []int
	for i := 1; i+1 < len(words); i++ {
		if isOneOf(words[i], nasabWords) || words[i] == "b." {
			at = append(at, i)
		}
	}
	if len(at) == 0 || len(words) < 4 {
		return "", false
	}
	return strings.Join(without(words, Pick(c, at), 2), " "), true
}

// dropSecondSurname drops the mother's family name of a Spanish name.
func dropSecondSurname(_ *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	last := len(words) - 1
	if last < 2 || !isOneOf(words[last], hispanic) || !isOneOf(words[last-1], hispanic) {
		return "", false
	}
	return strings.Join(words[:last], " "), true
}

func genderEnding(c *Chance, s string) (string, bool) {
	other := func(w string) (string, bool) {
		small := strings.ToLower(w)
		for _, g := range genders {
			for k := range g {
				if stem, ok := strings.CutSuffix(small, g[k]); ok && letters(stem) > 2 {
					ending := g[1-k]
					if w == strings.ToUpper(w) {
						ending = strings.ToUpper(ending)
					}
					return w[:len(stem)] + ending, true
				}
			}
		}
		return "", false
	}
	return onWord(c, s, func(w string) bool {
		_, ok := other(w)
		return ok && len(strings.ToLower(w)) == len(w) && !isPatronymic(w)
	},
		func(w string) string { n, _ := other(w); return n })
}

// marriedName adds another family name to the last word.
func marriedName(c *Chance, s string) (string, bool) {
	if !in(s, unicode.Latin) || len(strings.Fields(s)) < 2 {
		return "", false
	}
	return s + Pick(c, []string{"-", " ", " née "}) + Pick(c, []string{"Novak", "Silva", "Haddad", "Becker", "Ferrari", "Petrova"}), true
}
