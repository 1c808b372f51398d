package book_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"interdict/internal/book"
	"interdict/internal/fault"
)

const sample = "../../../shared/data/names/customers/synthetic-customers-global.csv.gz"

func sampleBook(t testing.TB) []byte {
	t.Helper()
	in, err := os.ReadFile(sample)
	if err != nil {
		t.Skipf("NO SAMPLE BOOK: %s is absent; nothing was checked", sample)
	}
	return in
}

// all reads a book to its end.
func all(in string, o book.Options) (customers []book.Customer, errs []string) {
	for c, err := range book.Read("book", strings.NewReader(in), o) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		customers = append(customers, c)
	}
	return customers, errs
}

// TestSample reads the real book: every row, on its line, with its parts.
func TestSample(t *testing.T) {
	n := 0
	for c, err := range book.Read(sample, bytes.NewReader(sampleBook(t)), book.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		if c.Row != n+1 || c.Name == "" || len(c.Births) != 1 || len(c.BirthPlaces) != 1 || len(c.Countries) != 1 || len(c.Genders) != 1 || c.Extra != nil {
			t.Fatalf("row %d: %+v", n+1, c)
		}
		if n == 1 {
			want := book.Customer{
				Row: 2, Name: "حسین موسوی", First: "حسین", Last: "موسوی", Births: []string{"1945-04-29"},
				BirthPlaces: []string{"Herat"}, Countries: []string{"Iraq"}, Genders: []string{"male"},
			}
			if diff := cmp.Diff(want, c); diff != "" {
				t.Error(diff)
			}
		}
	}
	if n != 50_000 {
		t.Errorf("%d customers, want 50000", n)
	}
}

func TestCSV(t *testing.T) {
	ann := []book.Customer{{Row: 2, ID: "7", Name: "Ann Lee", Countries: []string{"FR"}}}
	encode := func(s string, e interface{ String(string) (string, error) }) string {
		out, err := e.String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	fmt.Fprint(z, "id,name,country\n7,Ann Lee,FR\n")
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rule, in string
		o        book.Options
		want     []book.Customer
	}{
		{"comma", "id,name,country\n7,Ann Lee,FR\n", book.Options{}, ann},
		{"semicolon", "id;name;country\r\n7;Ann Lee;FR\r\n", book.Options{}, ann},
		{"tab", "id\tname\tcountry\n7\tAnn Lee\tFR", book.Options{}, ann},
		{"bar", "id|name|country\n7|Ann Lee|FR", book.Options{}, ann},
		{"separator line", "sep=;\nid;name;country\n7;Ann Lee;FR", book.Options{}, []book.Customer{{Row: 3, ID: "7", Name: "Ann Lee", Countries: []string{"FR"}}}},
		{"gzip", zipped.String(), book.Options{}, ann},
		{"byte order mark", "\ufeffname,id,country\nAnn Lee,7,FR\n", book.Options{}, ann},
		{"DOS end of file", "id,name,country\n7,Ann Lee,FR\n\x1a", book.Options{}, ann},
		{"separators at the end", "id,name,country\n7,Ann Lee,FR,,\n", book.Options{}, ann},
		{"given delimiter", "id/name/country\n7/Ann Lee/FR\n", book.Options{Delimiter: '/'}, ann},
		{"given columns", "a,name,c,country\nAnn Lee,x,7,FR\n", book.Options{Columns: map[string]string{"name": "a", "id": "C"}}, []book.Customer{
			{Row: 2, ID: "7", Name: "Ann Lee", Countries: []string{"FR"}, Extra: map[string]string{"name": "x"}},
		}},
		{"UTF-16", encode("name\tid\nЙорг\t1\n", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), book.Options{}, []book.Customer{{Row: 2, ID: "1", Name: "Йорг"}}},
		{"Western", encode("name;id\nJürgen Groß;1\n", charmap.Windows1252.NewEncoder()), book.Options{}, []book.Customer{{Row: 2, ID: "1", Name: "Jürgen Groß"}}},
		{"Cyrillic", encode("ФИО;ИНН\nИванов Пётр;7707083893\n", charmap.Windows1251.NewEncoder()), book.Options{}, []book.Customer{
			{Row: 2, Name: "Иванов Пётр", Identifiers: []string{"7707083893"}},
		}},
		{"quoted lines", "name,country\n\"Ann\nLee\",FR\nBo,DE\n", book.Options{}, []book.Customer{
			{Row: 2, Name: "Ann\nLee", Countries: []string{"FR"}}, {Row: 4, Name: "Bo", Countries: []string{"DE"}},
		}},
		{"parts only", "Prénom,Nom\nAnn,Lee\n", book.Options{}, []book.Customer{{Row: 2, Name: "Ann Lee", First: "Ann", Last: "Lee"}}},
		{"an empty name is a customer", "id,name\n1,\n2,Bo\n", book.Options{}, []book.Customer{{Row: 2, ID: "1"}, {Row: 3, ID: "2", Name: "Bo"}}},
		{"several values", "name,Alias 1,Alias 2,DOB,Passport No.,note,type\nAnn,A; B,C,1957|1958,X1,hi,LEGAL ENTITY\nBo,,,,,,ship\n", book.Options{}, []book.Customer{
			{
				Row: 2, Name: "Ann", Kind: "organisation", Aliases: []string{"A", "B", "C"}, Births: []string{"1957", "1958"}, Identifiers: []string{"X1"},
				Extra: map[string]string{"note": "hi"},
			},
			{Row: 3, Name: "Bo", Extra: map[string]string{"type": "ship"}},
		}},
		{"two name columns", "name,Full Name\nAnn,Anna\n", book.Options{}, []book.Customer{{Row: 2, Name: "Ann", Aliases: []string{"Anna"}}}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, errs := all(c.in, c.o)
			if diff := cmp.Diff(c.want, got); diff != "" || len(errs) > 0 {
				t.Error(diff, errs)
			}
		})
	}
}

