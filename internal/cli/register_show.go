package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/register"
)

func registerShowVerb() verb {
	return verb{
		name: "register show", args: "ID",
		short: "show a subject with everything that its entries say",
		long: `ID is a subject (s-...), an entry (e-...), source:reference, or a reference alone, present or former. One
that no list has any more is shown from memory.`,
		examples: []string{"register show QDe.115", "register show un:QE.J.115.04", "register show s-0123456789 --json"},
		json:     true, data: true,
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) != 1 {
					return false, wrongUsage("register show needs one id")
				}
				a, err := openArchive(c)
				if err != nil {
					return false, err
				}
				defer a.Close()
				return false, show(c, a, args[0])
			}
		},
	}
}

// subjectJSON is the answer of register show.
type subjectJSON struct {
	Subject  string      `json:"subject,omitempty"`
	Kind     string      `json:"kind,omitempty"`
	Caption  string      `json:"caption,omitempty"`
	Aliases  []string    `json:"aliases,omitempty"`
	Snapshot string      `json:"snapshot"`
	Entries  []entryJSON `json:"entries,omitempty"`
	Links    []linkJSON  `json:"links,omitempty"`
	Possible []linkJSON  `json:"possible,omitempty"`
	Gone     []goneJSON  `json:"gone,omitempty"` // entries of that name that no list has any more
}

type entryJSON struct {
	Entry   string      `json:"entry"`
	Source  string      `json:"source"`
	Edition string      `json:"edition"`
	Key     string      `json:"key"`
	Place   string      `json:"place"` // file, line and element
	Former  []string    `json:"former,omitempty"`
	Earlier []string    `json:"earlier_names,omitempty"`
	Values  []valueJSON `json:"values"`
}

type valueJSON struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

type linkJSON struct {
	A              string   `json:"a"`
	B              string   `json:"b"`
	Reason         string   `json:"reason"`
	Evidence       string   `json:"evidence"`
	Strength       string   `json:"strength"`
	Contradictions []string `json:"contradictions,omitempty"`
}

type goneJSON struct {
	Entry      string   `json:"entry"`
	Source     string   `json:"source"`
	Caption    string   `json:"caption"`
	References []string `json:"references,omitempty"`
	First      string   `json:"first_edition"`
	Last       string   `json:"last_edition"`
	Gone       string   `json:"gone_in_edition"`
}

func show(c *call, a *archive.Archive, id string) error {
	snap, err := a.Snapshot()
	if err != nil {
		return err
	}
	x, missing := snap.Find(id)
	if missing != nil && fault.KindOf(missing) != fault.NotFound {
		return missing
	}
	s, err := a.State()
	if err != nil {
		return err
	}
	j := subjectJSON{Snapshot: snap.ID}
	if missing == nil {
		j = subjectOf(x, snap.ID)
	}
	for _, k := range s.Recall(id) {
		if k.Gone != "" {
			j.Gone = append(j.Gone, goneOf(k))
		}
	}
	if missing != nil && len(j.Gone) == 0 {
		return missing
	}
	if c.JSON {
		return c.writeJSON(j)
	}
	return writeSubject(c, j)
}

func subjectOf(x register.Subject, snapshot string) subjectJSON {
	j := subjectJSON{Subject: x.ID, Kind: string(x.Kind), Caption: x.Caption, Aliases: x.Aliases, Snapshot: snapshot}
	for _, e := range x.Entries {
		place := fault.Place{File: e.File, Line: e.Line, Element: e.Element}
		n := entryJSON{Entry: e.ID, Source: e.Source, Edition: e.Edition, Key: e.Key, Place: place.String(), Former: e.Former, Earlier: e.Earlier}
		for _, v := range register.Content(e.Record) {
			n.Values = append(n.Values, valueJSON(v))
		}
		j.Entries = append(j.Entries, n)
	}
	j.Links, j.Possible = linksOf(x.Links), linksOf(x.Possible)
	return j
}

