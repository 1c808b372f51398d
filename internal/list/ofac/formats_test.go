package ofac_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/list/listtest"
	"interdict/internal/record"
)

// canonical is what an entry says apart from the format it came in.
type canonical struct {
	Kind        record.Kind
	Names       []string
	Births      []string
	Programmes  []string
	Addresses   []string
	Identifiers []string
	Ties        []string
	Links       []string
	Positions   []string
}

// Exceptions, where the formats differ by their nature:
//   - the tables join street, and city, province and post code, each in one
//     column; addresses are compared as the words they hold;
//   - tonnages have thousands separators in the tables only (left out here);
//   - measures are cut at semicolons in remarks, and whole in the XML (left
//     out here);
//   - the delimited tables print a double quote in a name as a single one;
//   - the tables name a registration country or dates only inside remarks,
//     from which they are drawn: they must agree.
func canon(r record.Record) canonical {
	c := canonical{Kind: r.Kind}
	for _, n := range r.Names {
		c.Names = append(c.Names, strings.Join([]string{strings.ReplaceAll(n.Full, `"`, "'"), string(n.Type), string(n.Quality)}, " | "))
	}
	for _, b := range r.Births {
		c.Births = append(c.Births, b.Date.String()+" | "+b.Place.Text+" | "+b.Place.Code)
	}
	for _, p := range r.Listings[0].Programmes {
		c.Programmes = append(c.Programmes, p.Text)
	}
	for _, a := range r.Addresses {
		w := words(strings.Join([]string{a.Street, a.City, a.Region, a.PostCode, a.Country}, " "))
		slices.Sort(w)
		c.Addresses = append(c.Addresses, strings.Join(w, " "))
	}
	for _, i := range r.Identifiers {
		c.Identifiers = append(c.Identifiers, strings.Join([]string{i.Type, i.Detail, i.Number, i.Code, i.Issued.String(), i.Expires.String()}, " | "))
	}
	for _, t := range slices.Concat(r.Nationalities, r.Citizenships, r.Countries) {
		c.Ties = append(c.Ties, t.Role+" | "+t.Text+" | "+t.Code)
	}
	for _, l := range r.Links {
		c.Links = append(c.Links, l.Role+" | "+l.Name)
	}
	for _, p := range r.Positions {
		c.Positions = append(c.Positions, p.Text)
	}
	for _, s := range [][]string{c.Names, c.Births, c.Programmes, c.Addresses, c.Identifiers, c.Ties, c.Links, c.Positions} {
		slices.Sort(s)
	}
	return c
}

var wordRun = regexp.MustCompile(`[\pL\pN]+`)

func words(s string) []string { return wordRun.FindAllString(s, -1) }

func byKey(t *testing.T, records []record.Record) map[string]canonical {
	t.Helper()
	out := map[string]canonical{}
	for _, r := range records {
		out[r.Key] = canon(r)
	}
	return out
}

// One content through four formats gives one result. The set of 2018 holds
// the side tables as .csv only; they serve all three forms of the main table.
func TestOneContentThroughFormatsGivesOneResult(t *testing.T) {
	dir := listtest.Data(t, "lists", "ofac", "non-sdn-2018-04")
	in := func(names ...string) (paths []string) {
		for _, n := range names {
			paths = append(paths, filepath.Join(dir, n))
		}
		return paths
	}
	records, errs, report := listtest.Read(t, legacy, listtest.Files(t, in("consolidated.xml")...))
	if len(errs) > 0 || report.Declared != len(records) {
		t.Fatalf("%d records, %d declared, %v", len(records), report.Declared, errs)
	}
	want := byKey(t, records)
	for _, main := range []string{"cons_prim.csv", "cons_prim.pip", "cons_prim.ff"} {
		records, errs, _ := listtest.Read(t, tables, listtest.Files(t, in(main, "cons_alt.csv", "cons_add.csv")...))
		if len(errs) > 0 {
			t.Fatal(main, errs)
		}
		got := byKey(t, records)
		if len(got) != len(want) {
			t.Errorf("%s: %d entries, the XML has %d", main, len(got), len(want))
		}
		bad := 0
		for key, w := range want {
			if d := cmp.Diff(w, got[key]); d != "" {
				if bad++; bad < 8 {
					t.Errorf("%s: entry %s (-xml +table):\n%s", main, key, d)
				}
			}
		}
		if bad > 0 {
			t.Errorf("%s: %d entries differ", main, bad)
		}
	}
}
