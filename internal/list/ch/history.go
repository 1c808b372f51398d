package ch

import (
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

// change is one modification of a listing.
type change struct {
	kind                            string
	effective, published, enactment date.Partial
	at                              string
}

// modifications replays the history of a target in the order of effect. The
// first listing after a de-listing begins a new spell, and the last change
// decides. What was added and removed by each is kept as text.
func (b *builder) modifications() {
	var changes []change
	for _, n := range b.All("modification") {
		changes = append(changes, change{
			kind:      strings.ToLower(n.Attr("modification-type")),
			effective: b.day(n, "effective-date"), published: b.day(n, "publication-date"), enactment: b.day(n, "enactment-date"),
			at: "modification",
		})
		if text := everything(n); text != "" {
			b.rec.Other = append(b.rec.Other, record.Text{Role: "modification " + n.Attr("effective-date"), Text: text, At: "modification"})
		}
	}
	// Of a listing and a de-listing of one day the listing counts: nobody is
	// let go by doubt.
	slices.SortStableFunc(changes, func(x, y change) int {
		if c := x.when().From.Compare(y.when().From); c != 0 {
			return c
		}
		return order(x.kind) - order(y.kind)
	})
	for _, c := range changes {
		b.apply(c)
	}
}

func order(kind string) int {
	if kind == "de-listed" {
		return 0
	}
	return 1
}

// when is the day on which a change takes effect.
func (c change) when() date.Partial {
	for _, d := range []date.Partial{c.effective, c.published, c.enactment} {
		if d.Known() {
			return d
		}
	}
	return date.Partial{}
}

func (b *builder) apply(c change) {
	l := &b.listing
	switch c.kind {
	case "listed", "re-listed":
		if l.Ended || l.ListedOn.IsZero() {
			l.ListedOn, l.InForce = c.published, c.effective
			if l.ListedOn.IsZero() {
				l.ListedOn = c.when()
			}
			l.Ended, l.Delisted = false, date.Partial{}
		}
	case "amended":
		l.Updated = append(l.Updated, c.when())
	case "de-listed":
		l.Ended, l.Delisted = true, c.when()
	default:
		b.warn(c.at, "unknown type of modification %q", c.kind)
	}
	for _, d := range []record.Dated{{Role: "effective", Date: c.effective}, {Role: "published", Date: c.published}, {Role: "enacted", Date: c.enactment}} {
		if !d.Date.IsZero() {
			l.History = append(l.History, record.Dated{Role: c.kind + ", " + d.Role, Date: d.Date, At: c.at})
		}
	}
}

func (b *builder) day(n *list.Node, attr string) date.Partial {
	d, err := date.Parse(n.Attr(attr))
	if err != nil {
		b.warn("modification@"+attr, "%v", err)
	}
	return d
}

// everything writes all text below n, element by element.
func everything(n *list.Node) string {
	var parts []string
	var walk func(n *list.Node, path string)
	walk = func(n *list.Node, path string) {
		for _, c := range n.Children {
			for _, a := range c.Attrs {
				parts = append(parts, path+c.Name+"@"+a.Name+": "+a.Value)
			}
			if c.Text != "" {
				parts = append(parts, path+c.Name+": "+list.Squeeze(c.Text))
			}
			walk(c, path+c.Name+"/")
		}
	}
	walk(n, "")
	if n.Text != "" {
		parts = append([]string{list.Squeeze(n.Text)}, parts...)
	}
	return strings.Join(parts, "; ")
}
