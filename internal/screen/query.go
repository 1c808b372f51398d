package screen

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"interdict/internal/date"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/recent"
	"interdict/internal/record"
)

// DefaultThreshold is the name score, in 1/1000, from which a name is a hit.
// It was chosen on the given half of the labelled pairs; docs/quality.md has
// its recall and its cost in alerts.
const DefaultThreshold = 700

// DefaultMention is the score, in 1/1000, from which a span of a text is a
// mention.
const DefaultMention = 850

// Query is a name with what else is known of its bearer.
type Query struct {
	ID          string
	Name        string
	Aliases     []string
	Kind        record.Kind
	Born        []date.Partial
	Countries   []string
	Gender      string
	Identifiers []string
}

// Options say how to search.
type Options struct {
	Threshold  int  // of names, 1/1000; 0 means DefaultThreshold
	Mention    int  // of mentions in texts, 1/1000; 0 means DefaultMention
	Exhaustive bool // score every listed name instead of using the index
	Brief      bool // leave the explanations out

	asked *recent.Shared[asked] // of this run of a book; nil remembers nothing
}

// NameThreshold is the threshold of names in force, 1/1000.
func (o Options) NameThreshold() int { return cmp.Or(o.Threshold, DefaultThreshold) }

func (o Options) mention() int { return cmp.Or(o.Mention, DefaultMention) }

// found is a listed name that matched, with what was asked.
type found struct {
	*index.Hit
	probe *index.Probe
}

// words are those of the query, as it was read.
func (f found) words() []name.Position { return f.probe.Readings[f.Probe].Positions }

// Name screens a name, its aliases and its identifiers. An error means that the
// register or the options are at fault; a name that cannot be screened is an
// answer. Where something could not be screened and nothing was found in the
// rest, the answer is "not screened"; where something was found, Reason still
// says what was not screened.
func (e *Engine) Name(q Query, o Options) (Answer, error) {
	a := Answer{Query: q.Name, ID: q.ID, Stamp: e.stamp(), Threshold: Ratio(10 * o.NameThreshold()), Hits: []Hit{}}
	byName, reason, err := e.byNames(q, o)
	if err != nil {
		return a, err
	}
	if a.Hits, err = e.hits(q, o, byName, e.byKeys(q)); err != nil {
		return a, err
	}
	a.Reason = reason
	switch {
	case len(a.Hits) > 0:
		a.Status = Hits
	case reason != "":
		a.Status = NotScreened
	case letters(q.Name) == 0: // a list may call somebody by a number, but none does
		a.Status, a.Reason = NotScreened, "the name has no letter"
	default:
		a.Status = None
	}
	return a, nil
}

// byNames searches every name of the query, and returns what was found in the
// order of the subjects; reason says of the first that cannot be screened why.
func (e *Engine) byNames(q Query, o Options) (all []found, reason string, err error) {
	texts := 0
	for i, text := range q.names() {
		a, err := e.ask(text, o)
		if err != nil {
			return nil, "", err
		}
		reason = cmp.Or(reason, q.reason(i, a.why))
		for k := range a.hits {
			all = append(all, found{&a.hits[k], &a.probe})
		}
		texts++
	}
	if texts > 1 {
		slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(a.Subject, b.Subject) })
	}
	return all, reason, nil
}

// asked is a text with what was found; why says what keeps it from being a name.
type asked struct {
	probe index.Probe
	why   string
	hits  []index.Hit
}

// mostAsked is how many texts and hits a run remembers.
const mostAsked = 1 << 17

// ask searches a name, each once where a run remembers what it asked: books
// repeat names.
func (e *Engine) ask(text string, o Options) (a asked, err error) {
	if o.asked != nil {
		if a, ok := o.asked.Find(text); ok {
			return a, nil
		}
	}
	if a.probe, a.why = probe(text); a.why == "" {
		search := e.ix.Search
		if o.Exhaustive {
			search = e.ix.Exhaustive
		}
		if a.hits, err = search(a.probe, o.NameThreshold(), match.NameCosts); err != nil {
			return a, err
		}
	}
	if o.asked != nil {
		o.asked.Keep(text, a, 1+len(a.hits), mostAsked)
	}
	return a, nil
}

// names yields the name and the aliases that are no blanks, without letter or
// digit, with their numbers.
func (q Query) names() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		if !yield(0, q.Name) {
			return
		}
		for i, text := range q.Aliases {
			if (signs(text) > 0 || !utf8.ValidString(text)) && !yield(i+1, text) {
				return
			}
		}
	}
}

// reason says of which name of the query it is true; 0 is the name itself.
func (q Query) reason(name int, why string) string {
	if why == "" || name == 0 {
		return why
	}
	return fmt.Sprintf("alias %q: %s", q.Aliases[name-1], why)
}

// Probes are the names of the query in comparable form; reason says of the first
// that cannot be screened why. Aliases without letter or digit are blanks.
func (q Query) Probes() (all []index.Probe, reason string) {
	for i, text := range q.names() {
		p, why := probe(text)
		if why == "" {
			all = append(all, p)
		}
		reason = cmp.Or(reason, q.reason(i, why))
	}
	return all, reason
}

// probe prepares a text for the search. why says what keeps it from being a
// name.
func probe(text string) (p index.Probe, why string) {
	switch n := signs(text); {
	case !utf8.ValidString(text):
		return p, "the name is not valid UTF-8"
	case strings.TrimSpace(text) == "":
		return p, "the name is empty"
	case n == 0:
		return p, "the name has no letter"
	case n == 1:
		return p, "the name is too short: one letter"
	}
	p, err := index.NewProbe(text)
	if err != nil {
		return p, because(err)
	}
	return p, ""
}

// signs counts letters and digits.
func signs(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// Numbers are the identifiers of the query, and its names, which may be numbers.
func (q Query) Numbers() []string { return slices.Concat(q.Identifiers, []string{q.Name}, q.Aliases) }
