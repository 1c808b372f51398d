package uk_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
	"interdict/internal/list/uk"
	"interdict/internal/record"
)

// read detects the format as the register does.
func read(t testing.TB, name, text string) ([]record.Record, []error, *list.Report) {
	t.Helper()
	head := []byte(text)[:min(len(text), 4096)]
	for _, f := range uk.Source.Formats {
		if f.Accepts([]string{name}, head) {
			return listtest.Read(t, f.Read, listtest.Text(name, text))
		}
	}
	t.Fatalf("no format accepts %s", name)
	return nil, nil, nil
}

func real2018(t testing.TB) string {
	path := filepath.Join(listtest.Data(t, "lists", "uk"), "hmt-conlist-2018-04-13.csv")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// edition is the real file, read once.
type edition struct {
	records []record.Record
	errs    []error
	report  *list.Report
}

var once edition

func read2018(t testing.TB) ([]record.Record, []error, *list.Report) {
	raw := real2018(t)
	if once.report == nil {
		once.records, once.errs, once.report = read(t, "hmt-conlist-2018-04-13.csv", raw)
	}
	return once.records, once.errs, once.report
}

func TestReal2018(t *testing.T) {
	raw := real2018(t)
	records, errs, report := read2018(t)
	for _, err := range errs {
		t.Error(err)
	}
	// Independent count: the group id is the last column, and no cell of the
	// file holds a line break.
	groups := map[string]bool{}
	lastCell := regexp.MustCompile(`(?m),(\d+)$`)
	rows := lastCell.FindAllSubmatch([]byte(raw), -1)
	for _, m := range rows {
		groups[string(m[1])] = true
	}
	if len(rows) != 9487 || len(groups) != 2106 || len(records) != len(groups) {
		t.Errorf("%d rows, %d groups, %d records; INDEX.md says 9487 rows and 2106 groups", len(rows), len(groups), len(records))
	}
	if report.Date.String() != "2018-04-13" {
		t.Errorf("date of the list is %s", report.Date)
	}
	if len(report.Warnings) > 0 {
		t.Errorf("%d warnings, the first: %s %s", len(report.Warnings), report.Warnings[0].Place, report.Warnings[0].Text)
	}
	count := map[string]int{}
	for _, r := range records {
		count["kind "+string(r.Kind)]++
		for _, id := range r.Identifiers {
			count["id "+id.Type]++
		}
		for _, n := range r.Nationalities {
			if n.Code == "" {
				count["nationality without code"]++
			}
		}
		count["names"] += len(r.Names)
		count["births"] += len(r.Births)
		count["listings"] += len(r.Listings)
		count["links"] += len(r.Links)
		for _, n := range r.Names {
			count["quality "+string(n.Quality)]++
		}
		if len(r.Listings[0].Also) > 0 {
			count["with a reference of the UN"]++
		}
	}
	t.Log(count)
	if count["nationality without code"] > 25 || count["with a reference of the UN"] < 670 || count["id passport"] < 340 {
		t.Error("fewer values understood than before")
	}
	if count["kind vessel"] != 25 || count["listings"] != 2106+8 {
		t.Errorf("%d vessels, %d listings", count["kind vessel"], count["listings"])
	}
}

// Each cell of the real file is found again in its record: nothing is lost.
func TestReal2018LosesNothing(t *testing.T) {
	raw := real2018(t)
	records, _, _ := read2018(t)
	all := map[string]string{}
	for _, r := range records {
		all[r.Key] = listtest.Dump(t, []record.Record{r})
	}
	_, body, _ := strings.Cut(raw, "\n")
	rows, err := csv.NewReader(bytes.NewReader(latin1(body))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	word := regexp.MustCompile(`[\p{L}\d]{4,}`)
	seen := map[string]bool{} // rows repeat their cells
	for _, row := range rows[1:] {
		dump := all[row[28]]
		for i, cell := range row[:28] {
			if i == 7 || i == 23 || i == 24 || i == 26 || i == 27 { // dates and codes, tested apart
				continue
			}
			if seen[row[28]+cell] {
				continue
			}
			seen[row[28]+cell] = true
			for _, w := range word.FindAllString(cell, -1) {
				if !strings.Contains(dump, w) {
					t.Fatalf("group %s, column %s: %q is lost", row[28], rows[0][i], w)
				}
			}
		}
	}
}

func latin1(s string) []byte {
	var b bytes.Buffer
	table := map[byte]rune{0x85: '…', 0x91: '‘', 0x92: '’', 0x93: '“', 0x94: '”', 0x96: '–', 0x97: '—', 0x8a: 'Š', 0x9a: 'š', 0x9e: 'ž', 0x8e: 'Ž', 0x80: '€'}
	for i := range len(s) {
		r, ok := table[s[i]]
		if !ok {
			r = rune(s[i])
		}
		b.WriteRune(r)
	}
	return b.Bytes()
}

// The gold table joins UK groups with UN entries by the printed reference.
func TestPrintedReferencesOfTheUN(t *testing.T) {
	f, err := os.Open(filepath.Join(listtest.Data(t, "concordance"), "uk-2018-04-vs-un-2018-06.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	gold, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	records, _, _ := read2018(t)
	refs := map[string]string{}
	for _, r := range records {
		for _, also := range r.Listings[0].Also {
			refs[r.Key] += " " + also.Value
		}
	}
	for _, g := range gold[1:] {
		if !strings.Contains(strings.ToUpper(refs[g[1]])+" ", " "+strings.ToUpper(strings.TrimRight(g[5], ". "))+" ") {
			t.Errorf("group %s prints %q, read %q", g[1], g[5], refs[g[1]])
		}
	}
	t.Logf("%d printed references found", len(gold)-1)
}

func BenchmarkConList(b *testing.B) {
	raw := real2018(b)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		for range uk.Source.Formats[2].Read(listtest.Text("conlist.csv", raw), &list.Report{}) {
		}
	}
}

// A few entries of the real list, read by people: a person, a ship among the
// entities, a firm with several regimes.
func TestExcerpt(t *testing.T) {
	records, errs, report := read(t, "conlist-2018-excerpt.csv", sample(t, "conlist-2018-excerpt.csv"))
	if len(errs) > 0 || len(report.Warnings) > 0 {
		t.Errorf("errors %v, warnings %v", errs, report.Warnings)
	}
	listtest.Golden(t, "conlist-2018-excerpt.csv.golden", listtest.Dump(t, records))
}
