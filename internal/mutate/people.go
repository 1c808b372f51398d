package mutate

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed people.txt
var peopleText string

// Invented is a name of nobody.
type Invented struct {
	Name         string
	Culture      string // "arabic", "russian-cyrillic", "organisation"
	Script       string // ISO 15924
	Organisation bool
}

// culture is one paragraph of people.txt.
type culture struct {
	name, script string
	organisation bool
	patterns     [][]string
	words        map[string][]string
}

var cultures = sync.OnceValue(func() []culture {
	all, err := readCultures(peopleText)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return all
})

// Cultures returns the names of the cultures, in a fixed order.
func Cultures() []string {
	var names []string
	for _, k := range cultures() {
		names = append(names, k.name)
	}
	return names
}

// Invent returns n names, culture by culture in turn. The first names of a
// longer answer are those of a shorter one.
func Invent(seed uint64, n int) []Invented {
	all := cultures()
	made := make([]Invented, n)
	for i := range made {
		k := all[i%len(all)]
		c := ChanceOf(seed, "invent", fmt.Sprint(i))
		made[i] = Invented{Name: k.invent(c), Culture: k.name, Script: k.script, Organisation: k.organisation}
	}
	return made
}

func (k culture) invent(c *Chance) string {
	return Compose(Pick(c, k.patterns), func(list string) string { return Pick(c, k.words[list]) })
}

// Compose makes a name of the parts of a pattern: words in quotes as they stand,
// and of any other part the word that is drawn from the list of that name. Blanks
// stand between them, but not at a plus sign.
func Compose(pattern []string, word func(list string) string) string {
	name, glue := "", ""
	for _, part := range pattern {
		if part == "+" {
			glue = ""
			continue
		}
		text, literal := strings.CutPrefix(part, `"`)
		if literal {
			text = strings.TrimSuffix(text, `"`)
		} else {
			text = word(part)
		}
		name += glue + text
		glue = " "
	}
	return name
}

func readCultures(text string) ([]culture, error) {
	var all []culture
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		if words[0] == "culture" && len(words) >= 3 {
			all = append(all, culture{
				name: words[1], script: words[2], organisation: slices.Contains(words[3:], "organisation"),
				words: map[string][]string{},
			})
			continue
		}
		if len(all) == 0 || len(words) < 2 {
			return nil, fmt.Errorf("people.txt:%d: not understood: %q", i+1, line)
		}
		k := &all[len(all)-1]
		if words[0] == "pattern" {
			k.patterns = append(k.patterns, words[1:])
			continue
		}
		for _, w := range words[1:] {
			k.words[words[0]] = append(k.words[words[0]], strings.ReplaceAll(w, `\_`, " "))
		}
	}
	for _, k := range all {
		for _, p := range k.patterns {
			for _, part := range p {
				if part != "+" && part[0] != '"' && len(k.words[part]) == 0 {
					return nil, fmt.Errorf("people.txt: %s has no list %q", k.name, part)
				}
			}
		}
	}
	return all, nil
}
