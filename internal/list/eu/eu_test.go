package eu_test

import (
	"os"
	"strings"
	"testing"

	"interdict/internal/list"
	"interdict/internal/list/eu"
	"interdict/internal/list/listtest"
	"interdict/internal/record"
)

func format(t testing.TB, name string) list.Format {
	t.Helper()
	for _, f := range eu.Source.Formats {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("no format %q", name)
	return list.Format{}
}

func sample(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSampleXML(t *testing.T) {
	text := sample(t, "sample.xml")
	if !format(t, "xml").Accepts([]string{"list.xml"}, []byte(text[:1000])) {
		t.Error("the sample is not taken for an FSF XML")
	}
	records, errs, report := listtest.Read(t, format(t, "xml").Read, listtest.Text("sample.xml", text))
	if n := strings.Count(text, "<sanctionEntity "); report.Elements != n || len(errs) != 1 {
		t.Errorf("%d elements of %d, errors %v", report.Elements, n, errs)
	}
	if report.Date.String() != "2026-08-05" {
		t.Errorf("the list states the date %v", report.Date)
	}
	listtest.Golden(t, "sample.golden", listtest.Dump(t, records))
	listtest.Golden(t, "sample.warnings", listtest.Warnings(report))
}

func TestRealOlderCSV(t *testing.T) {
	path := listtest.Data(t, "lists", "eu", "eu-fsf-extract-2018-07-04.csv")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !format(t, "csv").Accepts([]string{"x.csv"}, raw[:4096]) {
		t.Error("the real file is not taken for an FSF CSV")
	}
	ids, names := map[string]bool{}, map[string]bool{}
	for _, line := range strings.Split(string(raw), "\n")[1:] {
		cells := strings.Split(line, ";")
		if len(cells) > 17 {
			ids[cells[1]] = true
			if cells[8] != "" {
				names[cells[8]] = true
			}
		}
	}
	records, errs, report := listtest.Read(t, format(t, "csv").Read, listtest.Files(t, path))
	if len(ids) != 93 || report.Elements != len(ids) || len(errs) > 0 {
		t.Errorf("%d entities by a naive count, %d elements, errors %v", len(ids), report.Elements, errs)
	}
	read, papers, births := 0, 0, 0
	for _, r := range records {
		read += len(r.Names)
		papers += len(r.Identifiers)
		births += len(r.Births)
		if len(r.Listings[0].Programmes) == 0 || len(r.Listings[0].LegalBases) == 0 || !r.Listings[0].ListedOn.Known() {
			t.Errorf("entity %s has an empty listing", r.Key)
		}
	}
	t.Logf("%d names by a naive count, %d read; %d papers and contacts, %d births, %d warnings", len(names), read, papers, births, len(report.Warnings))
	if read < len(names) {
		t.Errorf("%d names of %d", read, len(names))
	}
	for _, w := range report.Warnings {
		t.Log(w.Place, w.Text)
	}
	if report.Date.String() != "2018-07-04" {
		t.Errorf("the list states the date %v", report.Date)
	}
}

// The commas of the source, lost to tabs in this file, are restored.
func TestRealOlderCSVValues(t *testing.T) {
	path := listtest.Data(t, "lists", "eu", "eu-fsf-extract-2018-07-04.csv")
	records, _, _ := listtest.Read(t, format(t, "csv").Read, listtest.Files(t, path))
	byKey := map[string]record.Record{}
	for _, r := range records {
		byKey[r.Key] = r
	}
	saddam := byKey["13"]
	if saddam.PrimaryName() != "Saddam Hussein Al-Tikriti" || saddam.Kind != record.Person || saddam.Listings[0].Reference != "EU.27.28" {
		t.Errorf("entity 13 is %q, %s, %s", saddam.PrimaryName(), saddam.Kind, saddam.Listings[0].Reference)
	}
	if len(saddam.Births) != 1 || saddam.Births[0].Date.String() != "1937-04-28" || saddam.Births[0].Place.Text != "al-Awja, near Tikrit" || saddam.Births[0].Place.Code != "IQ" {
		t.Errorf("entity 13 is born %+v", saddam.Births)
	}
	mugabe := byKey["1"]
	if len(mugabe.Identifiers) != 1 || mugabe.Identifiers[0].Number != "AD001095" || mugabe.Identifiers[0].Type != "passport" {
		t.Errorf("entity 1 has the papers %+v", mugabe.Identifiers)
	}
	if qusay := byKey["20"]; len(qusay.Names) < 2 || qusay.Names[1].Full != "Qoussaï Saddam Hussein Al-Tikriti" {
		t.Errorf("Windows-1252 is not read: %+v", qusay.Names)
	}
}
