package name

// Turned are the ways to read a text that is "Family, Given" turned round, of
// those that Asides gives of it.
func Turned(text string) [][]Position {
	var r *Reader
	words := r.wordsOf(text)
	var out [][]Position
	for _, a := range r.turns(nil, words) {
		if a.Start == words[0].start && a.End == words[len(words)-1].end {
			out = append(out, a.Positions)
		}
	}
	return out
}

// SpeltFiles are the tables that are made of others, as the program holds them.
func SpeltFiles() (lexicon, organisations string) { return lexiconSpelt, organisationSpelt }
