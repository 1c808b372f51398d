package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/record"
)

// Verdicts of a field of a concordance.
const (
	Agree   = "agree"    // all lists that give the field give the same values
	Overlap = "overlap"  // some values are the same or can be
	Differ  = "differ"   // no value is the same
	OnlyOne = "only one" // one list gives the field
)

// Concordance is what the lists say of one subject, field by field.
type Concordance struct {
	Subject  string
	Kind     record.Kind
	Caption  string
	Aliases  []string
	Listings []ListedBy
	Fields   []Field
	Links    []Link
	Possible []Link
}

// ListedBy is one listing of the subject.
type ListedBy struct {
	Source, Authority, Edition, EditionDate string
	Entry, Key, Reference, Name             string
	Former                                  []string
	Since                                   string // day of listing, as far as stated
	Programmes                              []string
	Ended                                   bool
	Delisted                                string
}

// Field is one field with its values and who gives them.
type Field struct {
	Name    string
	Verdict string
	Values  []Said
}

// Said is one value with the lists that give it.
type Said struct {
	Text string // as the oldest entry prints it
	By   []Say
}

// Say is one statement of a value.
type Say struct{ Source, Reference, Entry, Text, At string }

// Concord returns the concordance of the subject that id names; see
// [Snapshot.Find].
func (s Snapshot) Concord(id string) (Concordance, error) {
	x, err := s.Find(id)
	if err != nil {
		return Concordance{}, err
	}
	c := Concordance{Subject: x.ID, Kind: x.Kind, Caption: x.Caption, Aliases: x.Aliases, Links: x.Links, Possible: x.Possible}
	dated := map[string]string{}
	for _, e := range s.Editions {
		dated[e.ID] = e.Date.String()
	}
	t := &tally{}
	for _, e := range x.Entries {
		for _, l := range e.Listings {
			by := ListedBy{
				Source: e.Source, Authority: l.Authority, Edition: e.Edition, EditionDate: dated[e.Edition],
				Entry: e.ID, Key: e.Key, Reference: l.Reference, Name: e.PrimaryName(), Former: e.Former,
				Since: l.ListedOn.String(), Ended: l.Ended, Delisted: l.Delisted.String(),
			}
			for _, p := range l.Programmes {
				by.Programmes = append(by.Programmes, p.Text)
			}
			c.Listings = append(c.Listings, by)
		}
		t.entry(e)
	}
	c.Fields = t.fields
	for i := range c.Fields {
		c.Fields[i].Verdict = verdict(c.Fields[i], t.births)
	}
	return c, nil
}

// tally gathers values by field.
type tally struct {
	fields []Field
	keys   map[string]int // field and folded value: index in its values
	births map[string][]date.Partial
	entryX Entry
}

func (t *tally) entry(e Entry) {
	t.entryX = e
	for _, n := range e.Names {
		_, key := foldName(n.Full)
		t.say("names", n.Full, key, n.At)
	}
	for _, b := range allBirths(e.Record) {
		if !b.Date.IsZero() {
			t.say("births", b.Date.String(), b.Date.String(), b.At)
			if t.births == nil {
				t.births = map[string][]date.Partial{}
			}
			t.births[e.Source] = append(t.births[e.Source], b.Date)
		}
		if p := placeWords(b.Place); p != "" {
			_, key := foldName(p)
			t.say("places of birth", p, key, b.At)
		}
	}
	for _, f := range []struct {
		name   string
		values []record.Country
	}{{"nationalities", e.Nationalities}, {"citizenships", e.Citizenships}, {"countries", e.Countries}} {
		for _, x := range f.values {
			key := x.Code
			if key == "" {
				_, key = foldName(x.Text)
			}
			t.say(f.name, cmp.Or(x.Text, x.Code), key, x.At)
		}
	}
	for _, x := range e.Identifiers {
		key, _ := identifier(x)
		if key == "" {
			key = x.Type + " " + strings.Join(fold(x.Number), "")
		}
		text := strings.TrimSpace(x.Type + " " + x.Number + " " + cmp.Or(x.Country, x.Code))
		t.say("identifiers", text, key, x.At)
	}
	for _, a := range e.Addresses {
		text := addressWords(a)
		_, key := foldName(text)
		t.say("addresses", text, key, a.At)
	}
	for _, f := range []struct {
		name   string
		values []record.Text
	}{{"genders", e.Genders}, {"titles", e.Titles}, {"positions", e.Positions}} {
		for _, x := range f.values {
			_, key := foldName(x.Text)
			t.say(f.name, x.Text, key, x.At)
		}
	}
	for _, l := range e.Listings {
		if !l.ListedOn.IsZero() {
			t.say("listed on", l.ListedOn.String(), l.ListedOn.String(), l.At)
		}
	}
}

func allBirths(r record.Record) []record.Birth {
	out := slices.Clone(r.Births)
	for _, n := range r.Names {
		out = append(out, n.Births...)
	}
	return out
}

func placeWords(p record.Place) string {
	return words(p.Text, p.City, p.Region, cmp.Or(p.Country, p.Code))
}

func addressWords(a record.Address) string {
	return words(a.Text, a.Street, a.City, a.Region, a.PostCode, cmp.Or(a.Country, a.Code))
}

