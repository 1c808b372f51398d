package date_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interdict/internal/date"
)

const shared = "../../../shared/data"

// cells returns the values of the columns for which keep is true.
func cells(t *testing.T, file string, keep func(column string, row map[string]string) bool) []string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, column := range rows[0] {
			named[column] = row[i]
		}
		for _, column := range rows[0] {
			if strings.TrimSpace(named[column]) != "" && keep(column, named) {
				out = append(out, named[column])
			}
		}
	}
	return out
}

// Of the date cells of the EU's legal acts more than 99 in 100 are read whole.
func TestRealCellsOfTheOfficialJournal(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared, "lists/eu/*/*.csv"))
	if len(files) == 0 {
		t.Skipf("NOT TESTED: no files in %s/lists/eu", shared)
	}
	all, unread := 0, 0
	for _, file := range files {
		for _, cell := range cells(t, file, func(column string, _ map[string]string) bool {
			return column == "birthDate" || column == "startDate" || column == "incorporationDate"
		}) {
			all++
			ps, err := date.ParseAll(cell)
			for _, p := range ps {
				check(t, cell, p)
			}
			if err != nil {
				unread++
				t.Logf("unread: %q", cell)
			}
		}
	}
	t.Logf("%d of %d cells read whole", all-unread, all)
	if unread*100 > all {
		t.Errorf("%d of %d cells are not read", unread, all)
	}
}

// The curated odd dates are typing slips and notes for the most part; whatever
// is read must be a possible date.
func TestRealOddDates(t *testing.T) {
	file := filepath.Join(shared, "names/messy/lookup-values.csv")
	if _, err := os.Stat(file); err != nil {
		t.Skipf("NOT TESTED: no file %s", file)
	}
	all, read := 0, 0
	for _, cell := range cells(t, file, func(column string, row map[string]string) bool {
		return column == "raw" && row["type"] == "type.date"
	}) {
		all++
		ps, err := date.ParseAll(cell)
		for _, p := range ps {
			check(t, cell, p)
		}
		if err == nil {
			read++
		}
	}
	t.Logf("%d of %d odd dates read whole", read, all)
	if read*3 < all {
		t.Errorf("only %d of %d odd dates are read", read, all)
	}
}
