package script

import "strings"

// leastLetters is the number of letters that a word needs beside its digits, so
// that types and codes, A10 and B1B, stay what they are.
const leastLetters = 3

// Lettered returns the readings of a cleaned Latin word in which digits stand
// where letters belong, as a scan or an evasion leaves them: 0 for o, 1 for l or
// i. Nothing for any other word: with another digit, with two side by side or
// one at the end, which count something.
func Lettered(word string) []string {
	if !strings.ContainsAny(word, "01") {
		return nil
	}
	letters := 0
	for i := range len(word) {
		switch c := word[i]; {
		case 'a' <= c && c <= 'z':
			letters++
		case c != '0' && c != '1', i+1 == len(word), word[i+1] < 'a':
			return nil
		}
	}
	if letters < leastLetters || word[0] < 'a' && letters == leastLetters {
		return nil // 1st, and 1eme
	}
	word = strings.ReplaceAll(word, "0", "o")
	if !strings.Contains(word, "1") {
		return []string{word}
	}
	return []string{strings.ReplaceAll(word, "1", "l"), strings.ReplaceAll(word, "1", "i")}
}