func words(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

func (t *tally) say(field, text, key, at string) {
	if key == "" {
		return
	}
	i := slices.IndexFunc(t.fields, func(f Field) bool { return f.Name == field })
	if i < 0 {
		i = len(t.fields)
		t.fields = append(t.fields, Field{Name: field})
	}
	if t.keys == nil {
		t.keys = map[string]int{}
	}
	f := &t.fields[i]
	j, ok := t.keys[field+"\n"+key]
	if !ok {
		j = len(f.Values)
		t.keys[field+"\n"+key] = j
		f.Values = append(f.Values, Said{Text: text})
	}
	s := Say{Source: t.entryX.Source, Entry: t.entryX.ID, Text: text, At: at}
	if ls := t.entryX.Listings; len(ls) > 0 {
		s.Reference = ls[0].Reference
	}
	f.Values[j].By = append(f.Values[j].By, s)
}

// verdict compares the lists on one field. Births agree in part when their
// days can be the same.
func verdict(f Field, births map[string][]date.Partial) string {
	sources := map[string]bool{}
	for _, v := range f.Values {
		for _, s := range v.By {
			sources[s.Source] = true
		}
	}
	if len(sources) < 2 {
		return OnlyOne
	}
	all, some := true, false
	for _, v := range f.Values {
		by := map[string]bool{}
		for _, s := range v.By {
			by[s.Source] = true
		}
		all = all && len(by) == len(sources)
		some = some || len(by) > 1
	}
	switch {
	case all:
		return Agree
	case some || f.Name == "births" && birthsMeet(births):
		return Overlap
	}
	return Differ
}

func birthsMeet(births map[string][]date.Partial) bool {
	for a, x := range births {
		for b, y := range births {
			if a != b && compareBirths(x, y) >= birthsOverlap {
				return true
			}
		}
	}
	return false
}

// Find returns the subject that id names: its id, a retired id, the id of an
// entry, "source:reference" or "source:key", or a bare reference, present or
// former. The error is NotFound, or Conflict if several subjects bear it.
func (s Snapshot) Find(id string) (Subject, error) {
	id = strings.TrimSpace(id)
	var hits []Subject
	for _, x := range s.Subjects {
		if x.ID == id || slices.Contains(x.Aliases, id) || slices.ContainsFunc(x.Entries, func(e Entry) bool { return e.ID == id }) {
			return x, nil
		}
		if slices.ContainsFunc(x.Entries, func(e Entry) bool { return e.Bears(id) }) {
			hits = append(hits, x)
		}
	}
	if len(hits) > 1 {
		hits = slices.DeleteFunc(hits, func(x Subject) bool {
			return !slices.ContainsFunc(x.Entries, func(e Entry) bool { return e.bearsNow(id) })
		})
	}
	switch len(hits) {
	case 0:
		err := fault.New(fault.NotFound, "nobody in the register has %q", id)
		return Subject{}, fault.Hint(err, "give a subject (s-...), an entry (e-...), source:reference or a reference")
	case 1:
		return hits[0], nil
	}
	var names []string
	for _, x := range hits {
		names = append(names, fmt.Sprintf("%s %s", x.ID, x.Caption))
	}
	err := fault.New(fault.Conflict, "%d subjects have %q", len(hits), id)
	return Subject{}, fault.Hint(err, "give one of: %s", strings.Join(names, "; "))
}

// Bears reports whether an entry has or had the reference or key.
func (e Entry) Bears(id string) bool {
	if e.bearsNow(id) {
		return true
	}
	id, ok := e.own(id)
	if !ok {
		return false
	}
	want := references(e.Source, id)
	for _, f := range e.Former {
		if shared(references(e.Source, f), want) != "" {
			return true
		}
	}
	return false
}

// bearsNow reports whether an entry has the reference or key in its edition
// in force.
func (e Entry) bearsNow(id string) bool {
	bare, ok := e.own(id)
	if !ok {
		return false
	}
	if e.Key == bare {
		return true
	}
	want := references(e.Source, bare)
	for _, l := range e.Listings {
		if shared(references(e.Source, l.Reference), want) != "" {
			return true
		}
	}
	return false
}

// own strips the entry's source from id; false if id names another source.
func (e Entry) own(id string) (string, bool) {
	source, bare, ok := strings.Cut(id, ":")
	if !ok || strings.ContainsAny(source, ". ") {
		return id, true
	}
	return strings.TrimSpace(bare), source == e.Source
}

// Recall returns the entries that id names in the memory of the register,
// also those that no list has any more: an entry, a subject, a reference or a
// key, with "source:" before it or without. The oldest first.
func (s State) Recall(id string) []Known {
	var out []Known
	for _, k := range s.Entries {
		bare := id
		if source, rest, ok := strings.Cut(id, ":"); ok && source == k.Source {
			bare = rest
		}
		if k.ID == id || subjectID(k.ID) == id || slices.Contains(k.Subjects, id) || k.bore(bare) {
			out = append(out, *k)
		}
	}
	slices.SortFunc(out, func(a, b Known) int { return older(&a, &b) })
	return out
}

func (k *Known) bore(id string) bool {
	f := k.face()
	return slices.ContainsFunc(k.Keys, func(x Seen) bool { return x.Value == id }) ||
		shared(append(f.refs, f.former...), references(k.Source, id)) != ""
}
