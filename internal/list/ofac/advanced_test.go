package ofac_test

import (
	"os"
	"strings"
	"testing"

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
