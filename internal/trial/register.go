package trial

import (
	"cmp"
	"fmt"
	"slices"

	"interdict/internal/date"
	"interdict/internal/index"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
	"interdict/internal/script"
)

// Fields of a list that a name, a day or a number comes from.
const (
	primaryName = "primary name"
	aliasName   = "alias"
	formerName  = "former name"
	weakAlias   = "weak alias"
	birthDate   = "birth date"
	identifier  = "identifier"
)

// target is one value of an entry, with who must be found by it.
type target struct {
	subject, list, reference string
	field, text, script      string
	name                     string // of the entry, for values that are none
}

// entry is one entry of one list.
type entry struct {
	subject, list, reference, name string
	names, births, numbers         []target
}

// ListCount says how much of a list is in the register.
type ListCount struct {
	List      string `json:"list"`
	Authority string `json:"authority"`
	Entries   int    `json:"entries"`
	Names     int    `json:"names"`
}

// registered is the register as it was read.
type registered struct {
	subjects []register.Subject
	entries  []entry
	lists    []ListCount
}

// read takes the register out of an engine's index.
func read(e *screen.Engine) (registered, error) {
	var r registered
	counts := map[string]*ListCount{}
	for payload, err := range e.Index().Payloads() {
		if err != nil {
			return r, fmt.Errorf("reading the register: %w", err)
		}
		s, err := screen.Subject(payload)
		if err != nil {
			return r, err
		}
		r.subjects = append(r.subjects, s)
		for _, x := range s.Entries {
			en := entryOf(s.ID, x)
			r.entries = append(r.entries, en)
			if counts[en.list] == nil {
				counts[en.list] = &ListCount{List: en.list}
			}
			c := counts[en.list]
			c.Entries++
			c.Names += len(en.names)
			if len(x.Listings) > 0 {
				c.Authority = cmp.Or(c.Authority, x.Listings[0].Authority)
			}
		}
	}
	for _, c := range counts {
		r.lists = append(r.lists, *c)
	}
	slices.SortFunc(r.lists, func(a, b ListCount) int { return cmp.Compare(a.List, b.List) })
	return r, nil
}

func entryOf(subject string, x register.Entry) entry {
	out := entry{subject: subject, list: x.Source, reference: x.Key, name: x.PrimaryName()}
	if len(x.Listings) > 0 {
		out.reference = cmp.Or(x.Listings[0].Reference, x.Key)
	}
	value := func(field, text string) target {
		return target{subject, out.list, out.reference, field, text, script.Of(text), out.name}
	}
	seen := map[string]bool{"": true}
	name := func(field, text string) {
		if !seen[text] {
			seen[text] = true
			out.names = append(out.names, value(field, text))
		}
	}
	for _, n := range x.Names {
		name(fieldOf(n), n.Full)
	}
	for _, text := range x.Earlier {
		name(formerName, text)
	}
	for _, b := range x.Births {
		if b.Date.Precision == date.Day && out.name != "" {
			out.births = append(out.births, value(birthDate, b.Date.From.String()))
		}
	}
	for _, n := range x.Identifiers {
		if index.Key(n.Number) != "" {
			out.numbers = append(out.numbers, value(identifier, n.Number))
		}
	}
	return out
}

func fieldOf(n record.Name) string {
	switch {
	case n.Quality == record.Weak:
		return weakAlias
	case n.Type == record.Former || n.Quality == record.FormerName:
		return formerName
	case n.Type == record.Primary:
		return primaryName
	}
	return aliasName
}
