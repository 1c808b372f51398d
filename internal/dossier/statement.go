package dossier

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Statement is what one party says of one field.
type Statement struct {
	Key   string `json:"key"`
	Party string `json:"party"` // who says it: a state, an agency, the person concerned
	Field string `json:"field"`
	Value string `json:"value"`
	Span  *Span  `json:"span,omitempty"`
}

// Saying is one value of a field with those who say it.
type Saying struct {
	Value   string   `json:"value,omitempty"`
	Parties []string `json:"parties,omitempty"`
}

// Field is one field as the parties see it. They agree if all who speak of it
// say the same; who is silent neither agrees nor differs.
type Field struct {
	Name    string   `json:"name,omitempty"`
	Sayings []Saying `json:"sayings,omitempty"`
	Silent  []string `json:"silent,omitempty"`
}

// Agreed reports whether more than one speaks of the field and all say the same.
func (f Field) Agreed() bool { return len(f.Sayings) == 1 && len(f.Sayings[0].Parties) > 1 }

// Differs reports whether parties say different things.
func (f Field) Differs() bool { return len(f.Sayings) > 1 }

// Compare sets the statements side by side, field by field in the order of their
// names. A party that says two things of one field stands with both. Case,
// spacing and compatibility forms of a value do not matter.
func (d Dossier) Compare() []Field {
	byField := map[string][]Statement{}
	var names, parties []string
	for _, s := range d.Content.Statements {
		if byField[s.Field] == nil {
			names = append(names, s.Field)
		}
		byField[s.Field] = append(byField[s.Field], s)
		if !slices.Contains(parties, s.Party) {
			parties = append(parties, s.Party)
		}
	}
	slices.Sort(names)
	slices.Sort(parties)
	var fields []Field
	for _, name := range names {
		fields = append(fields, side(name, byField[name], parties))
	}
	return fields
}

func side(name string, statements []Statement, parties []string) Field {
	f := Field{Name: name}
	at := map[string]int{}
	spoke := map[string]bool{}
	for _, s := range statements {
		spoke[s.Party] = true
		key := strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s.Value))), " ")
		i, ok := at[key]
		if !ok {
			i = len(f.Sayings)
			at[key] = i
			f.Sayings = append(f.Sayings, Saying{Value: s.Value})
		}
		if !slices.Contains(f.Sayings[i].Parties, s.Party) {
			f.Sayings[i].Parties = append(f.Sayings[i].Parties, s.Party)
			slices.Sort(f.Sayings[i].Parties)
		}
	}
	for _, p := range parties {
		if !spoke[p] {
			f.Silent = append(f.Silent, p)
		}
	}
	return f
}

// Spans returns every span that a content quotes.
func (c Content) Spans() []Span {
	var out []Span
	for _, a := range c.Allegations {
		out = append(out, a.Spans...)
	}
	for _, e := range c.Timeline {
		out = append(out, e.Spans...)
	}
	for _, s := range c.Statements {
		if s.Span != nil {
			out = append(out, *s.Span)
		}
	}
	return out
}