// TestBrokenRows: each broken row is one error with its line, and the rows
// after it are read.
func TestBrokenRows(t *testing.T) {
	got, errs := all("name,id\nÉéÉéÉéÉéÉé,1\nBo\nCy,3,4\nD\"x,5\nEd,\"6\" 7\nFi\xff,8\nGu,9\n", book.Options{})
	var rows []int
	for _, c := range got {
		rows = append(rows, c.Row)
	}
	if diff := cmp.Diff([]int{2, 8}, rows); diff != "" {
		t.Error(diff)
	}
	for i, want := range []string{"book:3: 1 cells", "book:4: 3 cells", "book:5: a row that", "book:6: a row that", "book:7: column \"name\": invalid UTF-8"} {
		if i >= len(errs) || !strings.HasPrefix(errs[i], want) {
			t.Errorf("error %d is not %q: %q", i, want, errs)
		}
	}
}

func TestBrokenBooks(t *testing.T) {
	for _, c := range []struct {
		rule, in, want, hint string
		o                    book.Options
	}{
		{"no name column", "id,colour\n1,red\n", `book:1: no column holds a name; the columns are "id", "colour"`, "full name", book.Options{}},
		{"empty", "", "the book is empty", "", book.Options{}},
		{"an unknown field", "name\nAnn\n", `no field "nickname"`, "birthplace", book.Options{Columns: map[string]string{"nickname": "name"}}},
		{"an unknown column", "name\nAnn\n", `no column "x" for id`, `"name"`, book.Options{Columns: map[string]string{"id": "x"}}},
		{"old Excel", "\xD0\xCF\x11\xE0", "an old Excel file", "XLSX", book.Options{}},
		{"broken XLSX", "PK\x03\x04rest", "not a readable XLSX file", "XLSX", book.Options{}},
		{"broken gzip", "\x1f\x8b\x00", "a broken gzip file", "", book.Options{}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			n := 0
			for _, err := range book.Read("book", strings.NewReader(c.in), c.o) {
				n++
				if err == nil || !strings.Contains(err.Error(), c.want) || fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Hints(err), c.hint) {
					t.Errorf("%v (%s), hint %q", err, fault.KindOf(err), fault.Hints(err))
				}
			}
			if n != 1 {
				t.Errorf("%d yields, want 1", n)
			}
		})
	}
}

// TestCutGzip: a stream that ends early yields what it held, then an error.
func TestCutGzip(t *testing.T) {
	in := sampleBook(t)
	customers, errs := all(string(in[:len(in)/2]), book.Options{})
	if len(customers) == 0 || len(errs) == 0 || !strings.Contains(errs[len(errs)-1], "unexpected EOF") {
		t.Errorf("%d customers, errors %q", len(customers), errs)
	}
}

// TestLateCharset: a set that shows only after a megabyte of ASCII is found.
func TestLateCharset(t *testing.T) {
	name, err := charmap.Windows1251.NewEncoder().String("Усама бен Ладен")
	if err != nil {
		t.Fatal(err)
	}
	var warnings []string
	in := "name\n" + strings.Repeat("Ann Lee\n", 150_000) + strings.Repeat(name+"\n", 20_000)
	got, errs := all(in, book.Options{Warn: func(s string) { warnings = append(warnings, s) }})
	if len(got) != 170_000 || got[150_000].Name != "Усама бен Ладен" || got[169_999].Name != "Усама бен Ладен" || len(errs) > 0 || len(warnings) != 1 {
		t.Errorf("%d customers, errors %q, warnings %q", len(got), errs, warnings)
	}
}

