package screen

import (
	"cmp"
	"slices"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/script"
)

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
	h.Band, x.Band = band(h, keyed, names, weakOnly, distinctive, c.Ended)
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
func band(h Hit, keyed bool, names []found, weakOnly bool, telling int, ended bool) (Band, string) {
	named := len(names) > 0
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
	case !slices.ContainsFunc(names, func(f found) bool { return !match.ByAcronym(f.Result) }):
		return Weak, "only an acronym made of the words of a name matches"
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
