// Package mutate changes names as people, machines and evaders change them, and
// invents names and queries to try a search with.
//
// It promises that everything follows from a seed: the same seed, mutation and
// name give the same text on every machine. A mutation returns valid text that
// differs from the name, or says that it does not fit the name. Each carries
// the answer that a good screening should give.
//
// It never uses chance from outside, and its word lists are made up or taken
// from common knowledge; no list's data are in it.
package mutate

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Band is the answer that a good screening gives for a mutated name.
type Band string

// Bands, from surest to none. None is for negatives: another subject is meant.
const (
	Strong   Band = "strong"
	Possible Band = "possible"
	Weak     Band = "weak"
	None     Band = "none"
)

// Mutation is one way in which a name changes.
type Mutation struct {
	ID    string // "typing.swap"; stays for ever, figures are reported under it
	Group string // form, typing, sound, script, structure, carrier, negative
	Band  Band   // expected of a full name of three words or so
	apply func(c *Chance, name string) (string, bool)
}

// Apply changes name. ok is false where the mutation does not fit the name:
// the text would be empty, invalid or the same.
func (m Mutation) Apply(seed uint64, name string) (changed string, ok bool) {
	if !utf8.ValidString(name) {
		return "", false
	}
	changed, ok = m.apply(ChanceOf(seed, m.ID, name), name)
	if !ok || changed == name || strings.TrimSpace(changed) == "" || !utf8.ValidString(changed) {
		return "", false
	}
	return changed, true
}

// All returns every mutation (reference: the mutation set of names.md 7), in
// the order of its groups.
func All() []Mutation {
	all := slices.Concat(
		formMutations(), typingMutations(), soundMutations(), scriptMutations(),
		structureMutations(), carrierMutations(), negativeMutations(),
	)
	for i := range all {
		all[i].Group, _, _ = strings.Cut(all[i].ID, ".")
	}
	return all
}