func linksOf(links []register.Link) []linkJSON {
	var out []linkJSON
	for _, l := range links {
		out = append(out, linkJSON{l.A, l.B, string(l.Reason), l.Evidence, string(l.Strength), l.Contradictions})
	}
	return out
}

func goneOf(k register.Known) goneJSON {
	j := goneJSON{Entry: k.ID, Source: k.Source, Caption: k.Caption, References: k.References, First: k.First, Last: k.Last, Gone: k.Gone}
	for _, f := range k.Former {
		j.References = append(j.References, f.Value)
	}
	return j
}

func writeSubject(c *call, j subjectJSON) error {
	if j.Subject != "" {
		fmt.Fprintf(c.out, "%s  %s  %s\n", c.bold(j.Caption), j.Kind, j.Subject)
		if len(j.Aliases) > 0 {
			fmt.Fprintf(c.out, "also found as %s\n", strings.Join(j.Aliases, ", "))
		}
	}
	for _, e := range j.Entries {
		fmt.Fprintf(c.out, "\n%s %s  key %s  (edition %s, %s)\n", c.bold(e.Source), e.Entry, e.Key, e.Edition, e.Place)
		t := newTable("field", "value")
		for _, v := range e.Values {
			t.add(v.Path, v.Text)
		}
		for _, s := range e.Former {
			t.add("former reference", s)
		}
		for _, s := range e.Earlier {
			t.add("name in earlier editions", s)
		}
		if err := t.write(c.out, c); err != nil {
			return err
		}
	}
	writeLinks(c, j.Links, j.Possible)
	for _, g := range j.Gone {
		fmt.Fprintf(c.out, "\n%s %s  %s  %s\n  in no list: first in edition %s, last in %s, gone in %s\n",
			c.bold(g.Source), g.Entry, g.Caption, strings.Join(g.References, ", "), g.First, g.Last, g.Gone)
	}
	return nil
}

func writeLinks(c *call, same, possible []linkJSON) {
	for _, group := range []struct {
		title string
		links []linkJSON
	}{{"one subject because", same}, {"perhaps the same; nobody was merged", possible}} {
		if len(group.links) == 0 {
			continue
		}
		fmt.Fprintf(c.out, "\n%s\n", c.bold(group.title))
		for _, l := range group.links {
			fmt.Fprintf(c.out, "  %s – %s  %s: %s\n", l.A, l.B, l.Reason, l.Evidence)
			for _, s := range l.Contradictions {
				fmt.Fprintf(c.out, "    %s %s\n", c.yellow("but"), s)
			}
		}
	}
}

func registerConcordanceVerb() verb {
	return verb{
		name: "register concordance", args: "ID",
		short:    "say where the lists agree on a subject, and where they differ",
		long:     "Field by field: who says what. ID as for register show.",
		examples: []string{"register concordance QDe.115", "register concordance uk:7530 --json"},
		json:     true, data: true,
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) != 1 {
					return false, wrongUsage("register concordance needs one id")
				}
				a, err := openArchive(c)
				if err != nil {
					return false, err
				}
				defer a.Close()
				snap, err := a.Snapshot()
				if err != nil {
					return false, err
				}
				con, err := snap.Concord(args[0])
				if err != nil {
					return false, err
				}
				if c.JSON {
					return false, c.writeJSON(concordanceOf(con, snap.ID))
				}
				return false, writeConcordance(c, con)
			}
		},
	}
}

// concordanceJSON is the answer of register concordance.
type concordanceJSON struct {
	Subject  string        `json:"subject"`
	Kind     string        `json:"kind"`
	Caption  string        `json:"caption"`
	Aliases  []string      `json:"aliases,omitempty"`
	Snapshot string        `json:"snapshot"`
	Listings []listingJSON `json:"listings"`
	Fields   []fieldJSON   `json:"fields"`
	Links    []linkJSON    `json:"links,omitempty"`
	Possible []linkJSON    `json:"possible,omitempty"`
}