func workbook(t *testing.T, fill func(f *excelize.File, set func(cell string, value any))) string {
	t.Helper()
	f := excelize.NewFile()
	fill(f, func(cell string, value any) {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	})
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestXLSX(t *testing.T) {
	in := workbook(t, func(f *excelize.File, set func(string, any)) {
		for i, h := range []string{"ID", "Name", "DOB", "Country", "Note"} {
			set(string(rune('A'+i))+"1", h)
		}
		set("A2", 12345678901234)
		set("B2", "Ann Lee")
		set("C2", time.Date(1957, 3, 10, 0, 0, 0, 0, time.UTC))
		set("D2", "FR")
		set("A4", "x")
		set("B4", "Йорг")
		set("C4", 1957)
		if _, err := f.NewSheet("Other"); err != nil {
			t.Fatal(err)
		}
	})
	var warnings []string
	got, errs := all(in, book.Options{Warn: func(s string) { warnings = append(warnings, s) }})
	want := []book.Customer{
		{Row: 2, ID: "12345678901234", Name: "Ann Lee", Births: []string{"1957-03-10"}, Countries: []string{"FR"}},
		{Row: 4, ID: "x", Name: "Йорг", Births: []string{"1957"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(errs) > 0 || len(warnings) != 1 || !strings.Contains(warnings[0], "Other") {
		t.Error(diff, errs, warnings)
	}
	if _, errs := all(in, book.Options{Sheet: "None"}); len(errs) != 1 || !strings.Contains(errs[0], "no sheet") {
		t.Error(errs)
	}
	if _, errs := all(in, book.Options{Sheet: "other"}); len(errs) != 1 || !strings.Contains(errs[0], "the sheet is empty") {
		t.Error(errs)
	}
}

// TestRoundTrip: what the standard library writes comes back, row by row.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "delimiter")
		names := rapid.SliceOfN(rapid.StringMatching(`[A-Za-zЀ-яا-ي",'\n-][A-Za-zЀ-яا-ي ",'\n-]{0,20}[a-zа-я]`), 1, 30).Draw(t, "names")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = delimiter
		records := [][]string{{"customer id", "name"}}
		for i, n := range names {
			records = append(records, []string{fmt.Sprint(i), n})
		}
		if err := w.WriteAll(records); err != nil {
			t.Fatal(err)
		}
		customers, errs := all(b.String(), book.Options{})
		if len(errs) > 0 || len(customers) != len(names) {
			t.Fatalf("%d of %d customers, errors %q", len(customers), len(names), errs)
		}
		line := 2
		for i, c := range customers {
			if want := strings.TrimSpace(names[i]); c.Name != want || c.ID != fmt.Sprint(i) || c.Row != line {
				t.Fatalf("row %d, line %d: %q, %q at line %d", i, line, want, c.Name, c.Row)
			}
			line += 1 + strings.Count(names[i], "\n")
		}
	})
}

// FuzzRead: every line that is not blank lies in a customer or in an error, in
// order.
func FuzzRead(f *testing.F) {
	f.Add([]byte("name,id\nAnn,1\n\"B\nc\",2\nbroken\"x,3\n"))
	f.Add([]byte("sep=;\nname;id\nAnn;1\n"))
	f.Add([]byte("name\n\xd6\xd7\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		if bytes.HasPrefix(in, []byte("PK")) {
			t.Skip("spreadsheets are not ours to fuzz")
		}
		last, n := 0, 0
		for c, err := range book.Read("book", bytes.NewReader(in), book.Options{}) {
			n++
			if err != nil {
				continue
			}
			if c.Row <= last {
				t.Fatalf("row %d after row %d", c.Row, last)
			}
			last = c.Row
		}
		if lines := bytes.Count(in, []byte("\n")) + 1; n > lines {
			t.Fatalf("%d yields of %d lines", n, lines)
		}
	})
}

// BenchmarkCSV reads the real book, unpacked.
func BenchmarkCSV(b *testing.B) {
	z, err := gzip.NewReader(bytes.NewReader(sampleBook(b)))
	if err != nil {
		b.Fatal(err)
	}
	var plain bytes.Buffer
	if _, err := plain.ReadFrom(z); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(plain.Len()))
	b.ReportAllocs()
	rows := 0
	for b.Loop() {
		for _, err := range book.Read("book", bytes.NewReader(plain.Bytes()), book.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			rows++
		}
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}
