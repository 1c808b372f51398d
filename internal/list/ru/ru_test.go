package ru_test

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
	"interdict/internal/list/ru"
	"interdict/internal/record"
)

func read(t testing.TB, text string) ([]record.Record, []error, *list.Report) {
	t.Helper()
	for _, f := range ru.Source.Formats {
		if f.Accepts(nil, []byte(text)[:min(len(text), 4096)]) {
			return listtest.Read(t, f.Read, listtest.Text("ru.xml", text))
		}
	}
	t.Fatal("no format accepts the text")
	return nil, nil, nil
}

func load(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func golden(t *testing.T, name string) *list.Report {
	t.Helper()
	records, errs, report := read(t, load(t, name+".xml"))
	got := listtest.Dump(t, records)
	for _, err := range errs {
		got += "error: " + err.Error() + "\n"
	}
	listtest.Golden(t, name+".golden", got+listtest.Warnings(report))
	return report
}

func TestDecisions(t *testing.T) {
	report := golden(t, "decisions-sample")
	// Four subjects, and one decision without any.
	if n := strings.Count(load(t, "decisions-sample.xml"), "<Субъект>") + 1; report.Elements != n {
		t.Errorf("%d elements, want %d", report.Elements, n)
	}
	if report.Date.String() != "2025-06-01" || report.Previous.String() != "2025-05-20" {
		t.Errorf("edition of %s after %s", report.Date, report.Previous)
	}
}

func TestList(t *testing.T) {
	report := golden(t, "list-sample")
	// The recently included subject repeats one of the list.
	if n := strings.Count(load(t, "list-sample.xml"), "<Субъект>") - 1; report.Elements != n {
		t.Errorf("%d elements, want %d", report.Elements, n)
	}
}

// The same list in the code page of older files gives the same records.
func TestWindows1251(t *testing.T) {
	text := load(t, "list-sample.xml")
	coded, err := charmap.Windows1251.NewEncoder().String(strings.Replace(text, `encoding="utf-8"`, `encoding="windows-1251"`, 1))
	if err != nil {
		t.Fatal(err)
	}
	want, _, _ := read(t, text)
	got, _, _ := read(t, coded)
	if listtest.Dump(t, want) != listtest.Dump(t, got) {
		t.Error("records differ between the encodings")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(load(f, "decisions-sample.xml"))
	f.Add(load(f, "list-sample.xml"))
	f.Add("<Перечень><Субъект><ФЛ><ФИО>А</ФИО></ФЛ></Субъект>")
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range ru.Source.Formats {
			listtest.Read(t, format.Read, listtest.Text("fuzz.xml", text))
		}
	})
}
