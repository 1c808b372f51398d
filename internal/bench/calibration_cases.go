package bench

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// hitCase is one hit of a question of which it is known who is meant.
type hitCase struct {
	kind       string // of the listed subject
	entity     string // who was asked for
	other      string // the subject that was hit
	logit      int    // as it stands, 1/1000
	confidence int    // as it stands, 1/10000
	match      bool
}

// hitsFrom is the lowest threshold that is offered: what lies lower is no hit.
func hitsFrom() int { return screen.Costs()[0].Threshold }

// namesEach is how many names of an entry are asked.
const namesEach = 4

// concordant asks for every subject that two lists have, by its entry of one
// list, in a copy of the register without that list. The hit of the subject
// itself is a match. The hit of another is none if one list has both: a list
// has a subject once. Others are left out, and so are subjects of one list:
// nobody knows whether they are the same.
func concordant(all []register.Subject) ([]hitCase, error) {
	var out []hitCase
	for _, list := range listsOf(all) {
		others := without(all, list)
		if len(others) == 0 {
			continue
		}
		e, err := engineOf(others, "without "+list)
		if err != nil {
			return nil, err
		}
		queries := queriesOf(all, list)
		found := make([][]hitCase, len(queries))
		err = eachError(len(queries), func(i int) (err error) {
			found[i], err = queries[i].ask(e)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("asking without %s: %w", list, err)
		}
		out = append(out, slices.Concat(found...)...)
	}
	return out, nil
}

func listsOf(all []register.Subject) []string {
	var out []string
	for _, s := range all {
		for _, e := range s.Entries {
			if !slices.Contains(out, e.Source) {
				out = append(out, e.Source)
			}
		}
	}
	slices.Sort(out)
	return out
}

func without(all []register.Subject, list string) []register.Subject {
	var out []register.Subject
	for _, s := range all {
		s.Entries = slices.DeleteFunc(slices.Clone(s.Entries), func(e register.Entry) bool { return e.Source == list })
		if len(s.Entries) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// known is a question with the subject that is meant.
type known struct {
	screen.Query
	entity string
	lists  []string // that have the subject, besides the one it is asked by
}

func queriesOf(all []register.Subject, list string) []known {
	var out []known
	for _, s := range all {
		lists := slices.DeleteFunc(listsOf([]register.Subject{s}), func(l string) bool { return l == list })
		if len(lists) == 0 {
			continue
		}
		for _, e := range s.Entries {
			if e.Source != list {
				continue
			}
			q := screen.Query{Kind: e.Kind, Countries: countriesOf(e)}
			for _, b := range e.Births {
				if b.Date != (date.Partial{}) {
					q.Born = append(q.Born, b.Date)
				}
			}
			if len(e.Genders) == 1 {
				q.Gender = e.Genders[0].Text
			}
			n := 0
			for _, x := range e.Names {
				if x.Quality != record.Weak && n < namesEach {
					q.Name = x.Full
					out = append(out, known{q, s.ID, lists})
					n++
				}
			}
		}
	}
	return out
}

func countriesOf(e register.Entry) []string {
	var out []string
	for _, c := range slices.Concat(e.Nationalities, e.Citizenships) {
		if c.Code != "" {
			out = append(out, c.Code)
		}
	}
	return out
}

// ask returns a case for every hit by a name.
func (k known) ask(e *screen.Engine) ([]hitCase, error) {
	a, err := e.Name(k.Query, screen.Options{Threshold: hitsFrom()})
	if err != nil {
		return nil, err
	}
	var out []hitCase
	for _, h := range a.Hits {
		same := h.Subject == k.entity
		if h.Name == "" || !same && !slices.ContainsFunc(h.Listings, func(l screen.CardListing) bool { return slices.Contains(k.lists, l.Source) }) {
			continue
		}
		c := hitCase{string(h.Schema), k.entity, h.Subject, h.Explanation.Logit, int(h.Confidence), same}
		for _, q := range h.Explanation.Qualifiers {
			c.logit += q.Logit
		}
		out = append(out, c)
	}
	return out, nil
}

// labelledHits screens every labelled pair against a register of its listed
// name alone. Pairs that share a name are of one entity.
func labelledHits(pairs []LabelledPair) ([]hitCase, error) {
	cross := make([]CrossPair, len(pairs))
	for i, p := range pairs {
		cross[i] = CrossPair{Latin: strings.ToLower(p.Name1), Other: strings.ToLower(p.Name2)}
	}
	joinEntities(cross)
	var out []hitCase
	for i, p := range pairs {
		kind := record.Organisation
		if p.Schema == "Person" {
			kind = record.Person
		}
		e, err := engineOf([]register.Subject{pairSubject(p.Name2, kind)}, "one pair")
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", p.Line, err)
		}
		cases, err := known{screen.Query{Name: p.Name1, Kind: kind}, cross[i].Entity, []string{"pairs"}}.ask(e)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", p.Line, err)
		}
		for _, c := range cases {
			c.match, c.other = p.Match, c.entity
			out = append(out, c)
		}
	}
	return out, nil
}

func pairSubject(name string, kind record.Kind) register.Subject {
	return register.Subject{ID: "s-pair", Kind: kind, Caption: name, Entries: []register.Entry{{ID: "e-pair", Record: record.Record{
		Source: "pairs", Key: "1", Subject: record.Subject{Kind: kind, Names: []record.Name{{Full: name, Type: record.Primary, Quality: record.Strong}}},
		Listings: []record.Listing{{Reference: "1"}},
	}}}}
}
