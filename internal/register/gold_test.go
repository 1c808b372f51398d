package register_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"interdict/internal/register"
)

func TestIdentitySurvivesTheRenumberingOf2015(t *testing.T) {
	old := readUN(t, "al-qaida-1267/un-1267-2015-02-19.xml")
	now := readUN(t, "al-qaida-1267/un-1267-2015-03-17.xml")
	s, _ := take(t, register.NewState(), nil, old)
	s, c := take(t, s, &old, now)

	bare := func(r string) string { return strings.TrimRight(strings.TrimSpace(r), ".") }
	became := map[string]string{}
	for _, k := range s.Entries {
		if k.Last == now.ID && k.First == old.ID {
			if len(k.Former) != 1 {
				t.Errorf("%s has former references %v, want one", k.Caption, k.Former)
				continue
			}
			became[bare(k.Former[0].Value)] = bare(k.References[0])
		}
	}
	right, wrong, missed := 0, 0, 0
	for _, row := range readCSV(t, filepath.Join(shared(t), "concordance", "un-reference-numbers-2015.csv")) {
		switch got := became[bare(row["old_ref"])]; got {
		case bare(row["new_ref"]):
			right++
		case "":
			missed++
			t.Logf("missed %v", row)
		default:
			wrong++
			t.Logf("wrong %s %v", got, row)
		}
	}
	t.Logf("renumbering: %d right, %d wrong, %d missed; kept %d, added %d, gone %d", right, wrong, missed, c.Kept, len(c.Added), len(c.Gone))
	if wrong > 0 {
		t.Errorf("%d entries were taken for another", wrong)
	}
	if missed > 0 {
		t.Errorf("%d entries lost their identity", missed)
	}
}

// The counts are those of the steps in the published measurements, except
// where the comment gives the reason why another number is right.
func TestDifferencesOfTheUNListAreThoseThatWereCounted(t *testing.T) {
	for _, x := range []struct {
		from, to                string
		added, removed, changed int
	}{
		{"2015-02-26", "2015-03-13", 4, 0, 2},
		{"2015-03-13", "2015-03-16", 0, 4, 4},
		// Published as 9: in the other four only the place of the schema
		// changed, an attribute for editors of the file.
		{"2015-03-16", "2015-03-27", 3, 0, 5},
		// Published as 232, 180, 866: there a reference with a trailing dot
		// (QDi.325.), or in other letters (TAI.), is another one, and so is
		// "Exact" from "EXACT". How many of the rest changed depends on how
		// much of them is read.
		{"2015-03-27", "2018-06-07", 227, 175, -1},
		{"2018-06-07", "2018-06-21", 2, 0, 0},
		{"2018-06-21", "2018-08-24", 6, 8, 14},
		{"2018-08-24", "2018-10-29", 3, 8, 9},
		{"2018-10-29", "2020-11-23", 28, 103, 596},
		{"2020-11-23", "2020-12-01", 0, 12, 0},
		{"2020-12-01", "2024-09-21", 41, 172, 680},
		// 2024-09-26, of which there is no file, has the content of 2024-09-21.
		{"2024-09-21", "2025-04-19", 4, 2, 158},
	} {
		t.Run(x.from+" to "+x.to, func(t *testing.T) {
			a := readUN(t, "consolidated/un-consolidated-"+x.from+".xml")
			b := readUN(t, "consolidated/un-consolidated-"+x.to+".xml")
			d := register.Diff(a, b)
			got := []int{len(d.Added), len(d.Removed), len(d.Changed)}
			if x.changed < 0 {
				got[2] = x.changed
			}
			if want := []int{x.added, x.removed, x.changed}; !slices.Equal(got, want) {
				t.Errorf("added, removed, changed %v, want %v", got, want)
			}
			if n := len(b.Records); d.Unchanged+len(d.Changed)+len(d.Added) != n {
				t.Errorf("%d unchanged, %d changed and %d added make not the %d entries", d.Unchanged, len(d.Changed), len(d.Added), n)
			}
		})
	}
}

// Ten years of the list, taken one after the other: whoever keeps the
// reference keeps our id, nobody is in doubt, and no two share an id.
func TestNoEntryOfTheUNChangesItsIDInTenYears(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t), "lists", "un", "consolidated", "*.xml"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	s := register.NewState()
	var prev *register.Edition
	ids := map[string]string{} // reference in prev: id
	for _, f := range files {
		e := readUN(t, "consolidated/"+filepath.Base(f))
		var c register.Changes
		s, c = take(t, s, prev, e)
		if len(c.Doubts) > 0 {
			t.Errorf("%s: doubts %q", filepath.Base(f), c.Doubts)
		}
		now := map[string]string{}
		for id, k := range s.Entries {
			if k.Last != e.ID || k.Gone != "" {
				continue
			}
			ref := strings.ToUpper(strings.TrimRight(strings.TrimSpace(k.References[0]), "."))
			if old, ok := ids[ref]; ok && old != id {
				t.Errorf("%s: %s was %s and is %s", filepath.Base(f), ref, old, id)
			}
			now[ref] = id
		}
		if len(now) != len(e.Records) {
			t.Errorf("%s: %d ids for %d entries", filepath.Base(f), len(now), len(e.Records))
		}
		ids, prev = now, &e
	}
}
