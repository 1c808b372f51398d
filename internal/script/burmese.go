package script

// Burmese signs that rule where a syllable begins.
const (
	burmeseDot    = 0x1037 // a tone; stands between a final and its killer
	burmeseStack  = 0x1039 // the next consonant stands below
	burmeseKiller = 0x103A // the consonant before it is a final
)

// BurmeseSyllables cuts a Burmese word, which is written without blanks, into its
// syllables: each begins with a consonant that is no final and stands below none,
// or with a vowel of its own. Names in Latin letters write each as a word.
func BurmeseSyllables(word string) []string {
	runes := []rune(word)
	at := func(i int) rune {
		if i < len(runes) {
			return runes[i]
		}
		return 0
	}
	var out []string
	start := 0
	for i := 1; i < len(runes); i++ {
		next := at(i + 1)
		if next == burmeseDot {
			next = at(i + 2)
		}
		if startsBurmese(runes[i]) && runes[i-1] != burmeseStack && next != burmeseKiller && next != burmeseStack {
			out = append(out, string(runes[start:i]))
			start = i
		}
	}
	return append(out, string(runes[start:]))
}

func startsBurmese(r rune) bool { return 0x1000 <= r && r <= 0x102A || r == 0x103F }
