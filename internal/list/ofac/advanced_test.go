package ofac_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/list/listtest"
)

func sample(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestAdvancedGolden(t *testing.T) {
	text := sample(t, "advanced.xml")
	records, errs, report := listtest.Read(t, advanced, listtest.Text("advanced.xml", text))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if n := strings.Count(text, "<DistinctParty "); n != len(records) {
		t.Errorf("%d parties, %d records", n, len(records))
	}
	if report.Date.String() != "2026-08-20" {
		t.Errorf("date %s", report.Date)
	}
	listtest.Golden(t, "advanced.golden", listtest.Dump(t, records)+listtest.Warnings(report))
}

func TestAdvancedFaults(t *testing.T) {
	text := sample(t, "advanced.xml")
	for _, c := range []struct{ rule, old, new, want string }{
		{"relation without its ends", `From-ProfileID="6001" To-ProfileID="6002"`, `From-ProfileID="1" To-ProfileID="2"`, `relation between profiles "1" and "2"`},
		{"sanctions entry without its party", `ProfileID="6005" ListID`, `ProfileID="9" ListID`, `sanctions entry for profile "9"`},
		{"document without its identity", `IdentityID="7003" Valid`, `IdentityID="9" Valid`, `document of identity "9"`},
		{"party without a profile", `<Profile ID="6003"`, `<Other ID="6003"`, ""},
	} {
		changed := strings.Replace(text, c.old, c.new, 1)
		if changed == text {
			t.Fatalf("%s: the sample has no %s", c.rule, c.old)
		}
		_, errs, _ := listtest.Read(t, advanced, listtest.Text("advanced.xml", changed))
		if len(errs) == 0 || !strings.Contains(fmt.Sprint(errs), c.want) {
			t.Errorf("%s: %v", c.rule, errs)
		}
	}
}

// No id is known beforehand: the sample renumbered reads the same.
func TestAdvancedIdsComeFromTheFile(t *testing.T) {
	text := sample(t, "advanced.xml")
	renumbered := text
	for _, set := range []string{"11", "91", "161", "162", "121", "231"} {
		renumbered = strings.ReplaceAll(renumbered, `ID="`+set+`"`, `ID="7`+set+`7"`)
	}
	want, _, _ := listtest.Read(t, advanced, listtest.Text("a.xml", text))
	got, _, _ := listtest.Read(t, advanced, listtest.Text("a.xml", renumbered))
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
