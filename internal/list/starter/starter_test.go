package starter_test

import (
	"path/filepath"
	"strings"
	"testing"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
	"interdict/internal/list/starter"
	"interdict/internal/list/un"
	"interdict/internal/record"
)

func register(t testing.TB) map[string]record.Record {
	t.Helper()
	records, errs, report := listtest.Read(t, starter.Source.Formats[0].Read, starter.Files())
	for _, err := range errs {
		t.Error(err)
	}
	for _, w := range report.Warnings {
		t.Error(w)
	}
	out := map[string]record.Record{}
	for _, r := range records {
		out[r.Key] = r
	}
	return out
}

func TestEveryRecordIsWhole(t *testing.T) {
	all := register(t)
	if len(all) < 45 {
		t.Errorf("%d records", len(all))
	}
	for key, r := range all {
		if len(r.Other) != 1 || r.Other[0].Text != starter.Notice {
			t.Errorf("%s does not say that it is not for compliance use", key)
		}
		if r.Line == 0 {
			t.Errorf("%s has no line", key)
		}
		for _, l := range r.Links {
			if _, ok := all[l.Key]; l.Key != "" && !ok {
				t.Errorf("%s is linked to %q, which is not there", key, l.Key)
			}
		}
		for _, l := range r.Listings {
			if !l.Delisted.IsZero() && !l.Ended {
				t.Errorf("%s: delisted by %s, and not ended", key, l.Authority)
			}
		}
	}
}

