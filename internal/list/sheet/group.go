package sheet

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/record"
)

// group is one run of rows with the same group value.
type group struct {
	value string
	rows  []*entry
}

// collect puts a row with the run it belongs to. Rows of one entry need not
// follow each other, so nothing is given out before the end.
func (r *reader) collect(e *entry) bool {
	g := r.m.Group
	value := e.cell(g.Column)
	if g.strip != nil {
		value = strings.TrimSpace(g.strip.ReplaceAllString(value, ""))
	}
	if value == "" {
		return r.fail(fault.At(e.place(), "the row has no %q, so that no entry can be found for it: %q",
			g.Column, strings.Join(e.row.cells, " ")))
	}
	if r.last == nil || r.last.value != value {
		r.last = &group{value: value}
		r.order = append(r.order, r.last)
	}
	r.last.rows = append(r.last.rows, e)
	return true
}

// flush gives out the groups in the order of their first rows. A later run of
// rows joins an earlier one of its value, unless both bring primary names that
// differ: then the list has used one reference for two parties, and each stays
// an entry of its own.
func (r *reader) flush() {
	var out []*group
	first := map[string][]*group{}
	for _, g := range r.order {
		home := slices.IndexFunc(first[g.value], func(h *group) bool { return !h.differs(g) })
		if home < 0 {
			if len(first[g.value]) > 0 {
				r.report.Warn(g.rows[0].place(), fmt.Sprintf("%q is used again, with another primary name: kept apart", g.value))
			}
			first[g.value], out = append(first[g.value], g), append(out, g)
			continue
		}
		first[g.value][home].rows = append(first[g.value][home].rows, g.rows...)
	}
	for _, g := range out {
		rec := g.record()
		if len(rec.Names) == 0 {
			if !r.fail(nameless(g.rows[0])) {
				return
			}
			continue
		}
		if !r.emit(rec) {
			return
		}
	}
}

func (g *group) primaries() map[string]bool {
	out := map[string]bool{}
	for _, e := range g.rows {
		for _, n := range e.Names {
			if n.Type == record.Primary {
				out[token(n.Full)] = true
			}
		}
	}
	return out
}

func (g *group) differs(other *group) bool {
	a, b := g.primaries(), other.primaries()
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	for n := range b {
		if a[n] {
			return false
		}
	}
	return true
}

// record joins the rows of a group.
func (g *group) record() record.Record {
	head := g.rows[0]
	rec := head.Record
	if len(head.m.Key.Columns) == 0 && len(head.m.Key.Digest) == 0 {
		rec.Key = g.value
	}
	l := rec.Listings[0]
	for _, e := range g.rows {
		if printed := e.cell(head.m.Group.Column); printed != g.value {
			e.Other = append(e.Other, record.Text{Role: head.m.Group.Column, Text: printed, At: e.at(head.m.Group.Column)})
		}
	}
	rec.Other = head.Other
	for _, e := range g.rows[1:] {
		if e.Kind != rec.Kind && e.Kind != record.Unknown {
			if rec.Kind == record.Unknown {
				rec.Kind = e.Kind
			} else {
				e.report.Warn(e.place(), fmt.Sprintf("this row says %s, an earlier row of the entry %s", e.Kind, rec.Kind))
				rec.Other = append(rec.Other, record.Text{Role: "kind", Text: string(e.Kind), At: e.Element})
			}
		}
		joinSubject(&rec.Subject, &e.Subject)
		joinListing(&l, &e.Listings[0])
	}
	if hasReference(g.rows) {
		l.Reference = g.value
	}
	rec.Listings = []record.Listing{l}
	slices.SortStableFunc(rec.Names, func(a, b record.Name) int { return order(a) - order(b) })
	return rec
}

func hasReference(rows []*entry) bool {
	return rows[0].m.named[rows[0].m.Group.Column].To == "reference"
}

func order(n record.Name) int {
	if n.Type == record.Primary {
		return 0
	}
	return 1
}

func joinSubject(to, from *record.Subject) {
	join(&to.Names, from.Names, func(n record.Name) any { return [3]string{n.Full, string(n.Type), string(n.Quality)} })
	join(&to.Births, from.Births, func(b record.Birth) any { b.At = ""; return b })
	join(&to.Deaths, from.Deaths, dated)
	join(&to.Dates, from.Dates, dated)
	join(&to.Nationalities, from.Nationalities, countryOf)
	join(&to.Citizenships, from.Citizenships, countryOf)
	join(&to.Countries, from.Countries, countryOf)
	join(&to.Addresses, from.Addresses, func(a record.Address) any { a.At = ""; return a })
	join(&to.Identifiers, from.Identifiers, func(i record.Identifier) any { i.At = ""; return i })
	join(&to.Links, from.Links, func(l record.Link) any { l.At = ""; return l })
	for _, x := range [][2]*[]record.Text{
		{&to.Genders, &from.Genders},
		{&to.Titles, &from.Titles},
		{&to.Positions, &from.Positions},
		{&to.Remarks, &from.Remarks},
		{&to.Other, &from.Other},
	} {
		join(x[0], *x[1], textOf)
	}
}

func joinListing(to, from *record.Listing) {
	to.Ended = to.Ended && from.Ended
	for _, x := range []struct {
		role     string
		to, from *date.Partial
	}{{"listed", &to.ListedOn, &from.ListedOn}, {"in force", &to.InForce, &from.InForce}, {"delisted", &to.Delisted, &from.Delisted}} {
		switch {
		case x.to.IsZero():
			*x.to = *x.from
		case !x.from.IsZero() && *x.to != *x.from:
			join(&to.History, []record.Dated{{Role: x.role, Date: *x.from}}, dated)
		}
	}
	join(&to.Former, from.Former, func(s string) any { return s })
	join(&to.Also, from.Also, func(r record.Reference) any { r.At = ""; return r })
	join(&to.Updated, from.Updated, func(p date.Partial) any { return p })
	join(&to.Reviewed, from.Reviewed, func(p date.Partial) any { return p })
	join(&to.History, from.History, dated)
	for _, x := range [][2]*[]record.Text{
		{&to.Programmes, &from.Programmes},
		{&to.LegalBases, &from.LegalBases},
		{&to.Measures, &from.Measures},
		{&to.Reasons, &from.Reasons},
	} {
		join(x[0], *x[1], textOf)
	}
}

// join appends what is not there yet; what makes two values the same is same.
func join[T any](to *[]T, from []T, same func(T) any) {
	seen := map[any]bool{}
	for _, v := range *to {
		seen[same(v)] = true
	}
	for _, v := range from {
		if k := same(v); !seen[k] {
			seen[k] = true
			*to = append(*to, v)
		}
	}
}

func textOf(t record.Text) any       { t.At = ""; return t }
func dated(d record.Dated) any       { d.At = ""; return d }
func countryOf(c record.Country) any { c.At = ""; return c }