type listingJSON struct {
	Source     string   `json:"source"`
	Authority  string   `json:"authority"`
	Edition    string   `json:"edition"`
	Date       string   `json:"edition_date,omitempty"`
	Entry      string   `json:"entry"`
	Key        string   `json:"key"`
	Reference  string   `json:"reference"`
	Name       string   `json:"name"`
	Former     []string `json:"former,omitempty"`
	Since      string   `json:"since,omitempty"`
	Programmes []string `json:"programmes,omitempty"`
	Ended      bool     `json:"ended,omitempty"`
	Delisted   string   `json:"delisted,omitempty"`
}

type fieldJSON struct {
	Field   string     `json:"field"`
	Verdict string     `json:"verdict"` // agree, overlap, differ, only one
	Values  []saidJSON `json:"values"`
}

type saidJSON struct {
	Text string    `json:"text"`
	By   []sayJSON `json:"by"`
}

type sayJSON struct {
	Source    string `json:"source"`
	Reference string `json:"reference,omitempty"`
	Entry     string `json:"entry"`
	Text      string `json:"text"`
	At        string `json:"at,omitempty"`
}

func concordanceOf(x register.Concordance, snapshot string) concordanceJSON {
	j := concordanceJSON{
		Subject: x.Subject, Kind: string(x.Kind), Caption: x.Caption, Aliases: x.Aliases, Snapshot: snapshot,
		Links: linksOf(x.Links), Possible: linksOf(x.Possible), Fields: []fieldJSON{},
	}
	for _, l := range x.Listings {
		j.Listings = append(j.Listings, listingJSON{
			l.Source, l.Authority, l.Edition, l.EditionDate, l.Entry, l.Key,
			l.Reference, l.Name, l.Former, l.Since, l.Programmes, l.Ended, l.Delisted,
		})
	}
	for _, f := range x.Fields {
		n := fieldJSON{Field: f.Name, Verdict: f.Verdict}
		for _, v := range f.Values {
			s := saidJSON{Text: v.Text}
			for _, by := range v.By {
				s.By = append(s.By, sayJSON(by))
			}
			n.Values = append(n.Values, s)
		}
		j.Fields = append(j.Fields, n)
	}
	return j
}

func writeConcordance(c *call, x register.Concordance) error {
	fmt.Fprintf(c.out, "%s  %s  %s\n\n", c.bold(x.Caption), x.Kind, x.Subject)
	t := newTable("list", "reference", "since", "programmes", "name", "status")
	for _, l := range x.Listings {
		st := "in force"
		if l.Ended {
			st = strings.TrimSpace("ended " + l.Delisted)
		}
		t.add(l.Source, l.Reference, l.Since, strings.Join(l.Programmes, "; "), l.Name, st)
	}
	err := t.write(c.out, c)
	fields := newTable("field", "lists", "value", "said by")
	for _, f := range x.Fields {
		for i, v := range f.Values {
			name, verdict := f.Name, f.Verdict
			if i > 0 {
				name, verdict = "", ""
			}
			fields.add(name, c.verdict(verdict), v.Text, strings.Join(sayers(v), ", "))
		}
	}
	fmt.Fprintln(c.out)
	err = errors.Join(err, fields.write(c.out, c))
	writeLinks(c, linksOf(x.Links), linksOf(x.Possible))
	return err
}

// sayers names each list that gives a value once.
func sayers(v register.Said) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range v.By {
		if !seen[s.Source] {
			seen[s.Source] = true
			out = append(out, s.Source)
		}
	}
	return out
}

func (c *call) verdict(v string) string {
	switch v {
	case register.Agree:
		return c.green(v)
	case register.Differ:
		return c.red(v)
	case register.Overlap:
		return c.yellow(v)
	}
	return v
}
