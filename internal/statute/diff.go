package statute

import "strings"

// Change is a rule that differs between two statutes. Before or After is empty
// where the rule stands in one of them only.
type Change struct {
	Section string `json:"section"`
	Name    string `json:"name"`
	Before  string `json:"before,omitempty"`
	After   string `json:"after,omitempty"`
}

// String says the change in a sentence.
func (c Change) String() string {
	switch where := c.Section + ", " + c.Name + ": "; {
	case c.Before == "":
		return where + "new: " + c.After
	case c.After == "":
		return where + "gone: " + c.Before
	default:
		return where + "was: " + c.Before + "; is: " + c.After
	}
}

// reordered is the name of a change that no rule shows by itself.
const reordered = "order"

// Diff returns what differs from a to b, rule by rule in the order of b; what is
// gone stands at the end. There is a change if and only if the digests differ: a
// mere change of order is one, for the first track that decides a measure is
// taken where none is named.
func Diff(a, b Statute) []Change {
	before := map[[2]string]string{}
	for _, l := range a.Lines() {
		before[[2]string{l.Section, l.Name}] = l.words()
	}
	var changes []Change
	in := map[[2]string]bool{}
	for _, l := range b.Lines() {
		key := [2]string{l.Section, l.Name}
		in[key] = true
		if was := before[key]; was != l.words() {
			changes = append(changes, Change{l.Section, l.Name, was, l.words()})
		}
	}
	for _, l := range a.Lines() {
		if !in[[2]string{l.Section, l.Name}] {
			changes = append(changes, Change{l.Section, l.Name, l.words(), ""})
		}
	}
	if len(changes) == 0 && a.Digest() != b.Digest() {
		changes = append(changes, Change{"statute", reordered, "", "the same words in another order or under other ids"})
	}
	return changes
}

// words returns what the line says with its basis.
func (l Line) words() string {
	if l.Verified == "" {
		return l.Text
	}
	return l.Text + " [" + strings.Join(kept(l.Verified.Words(), l.Basis), ": ") + "]"
}
