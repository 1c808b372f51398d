package name

import "strings"

// townEndings are those of Slavic adjectives that are made of places.
var townEndings = []string{"skiy", "skij", "skii", "sky", "ski", "skaya", "skaia", "skaja", "skoye", "skoe", "skoje", "skogo", "skoy", "skoi", "skom"}

// towns are the places that a Slavic adjective of an organisation's name may be
// made of: Kazansky of Kazan, Novosibirsky of Novosibirsk. Four letters must
// stay.
func towns(s string) []string {
	for _, end := range townEndings {
		stem, ok := strings.CutSuffix(s, end)
		if ok && len(stem) >= 4 && stem[len(stem)-1] != 'e' {
			return []string{stem, stem + "sk"}
		}
	}
	return nil
}
