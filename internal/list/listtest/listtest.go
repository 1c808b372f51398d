// Package listtest holds what the tests of list readers share: finding the
// real lists, reading them whole, checking what every reader promises, and
// golden files that people read.
//
// It is imported by tests only.
package listtest

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Data returns the folder of real lists below shared/data, and skips the test,
// naming the folder, where it is absent.
func Data(t testing.TB, path ...string) string {
	t.Helper()
	dir := filepath.Join(append([]string{"..", "..", "..", "..", "shared", "data"}, path...)...)
	if _, err := os.Stat(dir); err != nil {
		abs, _ := filepath.Abs(dir)
		t.Skipf("SKIPPED: the real lists are not here; expected folder %s", abs)
	}
	return dir
}

// Files opens files as an edition.
func Files(t testing.TB, paths ...string) []list.File {
	t.Helper()
	var out []list.File
	for _, p := range paths {
		f, err := os.Open(p)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		out = append(out, list.File{Name: filepath.Base(p), Body: f})
	}
	return out
}

// Text makes an edition of one file with this text.
func Text(name, text string) []list.File {
	return []list.File{{Name: name, Body: strings.NewReader(text)}}
}

// Read reads an edition to its end and checks the promises of every reader.
func Read(t testing.TB, read list.Read, files []list.File) ([]record.Record, []error, *list.Report) {
	t.Helper()
	var records []record.Record
	var errs []error
	report := &list.Report{}
	for r, err := range read(files, report) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		records = append(records, r)
	}
	Check(t, records, errs, report)
	return records, errs, report
}

// Check fails t unless each element became a record or an error, keys are
// unique, every record has a name, and all text is valid UTF-8.
func Check(t testing.TB, records []record.Record, errs []error, report *list.Report) {
	t.Helper()
	if report.Elements != len(records)+len(errs) {
		t.Errorf("%d elements, but %d records and %d errors", report.Elements, len(records), len(errs))
	}
	keys := map[string]bool{}
	for _, r := range records {
		if r.Key == "" || keys[r.Key] {
			t.Errorf("key %q at %s is empty or not unique", r.Key, r.Element)
		}
		keys[r.Key] = true
		if r.Kind == "" || r.PrimaryName() == "" || len(r.Listings) == 0 {
			t.Errorf("record %s lacks a kind, a name or a listing", r.Key)
		}
		for _, n := range r.Names {
			if strings.TrimSpace(n.Full) == "" || n.Type == "" || n.Quality == "" || n.At == "" {
				t.Errorf("record %s has an unfinished name %+v", r.Key, n)
			}
		}
		if s := fmt.Sprintf("%+v", r); !utf8.ValidString(s) {
			t.Errorf("record %s holds text that is not UTF-8", r.Key)
		}
	}
}

// Golden compares got with testdata/<name>, or writes it with -update.
func Golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run with -update to write it", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the difference\n%s", path, firstDifference(string(want), got))
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d\nwant %s\ngot  %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("want %d lines, got %d", len(w), len(g))
}

// Dump writes records as JSON without what is empty; a date is its String and,
// where it differs, its printed text.
func Dump(t testing.TB, records []record.Record) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	for _, r := range records {
		if err := enc.Encode(plain(reflect.ValueOf(r))); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// Warnings writes the warnings of a report, one a line.
func Warnings(report *list.Report) string {
	var b strings.Builder
	for _, w := range report.Warnings {
		fmt.Fprintf(&b, "%s: %s\n", w.Place, w.Text)
	}
	return b.String()
}

// field keeps struct fields in their order, which a map would not.
type field struct {
	name  string
	value any
}

type object []field

// MarshalJSON writes the fields in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, _ := json.Marshal(f.name)
		var v strings.Builder
		enc := json.NewEncoder(&v)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(f.value); err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.WriteString(strings.TrimSuffix(v.String(), "\n"))
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}

func plain(v reflect.Value) any {
	if p, ok := v.Interface().(date.Partial); ok {
		if p.Text == "" || p.Text == p.String() {
			return p.String()
		}
		return p.String() + " <- " + p.Text
	}
	switch v.Kind() {
	case reflect.Struct:
		var o object
		for i := range v.NumField() {
			f := v.Type().Field(i)
			switch {
			case v.Field(i).IsZero():
			case f.Anonymous:
				o = append(o, plain(v.Field(i)).(object)...)
			default:
				o = append(o, field{f.Name, plain(v.Field(i))})
			}
		}
		return o
	case reflect.Slice:
		var out []any
		for i := range v.Len() {
			out = append(out, plain(v.Index(i)))
		}
		return out
	}
	return v.Interface()
}
