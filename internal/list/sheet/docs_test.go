package sheet_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interdict/internal/list/listtest"
	"interdict/internal/list/sheet"
)

// The examples of the documentation are loaded and read, so that they stay true.
func TestDocumentationExamples(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "formats", "mapping.md"))
	if err != nil {
		t.Fatal(err)
	}
	doc := string(text)
	s := load(t, block(t, doc, "yaml"))
	if s.ID != "own-workbook" || s.Formats[0].Name != "xlsx" {
		t.Errorf("%+v", s)
	}
	records, errs, report := listtest.Read(t, source(t, "csv").Formats[0].Read, listtest.Text("own.csv", block(t, doc, "csv")))
	if len(records) != 2 || len(errs) != 0 || len(report.Warnings) != 0 || records[1].Listings[0].Authority != "own list" {
		t.Errorf("%v %v %v", records, errs, report.Warnings)
	}
	for _, s := range sheet.Sources() {
		if !strings.Contains(doc, "| `"+s.ID+"` |") {
			t.Errorf("the documentation does not name the list %s", s.ID)
		}
	}
}

// The example mapping reads a workbook of its shape.
func TestDocumentationExampleReads(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "formats", "mapping.md"))
	if err != nil {
		t.Fatal(err)
	}
	s := load(t, block(t, string(text), "yaml"))
	header := []any{"Ref. No.", "Full name", "Name type", "Strength", "Other names", "Father", "Date of birth", "Street", "Town", "Country", "Travel ban", "Removed on", "Other information"}
	files := workbook(t, "example.xlsx",
		tab{"Active", [][]any{
			header,
			{101, "Anna Beispiel", "Primary", nil, "a) A. Beispiel b) Anya", "Otto", "1.2.70", "Main St 1", "Vienna", "Austria", "x", nil, "See QDi.999"},
			{"101a", "Nyusha", "aka", "Weak"},
			{102, "[Deleted by order]"},
		}},
		tab{"Removed entries", [][]any{header, {201, "Peter Muster", "Primary", nil, nil, nil, nil, nil, nil, nil, nil, "2020-01-02"}}},
		tab{"Notes", [][]any{{"Full name", "Ref. No."}, {"nobody", 1}}})
	records, errs, report := listtest.Read(t, s.Formats[0].Read, files)
	if len(errs) != 0 || len(records) != 2 {
		t.Fatalf("%d records, %v, %s", len(records), errs, listtest.Warnings(report))
	}
	listtest.Golden(t, "docs.golden", listtest.Dump(t, records)+"warnings:\n"+listtest.Warnings(report))
}

func block(t *testing.T, doc, language string) string {
	t.Helper()
	_, rest, ok := strings.Cut(doc, "```"+language+"\n")
	body, _, ok2 := strings.Cut(rest, "```")
	if !ok || !ok2 {
		t.Fatalf("no block of %s", language)
	}
	return body
}
