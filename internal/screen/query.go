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
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/record"
	"interdict/internal/script"
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

	asked *lately[asked] // of this run of a book; nil remembers nothing
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
		if a, ok := o.asked.find(text); ok {
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
		o.asked.keep(text, a, 1+len(a.hits), mostAsked)
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

// hits makes one hit of each subject, the most serious and likely first. What was
// found by names is in the order of the subjects.
func (e *Engine) hits(q Query, o Options, byName []found, byKey map[string]found) ([]Hit, error) {
	out := []Hit{}
	for n := 0; len(byName) > 0; byName = byName[n:] {
		subject := byName[0].Subject
		for n = 1; n < len(byName) && byName[n].Subject == subject; {
			n++
		}
		c, err := e.card(byName[0].Hit)
		if err != nil {
			return nil, err
		}
		names := c.whole(byName[:n])
		if len(names) == 0 {
			continue
		}
		key, keyed := byKey[subject]
		delete(byKey, subject)
		h, err := c.hit(q, o, names, key, keyed)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	for _, key := range byKey {
		c, err := e.card(key.Hit)
		if err != nil {
			return nil, err
		}
		h, err := c.hit(q, o, nil, key, true)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	slices.SortFunc(out, bySeriousness)
	return out, nil
}

// bySeriousness orders the hits of an answer: band, confidence, score; then
// subject id, so that the order is always the same.
func bySeriousness(a, b Hit) int {
	return cmp.Or(cmp.Compare(rank(a.Band), rank(b.Band)), cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Subject, b.Subject))
}

func rank(b Band) int { return slices.Index([]Band{Strong, Possible, Weak}, b) }

// hit puts what was found of the subject together.
func (c *Card) hit(q Query, o Options, names []found, key found, keyed bool) (Hit, error) {
	h := Hit{Subject: c.Subject, Caption: c.Caption, Schema: c.Schema, Listings: c.Listings}
	x := &Explanation{Qualifiers: q.qualify(*c)}
	if keyed {
		k, same, ok := c.numbered(key.probe.Text)
		if !ok {
			return Hit{}, fault.New(fault.Corrupt, "the index has an identifier of subject %s that its card has not", c.Subject)
		}
		h.Identifier, h.Resembling = &k, !same
		x.Qualifiers = append(x.Qualifiers, identity(key.probe.Text, k, same))
	}
	best, weakOnly := c.best(names)
	distinctive := 0
	if best != nil {
		distinctive = c.named(&h, x, *best, o)
		h.Names = distinctNames(names)
	} else {
		x.Logit = along(calibration, 0)
	}
	sum := x.Logit
	for _, b := range x.Qualifiers {
		sum += b.Logit
	}
	h.Confidence = Ratio(along(sigmoid, sum))
	h.Band, x.Band = band(h, keyed, best != nil, weakOnly, distinctive, c.Ended)
	if !o.Brief {
		h.Explanation = x
	}
	return h, nil
}

// named fills in the part of a hit that comes from its best name and returns
// the weight of its telling words.
func (c *Card) named(h *Hit, x *Explanation, best found, o Options) int {
	listed := c.Names[best.Name].Text
	h.Name, h.Score = listed, Ratio(best.Result.Points())
	told := telling(best.Result, best.words())
	x.Query, x.Listed = best.probe.Text, listed
	x.Flags = flags(best.probe.Flags)
	x.Logit = along(calibration, int(h.Score))
	x.Qualifiers = append(x.Qualifiers, told.qualify(best.probe.Text, listed)...)
	if !o.Brief {
		x.Explanation = paired(best, name.Readings(listed, best.Kind)).explain(best.Result, listed)
	}
	return told.weight
}

// best is the name with the highest score; of equals one that the list does
// not call weak, then the first. weakOnly says that only weak names matched.
func (c *Card) best(names []found) (best *found, weakOnly bool) {
	weakOnly = len(names) > 0
	for i := range names {
		n := &names[i]
		weak := c.Names[n.Name].Weak
		weakOnly = weakOnly && weak
		if best == nil {
			best = n
			continue
		}
		switch a, b := n.Result.Points(), best.Result.Points(); {
		case a > b, a == b && !weak && c.Names[best.Name].Weak:
			best = n
		}
	}
	return best, weakOnly
}

func distinctNames(names []found) int {
	seen := make([]int, len(names))
	for i, n := range names {
		seen[i] = n.Name
	}
	slices.Sort(seen)
	return len(slices.Compact(seen))
}

// Confidence from which a hit is strong, and below which it is weak, 1/10000.
const (
	strongFrom = 8000
	weakBelow  = 2000
)

// fullWord is the weight of one rare word: names that match with less are
// everybody's.
const fullWord = 90

// band sorts a hit for triage and says why.
func band(h Hit, keyed, named, weakOnly bool, telling int, ended bool) (Band, string) {
	switch {
	case ended:
		return Weak, "every listing of the subject has ended"
	case keyed && h.Resembling && !named:
		return Possible, "an identifier resembles one of the subject, the name does not"
	case keyed && !h.Resembling && named:
		return Strong, "an identifier and a name agree"
	case keyed && !named:
		return Possible, "an identifier agrees, the name does not"
	case weakOnly:
		return Weak, "only names that the list calls weak match"
	case telling < fullWord:
		return Weak, "only short or common words match"
	case h.Confidence >= strongFrom:
		return Strong, h.atLeast(strongFrom)
	case h.Confidence < weakBelow:
		return Weak, h.below(weakBelow)
	}
	return Possible, "confidence " + h.Confidence.String() + " lies between " + Ratio(weakBelow).String() + " and " + Ratio(strongFrom).String()
}

func (h *Hit) atLeast(r Ratio) string {
	return "confidence " + h.Confidence.String() + " is at least " + r.String()
}

func (h *Hit) below(r Ratio) string {
	return "confidence " + h.Confidence.String() + " is below " + r.String()
}

// flags puts observations on the query into words.
func flags(f script.Flags) []string {
	var out []string
	if f&script.Mixed != 0 {
		out = append(out, "letters of several scripts in one word (possible evasion)")
	}
	if f&script.Digits != 0 {
		out = append(out, "digits for letters in a word (scan, or possible evasion)")
	}
	if f&script.Invisible != 0 {
		out = append(out, "invisible characters (possible evasion)")
	}
	return out
}
