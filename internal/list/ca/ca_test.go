package ca_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"interdict/internal/list"
	"interdict/internal/list/ca"
	"interdict/internal/list/listtest"
	"interdict/internal/record"
)

func read(t testing.TB, name, text string) ([]record.Record, []error, *list.Report) {
	t.Helper()
	for _, f := range ca.Source.Formats {
		if f.Accepts([]string{name}, []byte(text)[:min(len(text), 4096)]) {
			return listtest.Read(t, f.Read, listtest.Text(name, text))
		}
	}
	t.Fatalf("no format accepts %s", name)
	return nil, nil, nil
}

func load(t testing.TB, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func real2025(t testing.TB) string {
	return load(t, filepath.Join(listtest.Data(t, "lists", "ca"), "sema-consolidated-2025.xml"))
}

func TestReal2025(t *testing.T) {
	raw := real2025(t)
	records, errs, report := read(t, "sema.xml", raw)
	for _, err := range errs {
		t.Error(err)
	}
	if n := strings.Count(raw, "<record>"); n != 4759 || len(records) != n || report.Elements != n {
		t.Errorf("%d records in the file, INDEX.md says 4759, %d read", n, len(records))
	}
	count := map[string]int{}
	for _, r := range records {
		count["kind "+string(r.Kind)]++
		count["names"] += len(r.Names)
		count["identifiers"] += len(r.Identifiers)
		count["births"] += len(r.Births)
		if r.Listings[0].ListedOn.Precision != 4 {
			t.Errorf("%s: listed on %q", r.Key, r.Listings[0].ListedOn.Text)
		}
	}
	t.Log(count)
	if count["kind person"] != 3334 || count["kind organisation"]+count["kind vessel"] != 1425 || count["identifiers"] != 109 {
		t.Errorf("counts differ from list-formats 6: %v", count)
	}
	for _, w := range report.Warnings {
		if !strings.Contains(w.Text, "Sep-99") { // a year of two digits is not guessed
			t.Errorf("warning %s %s", w.Place, w.Text)
		}
	}
}

// Every word of every element of the real file is found again in its record.
func TestReal2025LosesNothing(t *testing.T) {
	raw := real2025(t)
	records, _, _ := read(t, "sema.xml", raw)
	parts := strings.Split(raw, "<record>")[1:]
	word := regexp.MustCompile(`[\p{L}\p{N}]+`)
	tag := regexp.MustCompile(`<[^>]*>|&[a-z]+;`)
	for i, r := range records {
		dump := listtest.Dump(t, []record.Record{r})
		for _, w := range word.FindAllString(tag.ReplaceAllString(parts[i], " "), -1) {
			if !strings.Contains(dump, w) {
				t.Fatalf("%s: %q is lost", r.Key, w)
			}
		}
	}
}

func TestTraps(t *testing.T) {
	records, errs, report := read(t, "sema-traps.xml", load(t, "testdata/sema-traps.xml"))
	got := listtest.Dump(t, records)
	for _, err := range errs {
		got += "error: " + err.Error() + "\n"
	}
	listtest.Golden(t, "sema-traps.golden", got+listtest.Warnings(report))
}

func TestListedEntities(t *testing.T) {
	records, errs, report := read(t, "listed-sample.xml", load(t, "testdata/listed-sample.xml"))
	got := listtest.Dump(t, records)
	for _, err := range errs {
		got += "error: " + err.Error() + "\n"
	}
	listtest.Golden(t, "listed-sample.golden", got+listtest.Warnings(report))
}

func TestAliases(t *testing.T) {
	const head, tail = `<data-set><record><Country>X</Country>`, `</Aliases><Item>1</Item></record></data-set>`
	for _, c := range []struct {
		rule, aliases string
		person        bool
		want          string
	}{
		{"semicolons and scripts", "Иван Иванов; Ivan Ivanov", true, "Иван Иванов|Ivan Ivanov"},
		{"slash between languages", "Иван ПЕТРОВ / Iван ПЕТРОВ", true, "Иван ПЕТРОВ|Iван ПЕТРОВ"},
		{"slash inside a legal form", "Example A/S", false, "Example A/S"},
		{"legal form after a comma", "Works, LLC, Fabrik, ООО", false, "Works, LLC|Fabrik, ООО"},
		{"legal form before the name", "ООО, Fabrik; X", false, "ООО, Fabrik|X"},
		{"a comma before small letters", "Министерство культуры, спорта и туризма, МКС", false, "Министерство культуры, спорта и туризма|МКС"},
		{"family name first", "Баранов, Олег Анатольевич; Oleg Baranov", true, "Баранов Олег Анатольевич|Oleg Baranov"},
		{"a wrapped name", "Massar\nAbdelrahman Assil, Masar Eseil", true, "Massar Abdelrahman Assil|Masar Eseil"},
		{"commas in brackets", "Bank (Minsk, Brest), Банк", false, "Bank (Minsk, Brest)|Банк"},
		{"label without comma", "Ali Karti\nArabic: علي كرتي", true, "Ali Karti|علي كرتي"},
		{"or between whole names", "Анна Пушкарева or Анна Шейман", true, "Анна Пушкарева|Анна Шейман"},
		{"or between given names", "Katsiaryna or Katerina Smuschkovich", true, "Katsiaryna Smuschkovich|Katerina Smuschkovich"},
		{"or between family names", "Елена Тимченко or Ермакова", true, "Елена Тимченко|Елена Ермакова"},
		{"and in the name of a firm", "Ministry of Defence and Security", false, "Ministry of Defence and Security"},
		{"bracket without a partner", "(Иван ПЕТРОВ / Iван ПЕТРОВ", true, "Иван ПЕТРОВ / Iван ПЕТРОВ"},
		{"former name", "formerly known as Alpha Works", false, "Alpha Works"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			who := "<EntityOrShip>Q</EntityOrShip>"
			if c.person {
				who = "<LastName>Q</LastName>"
			}
			records, errs, _ := read(t, "a.xml", head+who+"<Aliases>"+c.aliases+tail)
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			var got []string
			for _, n := range records[0].Names[1:] {
				got = append(got, n.Full)
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got %s, want %s", s, c.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(load(f, "testdata/sema-traps.xml"))
	f.Add(load(f, "testdata/listed-sample.xml"))
	f.Add("<data-set><record><LastName>A</LastName><Item>1</Item></record>")
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range ca.Source.Formats {
			listtest.Read(t, format.Read, listtest.Text("fuzz.xml", text))
		}
	})
}
