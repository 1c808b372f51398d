// Package people invents clean customers of many cultures and scripts, as they
// stand in the book of a bank: a whole name, a nationality, a day of birth.
//
// It promises that a culture's customers follow from the seed, the culture and
// their number alone; that their words are common names of that culture, the
// commonest oftener than the rare ones; and that a country is one in which such
// names are usual. The words are data of this package (names.txt).
//
// It never looks at a list: that a customer bears the name of somebody listed
// is possible, and whoever needs clean ones leaves such customers out. It does
// not know how often a name really is, but for the few whose bearers somebody
// counted.
package people

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"interdict/internal/mutate"
)

//go:embed names.txt
var namesText string

// Customer is an invented person.
type Customer struct {
	Name    string
	Country string // ISO 3166
	Born    string // ISO 8601
}

// Culture is a way of naming people in one script.
type Culture struct {
	Name      string // "korean-original"
	Script    string // ISO 15924
	countries []string
	patterns  [][]string
	words     map[string][]string
	bearers   map[string]int
}

// Cultures are all cultures, in the order of their table.
var Cultures = sync.OnceValue(func() []Culture {
	all, err := read(namesText)
	if err != nil {
		panic(err) // the table is part of the program
	}
	return all
})

// Bearers returns how many people bear a word as a name, in any case of its
// letters, 0 where nobody counted them.
func (k Culture) Bearers(word string) int { return k.bearers[strings.ToLower(word)] }

// Draw invents the next customer.
func (k Culture) Draw(c *mutate.Chance) Customer {
	name := mutate.Compose(mutate.Pick(c, k.patterns), func(list string) string { return early(c, k.words[list]) })
	born := fmt.Sprintf("%d-%02d-%02d", 1940+c.N(66), 1+c.N(12), 1+c.N(28))
	return Customer{Name: name, Country: mutate.Pick(c, k.countries), Born: born}
}

// early draws a word; the chance falls evenly from the first to the last.
func early(c *mutate.Chance, words []string) string {
	return words[min(c.N(len(words)), c.N(len(words)))]
}

func read(text string) ([]Culture, error) {
	var all []Culture
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || words[0][0] == '#' {
			continue
		}
		if words[0] == "culture" && len(words) > 3 {
			all = append(all, Culture{words[1], words[2], words[3:], nil, map[string][]string{}, map[string]int{}})
			continue
		}
		if len(all) == 0 || len(words) < 2 {
			return nil, fmt.Errorf("names.txt:%d: not understood: %q", i+1, line)
		}
		if err := all[len(all)-1].take(words[0], words[1:]); err != nil {
			return nil, fmt.Errorf("names.txt:%d: %w", i+1, err)
		}
	}
	for _, k := range all {
		if err := k.check(); err != nil {
			return nil, fmt.Errorf("names.txt: culture %s: %w", k.Name, err)
		}
	}
	return all, nil
}

// take reads one line of a culture.
func (k *Culture) take(what string, words []string) error {
	switch what {
	case "pattern":
		k.patterns = append(k.patterns, words)
	case "bearers":
		n, err := strconv.Atoi(words[len(words)-1])
		if err != nil || len(words) != 2 || n < 1 {
			return fmt.Errorf("bearers has no word and number: %q", words)
		}
		k.bearers[strings.ToLower(words[0])] = n
	default:
		for _, w := range words {
			k.words[what] = append(k.words[what], strings.ReplaceAll(w, `\_`, " "))
		}
	}
	return nil
}

func (k *Culture) check() error {
	if len(k.patterns) == 0 {
		return fmt.Errorf("no pattern")
	}
	for _, part := range slices.Concat(k.patterns...) {
		if part != "+" && part[0] != '"' && len(k.words[part]) == 0 {
			return fmt.Errorf("no list %q", part)
		}
	}
	for w := range k.bearers {
		if !slices.ContainsFunc(slices.Concat(k.words["given"], k.words["family"]), func(o string) bool { return strings.ToLower(o) == w }) {
			return fmt.Errorf("bearers of %q, a word which no list has", w)
		}
	}
	return nil
}
