package sheet_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
	"interdict/internal/list/sheet"
	"interdict/internal/record"
)

// failer is what tests and property tests have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func source(t failer, id string) list.Source {
	t.Helper()
	for _, s := range sheet.Sources() {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no source %q", id)
	return list.Source{}
}

func read(t testing.TB, id string, paths ...string) ([]record.Record, []error, *list.Report) {
	t.Helper()
	f := source(t, id).Formats[0]
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if !f.Accepts([]string{filepath.Base(p)}, text[:min(4096, len(text))]) {
			t.Errorf("%s is not taken for %s", filepath.Base(p), id)
		}
	}
	return listtest.Read(t, f.Read, listtest.Files(t, paths...))
}

// naive reads a CSV file without the package under test.
func naive(t testing.TB, path string) (header []string, rows [][]string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

func glob(t testing.TB, pattern ...string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(pattern...))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files %v: %v", pattern, err)
	}
	return paths
}

// words are the runs of letters and digits of a text, in lower case.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// joint reports whether w only joins or numbers values: "a) 1960 or b) 1963".
func joint(w string) bool { return w == "or" || w == "and" || len(w) == 1 && w >= "a" && w <= "z" }

// lossless fails unless every word of every cell, save those
// between values, stands in the record of its row.
func lossless(t *testing.T, path string, records []record.Record) {
	t.Helper()
	header, rows := naive(t, path)
	if len(rows) != len(records) {
		t.Errorf("%s has %d rows, %d records came out", filepath.Base(path), len(rows), len(records))
		return
	}
	for i, row := range rows {
		have := map[string]bool{}
		for _, w := range words(listtest.Dump(t, records[i:i+1])) {
			have[w] = true
		}
		for j, cell := range row {
			if header[j] == "schema" {
				continue // the kind; its words are those of the mapping
			}
			for _, w := range words(cell) {
				if !have[w] && !joint(w) {
					t.Errorf("%s row %d: %q of column %s is lost", filepath.Base(path), i+2, w, header[j])
				}
			}
		}
	}
}

func TestRealEUActs(t *testing.T) {
	dir := listtest.Data(t, "lists", "eu")
	paths := append(glob(t, dir, "consolidated", "*.csv"), glob(t, dir, "amendments", "*.csv")...)
	records, errs, report := read(t, "eu-acts", paths...)
	for _, err := range errs {
		t.Error(err)
	}
	if len(records) != 4480+26 { // data/INDEX.md
		t.Errorf("%d records, INDEX.md says 4506", len(records))
	}
	for _, w := range report.Warnings {
		if strings.Contains(w.Text, "does not name this column") || strings.Contains(w.Text, "is not in the table") {
			t.Errorf("%s: %s", w.Place, w.Text)
		}
	}
	byFile := map[string][]record.Record{}
	for _, r := range records {
		byFile[r.File] = append(byFile[r.File], r)
	}
	for _, p := range paths {
		lossless(t, p, byFile[filepath.Base(p)])
	}
}

func TestRealEUActWithoutRowsIsAnEdition(t *testing.T) {
	dir := listtest.Data(t, "lists", "eu", "consolidated")
	records, errs, report := read(t, "eu-acts", filepath.Join(dir, "32004R0314.csv"))
	if len(records) != 0 || len(errs) != 0 || report.Elements != 0 {
		t.Errorf("%d records, %v, %d elements", len(records), errs, report.Elements)
	}
}

func TestRealBulgaria(t *testing.T) {
	path := filepath.Join(listtest.Data(t, "lists", "bg"), "bg-national-terrorism-list.csv")
	records, errs, report := read(t, "bg", path)
	if len(records) != 19 || len(errs) != 0 || len(report.Warnings) != 0 {
		t.Errorf("%d records, %v, warnings %s", len(records), errs, listtest.Warnings(report))
	}
	lossless(t, path, records)
	for _, r := range records {
		if r.Names[len(r.Names)-1].Script == "" && len(r.Names) > 1 {
			t.Errorf("%s: no name in Cyrillic", r.Key)
		}
	}
}

func TestRealSwissFreezes(t *testing.T) {
	path := filepath.Join(listtest.Data(t, "lists", "ch"), "fiaa-freezes.csv")
	records, errs, report := read(t, "ch-fiaa", path)
	if len(records) != 158 || len(errs) != 0 || len(report.Warnings) != 0 {
		t.Errorf("%d records, %v, warnings %s", len(records), errs, listtest.Warnings(report))
	}
	lossless(t, path, records)
	header, rows := naive(t, path)
	for i, row := range rows {
		for j, h := range header {
			l := records[i].Listings[0]
			if h == "Delisted" && (l.Ended != (row[j] != "") || l.Delisted.String() != row[j]) {
				t.Errorf("row %d: delisted %q, read %v %s", i+2, row[j], l.Ended, l.Delisted)
			}
		}
	}
}

// The saved pages name nobody. A page without the list must never become an
// edition without entries, which would delist everybody.
func TestRealSingaporePagesAreRefused(t *testing.T) {
	for _, path := range glob(t, listtest.Data(t, "lists", "sg"), "*.html") {
		records, errs, _ := read(t, "sg", path)
		if len(records) != 0 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "nothing in this file looks like the list") {
			t.Errorf("%s: %d records, %v", filepath.Base(path), len(records), errs)
		}
	}
}

// No list takes the file of another, and the generic source is asked last.
func TestRealFilesAreTakenByTheirListFirst(t *testing.T) {
	lists := listtest.Data(t, "lists")
	for path, want := range map[string]string{
		"eu/consolidated/32002R0881.csv":    "eu-acts",
		"eu/amendments/32026R1720.csv":      "eu-acts",
		"bg/bg-national-terrorism-list.csv": "bg",
		"ch/fiaa-freezes.csv":               "ch-fiaa",
		"sg/sg-terrorism-tfs.html":          "sg",
		"uk/hmt-conlist-2018-04-13.csv":     "",
		"ofac/sdn-2018-12/sdn.csv":          "",
		"eu/eu-fsf-extract-2018-07-04.csv":  "",
		"ca/sema-consolidated-2025.xml":     "",
	} {
		text, err := os.ReadFile(filepath.Join(lists, path))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, s := range sheet.Sources() {
			if s.Formats[0].Accepts([]string{filepath.Base(path)}, text[:min(4096, len(text))]) {
				got = s.ID
				break
			}
		}
		if got != want {
			t.Errorf("%s is taken for %q, want %q", path, got, want)
		}
	}
}
