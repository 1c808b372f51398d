package book_test

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"interdict/internal/book"
	"interdict/internal/fault"
)

// parquetOf writes rows as a Parquet file with row groups of so many rows.
func parquetOf[T any](t testing.TB, group int64, rows ...T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, parquet.MaxRowsPerRowGroup(group), parquet.PageBufferSize(4<<10))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type typed struct {
	ID      int64      `parquet:"customer_id"`
	Name    string     `parquet:"name"`
	Aliases []string   `parquet:"aliases,list"`
	Born    *int32     `parquet:"birth_date,optional,date"`
	Country []*string  `parquet:"country,list"`
	Kind    *string    `parquet:"kind,optional"`
	Limit   int64      `parquet:"limit,decimal(2:18)"`
	Opened  *time.Time `parquet:"opened,optional,timestamp(microsecond)"`
	Home    struct {
		City string `parquet:"city"`
	} `parquet:"home"`
}

func TestParquetIsReadByTheColumnsOfCSV(t *testing.T) {
	day, person, sy := int32(-4572), "individual", "SY"
	at := time.Date(2020, 5, 6, 7, 8, 9, 0, time.UTC)
	rows := []typed{
		{ID: 7, Name: " Marta Lindqvist ", Aliases: []string{"Marta L.", "", "Ματίνα"}, Born: &day, Country: []*string{&sy, nil}, Kind: &person, Limit: 1250, Opened: &at},
		{ID: 8},
	}
	rows[0].Home.City = "Visby"
	got, errs := all(string(parquetOf(t, 1, rows...)), book.Options{})
	want := []book.Customer{
		{
			Row: 1, ID: "7", Name: "Marta Lindqvist", Aliases: []string{"Marta L.", "Ματίνα"}, Births: []string{"1957-06-26"}, Countries: []string{"SY"},
			Kind: "person", Extra: map[string]string{"limit": "12.5", "opened": "2020-05-06T07:08:09Z", "home.city": "Visby"},
		},
		{Row: 2, ID: "8", Extra: map[string]string{"limit": "0"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || errs != nil {
		t.Errorf("errors %v\n%s", errs, diff)
	}
}

func TestOfSeveralNamesTheFirstIsTheName(t *testing.T) {
	type row struct {
		Names []string `parquet:"Kunde,list"`
		Old   []string `parquet:"old names"`
	}
	in := parquetOf(t, 10, row{[]string{"Eins", "Zwei; Drei", "Vier"}, []string{"Fünf"}}, row{})
	got, errs := all(string(in), book.Options{Columns: map[string]string{"name": "Kunde", "alias": "old names"}})
	if len(got) != 2 || errs != nil || got[0].Name != "Eins" || cmp.Diff([]string{"Fünf", "Zwei; Drei", "Vier"}, got[0].Aliases) != "" || got[1].Name != "" {
		t.Errorf("%+v, errors %v", got, errs)
	}
}

// TestParquetAndCSVSayTheSame writes the same invented rows both ways.
func TestParquetAndCSVSayTheSame(t *testing.T) {
	type row struct {
		ID      string  `parquet:"id"`
		Name    *string `parquet:"name,optional"`
		Alias   string  `parquet:"alias,dict"`
		Birth   *string `parquet:"birth date,optional"`
		Country string  `parquet:"country"`
		Note    string  `parquet:"note"`
	}
	cell := rapid.StringOfN(rapid.SampledFrom([]rune("aB é你م;|- ")), 0, 12, -1)
	rapid.Check(t, func(r *rapid.T) {
		var rows []row
		text := strings.Builder{}
		text.WriteString("id,name,alias,birth date,country,note\n")
		for i := range rapid.IntRange(0, 40).Draw(r, "rows") {
			x := row{ID: fmt.Sprint(i), Alias: cell.Draw(r, "alias"), Country: cell.Draw(r, "country"), Note: cell.Draw(r, "note")}
			name, birth := cell.Draw(r, "name"), cell.Draw(r, "birth")
			x.Name, x.Birth = &name, &birth
			if strings.TrimSpace(name) == "" && rapid.Bool().Draw(r, "null") {
				x.Name = nil
			}
			if strings.TrimSpace(birth) == "" {
				x.Birth = nil
			}
			rows = append(rows, x)
			fmt.Fprintf(&text, "%s,\"%s\",\"%s\",\"%s\",\"%s\",\"%s\"\n", x.ID, name, x.Alias, birth, x.Country, x.Note)
		}
		want, _ := all(text.String(), book.Options{})
		got, errs := all(string(parquetOf(t, int64(rapid.IntRange(1, 20).Draw(r, "group")), rows...)), book.Options{})
		for i := range want {
			want[i].Row-- // a CSV file has a line for its header
		}
		if diff := cmp.Diff(want, got); diff != "" || errs != nil {
			r.Fatalf("errors %v (-CSV +Parquet)\n%s", errs, diff)
		}
	})
}

func TestCellsThatAreNoTextAreErrorsOfTheirRow(t *testing.T) {
	type row struct {
		Name []byte `parquet:"name"`
		ID   string `parquet:"id"`
	}
	in := parquetOf(t, 2, row{[]byte("Anna"), "1"}, row{[]byte("\xff\xfe"), "2"}, row{[]byte("\xff"), "3"}, row{[]byte("Omar"), "4"})
	got, errs := all(string(in), book.Options{})
	want := []string{
		`book:2: row group 1, column "name": not text in UTF-8`,
		`book:3: row group 2, column "name": not text in UTF-8`,
	}
	if diff := cmp.Diff(want, errs); diff != "" || len(got) != 2 || got[1].Row != 4 {
		t.Errorf("%+v\n%s", got, diff)
	}
}

type simple struct {
	ID   string `parquet:"id"`
	Name string `parquet:"name"`
}

func simples(n int) []simple {
	rows := make([]simple, n)
	for i := range rows {
		rows[i] = simple{fmt.Sprint(i), fmt.Sprintf("Customer of number %d %x", i, i*7919)}
	}
	return rows
}

// TestADamagedFileIsNeverReadInSilence damages bytes all over a file. Either every
// row comes as it was written or otherwise in a way that no check can see, or the
// last thing is an error of the whole book that says where and what to do; no row
// is left out in silence.
func TestADamagedFileIsNeverReadInSilence(t *testing.T) {
	whole := parquetOf(t, 700, simples(3000)...)
	told := 0
	for at := 4; at < len(whole); at += len(whole)/400 + 1 {
		in := bytes.Clone(whole)
		in[at] ^= 0xA5
		rows, last := 0, error(nil)
		for _, err := range book.Read("book.parquet", bytes.NewReader(in), book.Options{}) {
			if rows++; err != nil {
				last = err
			}
		}
		if last == nil && rows != 3000 {
			t.Fatalf("byte %d: %d rows of 3000 and no error", at, rows)
		}
		if last != nil {
			told++
		}
	}
	if told < 20 {
		t.Errorf("only %d of 400 damages were seen", told)
	}
	for name, in := range map[string][]byte{"cut": whole[:len(whole)/2], "head alone": whole[:4], "tail gone": whole[:len(whole)-9]} {
		_, errs := all(string(in), book.Options{})
		if len(errs) != 1 || !strings.Contains(errs[0], "cannot be opened") {
			t.Errorf("%s: %q", name, errs)
		}
	}
}

func TestDamageSaysWhere(t *testing.T) {
	whole := parquetOf(t, 1000, simples(3000)...)
	at := bytes.Index(whole, []byte("Customer of number 2500 ")) - 40 // inside the third row group
	in := bytes.Clone(whole)
	for i := range 30 {
		in[at+i] = 0xFF
	}
	var last error
	n := 0
	for _, err := range book.Read("book.parquet", bytes.NewReader(in), book.Options{}) {
		if last = err; err == nil {
			n++
		}
	}
	if last == nil || n < 2000 || n >= 3000 || !strings.Contains(last.Error(), "book.parquet: row group 3, row 2") || !strings.Contains(last.Error(), `column "name"`) ||
		!strings.Contains(fault.Hints(last), "Write the file again") {
		t.Errorf("after %d rows: %v; %s", n, last, fault.Hints(last))
	}
}

func TestParquetBooksThatAreNone(t *testing.T) {
	type nameless struct {
		City string `parquet:"city"`
	}
	for name, x := range map[string]struct {
		in   string
		says string
	}{
		"no name":   {string(parquetOf(t, 5, nameless{"Visby"})), `no column holds a name; the columns are "city"`},
		"encrypted": {"PARE1234567890PARE", "encrypted"},
	} {
		_, errs := all(x.in, book.Options{})
		if len(errs) != 1 || !strings.Contains(errs[0], x.says) {
			t.Errorf("%s: %q", name, errs)
		}
	}
	if got, errs := all(string(parquetOf[simple](t, 5)), book.Options{}); got != nil || errs != nil {
		t.Errorf("no rows: %v %v", got, errs)
	}
}

// TestABigParquetFileIsReadInABoundedMemory reads a file that is far larger than
// the memory in use while it is read.
func TestABigParquetFileIsReadInABoundedMemory(t *testing.T) {
	const rows = 400_000
	var b bytes.Buffer
	w := parquet.NewGenericWriter[simple](&b, parquet.MaxRowsPerRowGroup(200_000))
	for i := range rows {
		if _, err := w.Write([]simple{{fmt.Sprint(i), fmt.Sprintf("Customer %d %s", i, strings.Repeat("x", 100))}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	in := &sectioned{*bytes.NewReader(b.Bytes())}
	var before, now runtime.MemStats
	for range 3 { // what wrote the file has gone
		runtime.GC()
	}
	runtime.ReadMemStats(&before)
	n, most := 0, uint64(0)
	for _, err := range book.Read("big.parquet", in, book.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%40_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
		}
	}
	t.Logf("%d rows, a file of %d bytes, at most %d bytes in use", n, b.Len(), most)
	if n != rows || b.Len() < 40<<20 || most > 12<<20 {
		t.Errorf("%d rows, a file of %d bytes, at most %d bytes in use", n, b.Len(), most)
	}
}

// sectioned reads at offsets, as a file does, and never as a whole.
type sectioned struct{ bytes.Reader }

func (s *sectioned) WriteTo(io.Writer) (int64, error) { panic("read as a whole") }
