package script

import (
	"strings"
	"sync"
)

// The vowels of the seven orders; the sixth is often silent, an eighth is wa.
var ethiopicOrders = [8][]alt{
	{{"e", 0}, {"a", 5}},
	{{"u", 0}},
	{{"i", 0}},
	{{"a", 0}},
	{{"e", 0}},
	{{"", 0}, {"i", 5}, {"e", 5}},
	{{"o", 0}},
	{{"wa", 0}},
}

// ethiopicRow is eight code points long in the Unicode block.
const ethiopicRow = 8

var ethiopic = sync.OnceValue(func() map[rune][]alt {
	out := map[rune][]alt{}
	for row := range rows(tableText("ethiopic")) {
		out[firstRune(row[0])] = parseAlts(row[1])
	}
	return out
})

// readEthiopic computes consonant and vowel from the place in the syllabary.
func readEthiopic(text string, max int) []Romanised {
	var parts [][]alt
	for i, r := range text {
		row := r - r%ethiopicRow
		consonant, ok := ethiopic()[row]
		if !ok {
			parts = append(parts, []alt{{unknown(r), 0}})
			continue
		}
		vowel := ethiopicOrders[r%ethiopicRow]
		if strings.ContainsRune("ሀሐኀአዐ", row) { // the gutturals' first order is a
			if r%ethiopicRow == 0 {
				vowel = ethiopicOrders[3]
			}
		}
		if i == 0 && r%ethiopicRow == 5 {
			vowel = []alt{{"e", 0}, {"i", 2}, {"", 4}}
		}
		parts = append(parts, consonant, vowel)
	}
	return named(best(parts, max), "ethiopic", 0)
}