func TestEverySubjectKindIsThere(t *testing.T) {
	got := map[record.Kind]int{}
	for _, r := range register(t) {
		got[r.Kind]++
	}
	for _, k := range []record.Kind{record.Person, record.Organisation, record.Vessel, record.Aircraft} {
		if got[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
}

// The ten states of the article, in its order, with its one date.
func TestIslamicStateOfTheArticle(t *testing.T) {
	r := register(t)["islamic-state"]
	states := []string{"United States", "Canada", "United Kingdom", "Australia", "Türkiye", "Egypt", "United Arab Emirates", "India", "Indonesia", "Russian Federation"}
	if len(r.Listings) != len(states) {
		t.Fatalf("%d listings, the article names ten states", len(r.Listings))
	}
	for i, l := range r.Listings {
		if !strings.HasPrefix(l.Authority, states[i]) || len(l.Reasons) != 1 || !strings.Contains(l.Reasons[0].Text, "according to the article of 18 November 2015") {
			t.Errorf("listing %d: %s %v", i+1, l.Authority, l.Reasons)
		}
		if len(l.Also) != 1 || l.Also[0].Source != "un" || l.Also[0].Value != "QDe.115" {
			t.Errorf("%s: %v", l.Authority, l.Also)
		}
	}
	if d := r.Listings[9].ListedOn.String(); d != "2014-12-29" {
		t.Errorf("Russia: %s", d)
	}
	if len(r.Dates) == 0 || r.Dates[0].Role != "founded" || r.Dates[0].Date.String() != "2006-10-15" {
		t.Errorf("founded: %v", r.Dates)
	}
	want := map[string]record.Quality{"IG": record.Weak, "ИГ": record.Weak, "IS": record.Weak, "ISIL": record.Strong, "داعش": record.Strong, "Islamic State of Iraq": record.FormerName}
	scripts := map[string]string{}
	for _, n := range r.Names {
		scripts[n.Script] = n.Full
		if q, ok := want[n.Full]; ok && n.Quality == q {
			delete(want, n.Full)
		}
	}
	if len(want) != 0 || scripts["Latn"] == "" || scripts["Cyrl"] == "" || scripts["Arab"] == "" {
		t.Errorf("missing names %v, scripts %v", want, scripts)
	}
}

// Every UN reference in the register, its date of listing and a name stand so
// on a dated file of the UN list.
func TestUNReferencesAreThoseOfTheUNList(t *testing.T) {
	dir := listtest.Data(t, "lists", "un")
	type fact struct{ listed, names string }
	facts := map[string]fact{}
	for _, day := range []string{"2015-03-27", "2018-06-07", "2020-11-23", "2025-04-19"} {
		p := filepath.Join(dir, "consolidated", "un-consolidated-"+day+".xml")
		for r, err := range un.Source.Formats[0].Read(listtest.Files(t, p), &list.Report{}) {
			if err != nil {
				continue
			}
			f := facts[r.Listings[0].Reference]
			f.listed += " " + r.Listings[0].ListedOn.String()
			for _, n := range r.Names {
				f.names += " " + strings.ToLower(n.Full)
			}
			facts[r.Listings[0].Reference] = f
		}
	}
	checked := 0
	for key, r := range register(t) {
		for _, l := range r.Listings {
			for _, also := range l.Also {
				if also.Source != "un" {
					continue
				}
				f, ok := facts[also.Value]
				if !ok {
					t.Errorf("%s: the UN list has no %s", key, also.Value)
					continue
				}
				checked++
				if l.Authority == "UN Security Council" && !strings.Contains(f.listed, l.ListedOn.String()) {
					t.Errorf("%s: listed %s, the UN list says %s", key, l.ListedOn, f.listed)
				}
				if !sharesWord(r, f.names) {
					t.Errorf("%s: no name in common with %s", key, also.Value)
				}
			}
		}
	}
	if checked < 43 {
		t.Errorf("only %d references were checked", checked)
	}
}

func sharesWord(r record.Record, names string) bool {
	for _, n := range r.Names {
		for _, w := range strings.Fields(strings.ToLower(n.Full)) {
			if len(w) > 4 && strings.Contains(names, w) {
				return true
			}
		}
	}
	return false
}

func TestBrokenRegisters(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		records          int
	}{
		{"no YAML", "subjects: [", "f.yaml", 0},
		{"no subjects", "a: 1\n", "no list named subjects", 0},
		{"subjects is no list", "subjects: 1\n", "subjects is no list", 0},
		{"unknown key", "subjects:\n  - {key: a, kimd: person}\n", `f.yaml:2: subjects[1]`, 0},
		{"no listing", "subjects:\n  - {key: a, kind: person, names: [A]}\n", "needs a key, a name and a listing", 0},
		{"kind", "subjects:\n  - {key: a, kind: robot, names: [A], listings: [{authority: X}]}\n", `kind "robot"`, 0},
		{"date", "subjects:\n  - {key: a, kind: person, names: [A], listings: [{authority: X, listed: long ago}]}\n", "reading date", 0},
		{"authority", "subjects:\n  - {key: a, kind: person, names: [A], listings: [{}]}\n", "has no authority", 0},
		{"key twice, the first stands", "subjects:\n  - {key: a, kind: person, names: [A], listings: [{authority: X}]}\n  - {key: a, kind: person, names: [B], listings: [{authority: X}]}\n", `f.yaml:3: subjects[2]: key "a" stands twice`, 1},
	} {
		records, errs, _ := listtest.Read(t, starter.Source.Formats[0].Read, listtest.Text("f.yaml", c.text))
		if len(records) != c.records || len(errs) != 1 || !strings.Contains(errs[0].Error(), c.want) {
			t.Errorf("%s: %d records, %v, want %q", c.name, len(records), errs, c.want)
		}
	}
}

func TestAccepts(t *testing.T) {
	f := starter.Source.Formats[0]
	head := make([]byte, 4096)
	n, _ := starter.Files()[0].Body.Read(head)
	if !f.Accepts([]string{"register.yaml"}, head[:n]) || f.Accepts([]string{"x.yaml"}, []byte("id: own")) {
		t.Error("the register is not told from other files")
	}
}

// FuzzRegister asserts, by listtest.Read, that each element is a record or an
// error, that keys are unique and that all text is UTF-8.
func FuzzRegister(f *testing.F) {
	f.Add("subjects:\n  - {key: a, kind: person, names: [A], listings: [{authority: X, listed: 1 May 2001}]}\n")
	f.Add("subjects: [1, [2], {key: x}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		listtest.Read(t, starter.Source.Formats[0].Read, listtest.Text("f.yaml", text))
	})
}
