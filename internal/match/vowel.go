package match

import "interdict/internal/name"

// A consonant that has no partner costs more than all vowels together: the
// skeletons have been priced already, and only the vowels count here.
const consonantCost = 100

// unsaid counts the vowels that the first fold writes and the second has not
// in that place. Scripts without short vowels do write the long ones: Husayn
// has an i, Hasan has none. Vowels that only the second has are not counted,
// nor is which vowel a name begins with, for alif and ayn carry any.
func unsaid(abjad, other string) int {
	var rows [2][name.LongWord + 1]int
	prev, cur := &rows[0], &rows[1]
	for j := range len(other) {
		prev[j+1] = prev[j] + addCost(other[j])
	}
	for i := range len(abjad) {
		cur[0] = prev[0] + dropCost(abjad[i])
		for j := range len(other) {
			d := prev[j] + saidCost(abjad[i], other[j], i == 0 && j == 0)
			cur[j+1] = min(d, prev[j+1]+dropCost(abjad[i]), cur[j]+addCost(other[j]))
		}
		prev, cur = cur, prev
	}
	return prev[len(other)] % consonantCost
}

func addCost(c byte) int {
	if soft(c) {
		return 0
	}
	return consonantCost
}

func dropCost(c byte) int {
	if soft(c) {
		return 1
	}
	return consonantCost
}

func saidCost(a, b byte, first bool) int {
	switch {
	case a == b, soft(a) && soft(b) && (first || near(a, b)):
		return 0
	case soft(a) && soft(b):
		return 1
	}
	return consonantCost
}

// near reports that a written vowel can be another letter in romanisations:
// alif and ya are both spelt e.
func near(written, other byte) bool {
	return other == 'e' && written != 'u' || written == 'e' && other == 'i'
}
