package ftm_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/list/ftm"
	"interdict/internal/list/listtest"
	"interdict/internal/record"
)

// format returns the format that takes a file for its own.
func format(t testing.TB, text string) list.Format {
	t.Helper()
	for _, f := range ftm.Source.Formats {
		if f.Accepts([]string{"file"}, []byte(text[:min(len(text), 4096)])) {
			return f
		}
	}
	t.Fatalf("no format accepts %.80q", text)
	return list.Format{}
}

func sample(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSamples(t *testing.T) {
	for _, c := range []struct {
		file, format        string
		entries, parts, bad int
	}{
		{"sample.ftm.json", "json", 11, 11, 2},
		{"sample.nested.json", "json", 2, 0, 0},
		{"sample.simple.csv", "simple", 2, 1, 1},
	} {
		t.Run(c.file, func(t *testing.T) {
			text := sample(t, c.file)
			f := format(t, text)
			records, errs, report := listtest.Read(t, f.Read, listtest.Text(c.file, text))
			if f.Name != c.format || report.Elements != c.entries || report.Parts != c.parts || len(errs) != c.bad {
				t.Errorf("format %s, %d entries, %d parts, errors %v", f.Name, report.Elements, report.Parts, errs)
			}
			lines := strings.Count(text, "\n")
			if f.Name == "simple" {
				lines--
			}
			if lines != report.Elements+report.Parts {
				t.Errorf("%d lines, but %d entries and %d parts", lines, report.Elements, report.Parts)
			}
			listtest.Golden(t, c.file+".golden", listtest.Dump(t, records))
			listtest.Golden(t, c.file+".warnings", listtest.Warnings(report))
		})
	}
}

func TestRealEntities(t *testing.T) {
	path := filepath.Join(listtest.Data(t, "lists", "ftm", "t1"), "entities.ftm.json")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, errs, report := listtest.Read(t, format(t, string(raw)).Read, listtest.Files(t, path))
	addresses := bytes.Count(raw, []byte(`"schema":"Address"`))
	lines := len(bytes.Split(bytes.TrimSpace(raw), []byte("\n")))
	if len(errs) > 0 || lines != 7 || report.Elements+report.Parts != lines || report.Parts != addresses {
		t.Errorf("%d lines, %d entries, %d parts of %d addresses, errors %v", lines, report.Elements, report.Parts, addresses, errs)
	}
	if report.Date.String() != "2024-06-01" {
		t.Errorf("last sighting %v", report.Date)
	}
	for _, r := range records {
		if r.PrimaryName() == "Viktor Vladimirovitj Sojko" {
			if r.Births[0].Date.String() != "1971-07-03" || r.Births[0].Place.Text != "BELARUS, Komsomolskaya" || r.Nationalities[0].Code != "BY" || len(r.Names) != 5 {
				t.Errorf("%+v", r.Subject)
			}
			return
		}
	}
	t.Error("a person is missing")
}

func TestDeltaIsRefused(t *testing.T) {
	for _, text := range []string{
		`{"op":"ADD","entity":{"id":"a","schema":"Person","properties":{"name":["A"]}}}`,
		"{\"versions\": \n {}}",
	} {
		f := format(t, text)
		_, errs, report := listtest.Read(t, f.Read, listtest.Text("entities.delta.json", text))
		if f.Name != "delta" || len(errs) != 1 || report.Elements != 1 || fault.KindOf(errs[0]) != fault.Invalid || !strings.Contains(fault.Hints(errs[0]), "entities.ftm.json") {
			t.Errorf("format %s, errors %v", f.Name, errs)
		}
	}
}

// The real deltas of the second edition over the first.
func TestApplyRealDeltas(t *testing.T) {
	dir := listtest.Data(t, "lists", "ftm")
	edition, err := os.ReadFile(filepath.Join(dir, "t1", "entities.ftm.json"))
	if err != nil {
		t.Fatal(err)
	}
	deltas, err := filepath.Glob(filepath.Join(dir, "t2", "*", "entities.delta.json"))
	if err != nil || len(deltas) != 4 {
		t.Fatalf("deltas %v, %v", deltas, err)
	}
	var counts []int
	for _, path := range deltas {
		delta, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := ftm.Apply(bytes.NewReader(edition), bytes.NewReader(delta), &out); err != nil {
			t.Fatal(err)
		}
		edition = out.Bytes()
		counts = append(counts, bytes.Count(edition, []byte("\n")))
	}
	if counts[0] != 9 || counts[1] != 10 || counts[2] != 9 || counts[3] != 10 {
		t.Errorf("lines after each delta: %v", counts)
	}
	records, errs, _ := listtest.Read(t, format(t, string(edition)).Read, listtest.Text("entities.ftm.json", string(edition)))
	if len(errs) > 0 || len(records) != 9 {
		t.Errorf("%d records, errors %v", len(records), errs)
	}
}

func TestApplyRefusesAnotherBase(t *testing.T) {
	base := `{"id":"a","schema":"Person"}` + "\n"
	for _, c := range []struct {
		delta string
		kind  fault.Kind
	}{
		{`{"op":"MOD","entity":{"id":"b"}}`, fault.Conflict},
		{`{"op":"DEL","entity":{"id":"b"}}`, fault.Conflict},
		{`{"op":"ADD","entity":{"id":"a","schema":"Company"}}`, fault.Conflict},
		{`{"op":"PUT","entity":{"id":"a"}}`, fault.Invalid},
		{`{"op":"ADD","entity":{}}`, fault.Invalid},
		{`nothing`, fault.Invalid},
	} {
		var out bytes.Buffer
		err := ftm.Apply(strings.NewReader(base), strings.NewReader(c.delta), &out)
		if err == nil || fault.KindOf(err) != c.kind || out.Len() > 0 {
			t.Errorf("%s: %v (%v), wrote %q", c.delta, err, fault.KindOf(err), out.String())
		}
	}
	var out bytes.Buffer
	delta := `{"op":"DEL","entity":{"id":"a"}}` + "\n" + `{"op":"ADD","entity":{"id":"c"}}` + "\n" + `{"op":"ADD","entity":{"id":"a"}}`
	if err := ftm.Apply(strings.NewReader(base), strings.NewReader(delta), &out); err != nil || out.String() != "{\"id\":\"c\"}\n{\"id\":\"a\"}\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

// Joined and nested objects of the same content make the same links and papers.
func TestNestedSaysTheSame(t *testing.T) {
	text := sample(t, "sample.nested.json")
	records, _, _ := listtest.Read(t, format(t, text).Read, listtest.Text("nested", text))
	p := records[0]
	if len(p.Addresses) != 1 || len(p.Identifiers) != 1 || len(p.Listings) != 1 || p.Listings[0].Authority != "Security Council" {
		t.Errorf("parts are lost: %+v", p)
	}
	if want := (record.Link{Role: "ownership asset", Key: "c-1", Name: "Sample Trading LLC", At: "Ownership(own-1)/asset"}); len(p.Links) != 1 || p.Links[0] != want {
		t.Errorf("links %+v", p.Links)
	}
}

// No text of the sample is lost: each value is in a record, a warning or an
// error.
func TestEveryValueArrives(t *testing.T) {
	text := sample(t, "sample.ftm.json")
	records, errs, report := listtest.Read(t, format(t, text).Read, listtest.Text("sample", text))
	all := listtest.Dump(t, records) + listtest.Warnings(report)
	for _, err := range errs {
		all += err.Error()
	}
	for _, want := range []string{
		"Abu Sample", "Aly", "Zayd", "1962-05", "suhh", "addr-gone", "2 Other Street", "Q1", "novelty", "strange-1", "odd", "36.3", "3650",
		"51", "SY00", "brother", "CEO", "IMO9074729", "5000", "SY0000000001", "Hologram", "linked, not a target", "EU.901.10", "RUS0901", "2099-01-01",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is lost", want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"sample.ftm.json", "sample.nested.json", "sample.simple.csv"} {
		f.Add(sample(f, name), name == "sample.simple.csv")
	}
	f.Fuzz(func(t *testing.T, text string, simple bool) {
		read := ftm.Source.Formats[1].Read
		if simple {
			read = ftm.Source.Formats[2].Read
		}
		_, _, report := listtest.Read(t, read, listtest.Text("fuzz", text))
		if !simple {
			lines := 0
			for _, line := range strings.Split(text, "\n") {
				if strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")) != "" {
					lines++
				}
			}
			if lines != report.Elements+report.Parts {
				t.Errorf("%d lines, but %d entries and %d parts", lines, report.Elements, report.Parts)
			}
		}
	})
}
