package sheet_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/list/listtest"
	"interdict/internal/list/sheet"
	"interdict/internal/record"
)

const least = `
id: own
title: Own
format: csv
columns:
  - {name: name, header: [name], to: name}
  - {name: dob, header: [dob], to: birth.date}
`

// load makes a source of the least mapping with lines replaced or added.
func load(t testing.TB, mapping string) list.Source {
	t.Helper()
	s, err := sheet.Load(strings.NewReader(mapping), "own.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMappingErrorsSayWhatAndWhere(t *testing.T) {
	for _, c := range []struct{ name, mapping, want string }{
		{"unknown key has its line", strings.Replace(least, "title: Own", "titel: Own", 1), `own.yaml: [3:1] unknown field "titel"`},
		{"unknown key deep down", strings.Replace(least, "to: birth.date}", "too: birth.date}", 1), `[7:32] unknown field "too"`},
		{"not YAML", "id: [", "own.yaml: "},
		{"no id", strings.Replace(least, "id: own", "", 1), "id is missing"},
		{"no title", strings.Replace(least, "title: Own", "", 1), "title is missing"},
		{"unknown format", strings.Replace(least, "csv", "pdf", 1), `format is "pdf"`},
		{"unknown target", strings.Replace(least, "birth.date", "birth.day", 1), `"birth.day" is no target`},
		{"no column of names", strings.Replace(least, "to: name", "to: other", 1), "no column goes to name"},
		{"header twice", strings.Replace(least, "header: [dob]", "header: [NAME]", 1), `stands in columns "name" and "dob"`},
		{"column twice", strings.Replace(least, "name: dob", "name: name", 1), `two columns are named "name"`},
		{"kind map", least + "  - {header: [t], to: kind, map: {X: robot}}\n", `"robot" is none of`},
		{"identifier type", least + "  - {header: [t], to: identifier, as: pasport}\n", `as: "pasport" does not fit`},
		{"name quality", least + "  - {header: [t], to: alias, quality: {value: good}}\n", `quality: "good" is none of`},
		{"pattern", least + "  - {header: [t], to: remark, extract: [{pattern: '(', to: also}]}\n", "extract pattern"},
		{"extract without pattern", least + "  - {header: [t], to: remark, extract: [{to: also}]}\n", "has no pattern"},
		{"column that is not there", least + "group: {column: ref}\n", `no column is named "ref"`},
		{"grammar of dates", least + "  - {header: [t], to: listed, dates: [american]}\n", `"american" is no grammar`},
		{"status", least + "constant: {status: gone}\n", "must be active or ended"},
		{"bounds", least + "bounds: {rows: [1]}\n", "bounds.rows must be two numbers"},
		{"share of nothing", least + "bounds: {rows: [1, 2], fill: {shoes: 10}}\n", "bounds.fill: shoes: 10 is no share"},
		{"share above all", least + "bounds: {rows: [1, 2], fill: {name: 101}}\n", "bounds.fill: name: 101 is no share"},
		{"no header", strings.Replace(least, "header: [dob], ", "", 1), "columns[1] has no header"},
		{"no position", least + "header: {none: true}\n", "columns[0] needs a position"},
		{"quoted without separator", least + "  - {header: [t], to: alias, quoted: true}\n", "quoted needs exactly one separator"},
		{"two characters as delimiter", least + "delimiter: ';;'\n", "must be one character"},
		{"implied kind", least + "  - {header: [t], to: remark, implies: robot}\n", `"robot" is no kind`},
	} {
		_, err := sheet.Load(strings.NewReader(c.mapping), "own.yaml")
		if err == nil || !strings.Contains(err.Error(), c.want) || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v (%v), want %q", c.name, err, fault.KindOf(err), c.want)
		}
	}
}

// short writes what a record says in one line.
func short(r record.Record) string {
	var b []string
	b = append(b, string(r.Kind))
	for _, n := range r.Names {
		b = append(b, string(n.Type)+"/"+string(n.Quality)+":"+n.Full)
	}
	for _, x := range r.Births {
		b = append(b, "born:"+x.Date.String()+x.Place.Text)
	}
	for _, x := range r.Nationalities {
		b = append(b, "nat:"+x.Code)
	}
	for _, x := range r.Addresses {
		b = append(b, "addr:"+strings.Trim(strings.Join([]string{x.Street, x.PostCode, x.City, x.Code, x.Text}, ","), ","))
	}
	for _, x := range r.Identifiers {
		b = append(b, x.Type+":"+x.Number)
	}
	for _, x := range r.Other {
		b = append(b, x.Role+"="+x.Text)
	}
	if r.Listings[0].Ended {
		b = append(b, "ended:"+r.Listings[0].Delisted.String())
	}
	return strings.Join(b, " | ")
}

func TestTraps(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
		errs       []string
		warns      []string
	}{
		{"byte order mark and semicolons", "\ufeffName;Date of birth\nA B;1.2.1970\n", []string{"unknown | primary/strong:A B | born:1970-02-01"}, nil, nil},
		{"tab and other case", "NAME\tDOB\nA B\t1970\n", []string{"unknown | primary/strong:A B | born:1970"}, nil, nil},
		{"UTF-16 of a workbook", utf16("name,dob\nЖук,1970\n"), []string{"unknown | primary/strong:Жук | born:1970"}, nil, nil},
		{"text above the header", "My list\nof people\n\nname,country\nA,x\n", []string{"unknown | primary/strong:A"}, nil, []string{"text above the header: \"My list | of people\""}},
		{"header again on a later page", "name,dob\nA,1970\nname,dob\nB,1971\n", []string{"unknown | primary/strong:A | born:1970", "unknown | primary/strong:B | born:1971"}, nil, nil},
		{"blank rows and Ctrl-Z at the end", "name,dob\n,\nA,1970\n \n\x1a\n", []string{"unknown | primary/strong:A | born:1970"}, nil, nil},
		{"one column only", "name\nA\nB\n", []string{"unknown | primary/strong:A", "unknown | primary/strong:B"}, nil, nil},
		{"unknown column is kept and reported", "name,shoe size\nA,44\n", []string{"unknown | primary/strong:A | shoe size=44"}, nil, []string{"does not name this column"}},
		{"cells beyond the header are kept", "name,dob\nA,1970,more\n", []string{"unknown | primary/strong:A | born:1970 | column C=more"}, nil, nil},
		{"fewer cells than the header", "name,dob,country\nA\n", []string{"unknown | primary/strong:A"}, nil, nil},
		{"several values in a cell", "name,aliases,nationality\nA,B; C | D,Syria; Iraq\n", []string{"unknown | primary/strong:A | alias/unspecified:B | alias/unspecified:C | alias/unspecified:D | nat:SY | nat:IQ"}, nil, nil},
		{"numbered columns", "name,alias 1,alias 2\nA,B,C\n", []string{"unknown | primary/strong:A | alias/unspecified:B | alias/unspecified:C"}, nil, nil},
		{"parts of a name", "first name,last name,dob\nAnna,Beispiel,1970\n", []string{"unknown | primary/strong:Anna Beispiel | born:1970"}, nil, nil},
		{"columns of one address", "name,street,city,zip,address country\nA,Main St 1,Paris,75001,France\n", []string{"unknown | primary/strong:A | addr:Main St 1,75001,Paris,FR"}, nil, nil},
		{"kind by several words", "name,type\nA,Individual\nB,COMPANY\nC,ship\n", []string{"person | primary/strong:A", "organisation | primary/strong:B", "vessel | primary/strong:C"}, nil, nil},
		{"unknown kind is kept, reported, not guessed", "name,type\nA,dragon\n", []string{"unknown | primary/strong:A | kind=dragon"}, nil, []string{`"dragon" is not in the table`}},
		{"words for nothing", "name,dob,country\nA,N/A,-\n", []string{"unknown | primary/strong:A"}, nil, nil},
		{"escaped line end", "name,dob\nA_x000D_B,1970\n", []string{"unknown | primary/strong:A B | born:1970"}, nil, nil},
		{"date not understood is kept and reported", "name,dob\nA,long ago\n", []string{"unknown | primary/strong:A | born:long ago"}, nil, []string{"reading date"}},
		{"several births are not paired by chance", "name,dob,pob\nA,1970; 1971,Paris; Rome\n", []string{"unknown | primary/strong:A | born:1970 | born:1971 | born:Paris | born:Rome"}, nil, nil},
		{"delisted", "name,delisted\nA,2020-01-02\n", []string{"unknown | primary/strong:A | ended:2020-01-02"}, nil, nil},
		{"row without a name", "name,dob\n,1970\nB,1971\n", []string{"unknown | primary/strong:B | born:1971"}, []string{"f.csv:2: row 2: the entry has no name"}, nil},
		{"broken quotes name the line, the rest goes on", "name,dob\nA\"x,1970\nB,1971\n", []string{"unknown | primary/strong:B | born:1971"}, []string{"f.csv:2: the row is no CSV"}, nil},
		{"bytes that are not UTF-8", "name,dob\nJos\xe9,1970\nB,1971\n", []string{"unknown | primary/strong:B | born:1971"}, []string{"f.csv:2: the row holds bytes that are not UTF-8"}, nil},
		{"not a list", "this,is\nno,list\n", nil, []string{"nothing in this file looks like the list \"csv\""}, nil},
		{"empty file", "", nil, []string{"nothing in this file looks like the list"}, nil},
		{"header only is an empty edition", "name,dob\n", nil, nil, nil},
		{"same row twice", "name,dob\nA,1970\nA,1970\n", []string{"unknown | primary/strong:A | born:1970", "unknown | primary/strong:A | born:1970"}, nil, []string{"stands twice"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, errs, report := listtest.Read(t, source(t, "csv").Formats[0].Read, listtest.Text("f.csv", c.text))
			var got []string
			for _, r := range records {
				got = append(got, short(r))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if len(errs) != len(c.errs) || len(errs) > 0 && !strings.Contains(errs[0].Error(), c.errs[0]) {
				t.Errorf("errors %v, want %q", errs, c.errs)
			}
			if len(report.Warnings) != len(c.warns) || len(c.warns) > 0 && !strings.Contains(report.Warnings[0].Text, c.warns[0]) {
				t.Errorf("warnings %v, want %q", report.Warnings, c.warns)
			}
		})
	}
}

func utf16(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func TestCharsetOfAMapping(t *testing.T) {
	s := load(t, least+"charset: windows-1251\n")
	records, errs, _ := listtest.Read(t, s.Formats[0].Read, listtest.Text("f.csv", "name,dob\n\xc6\xf3\xea,1970\n"))
	if len(errs) != 0 || len(records) != 1 || records[0].Names[0].Full != "Жук" {
		t.Errorf("%v %v", records, errs)
	}
}

// The statute page of Singapore, written by us from its description.
func TestSingaporeStatute(t *testing.T) {
	page := `<html><head><title>TSFA2002 sso.agc.gov.sg</title></head><body><h2>First Schedule</h2>
<table><tr><td class="tailSTxt">1. Any person named in the list of the Committee.</td></tr>
<tr><td class="tailSTxt">2. The following persons:<table>
<tr><td class="sProvP1No">(a)</td><td class="sProvP1">Sample s/o Parent @ Abu Sample (Singapore citizen) (Passport No. X1234567) (Date of Birth: 1 February 1970);</td></tr>
<tr><td class="sProvP1No">(b)</td><td class="sProvP1">[Deleted by S 1/2020]</td></tr>
<tr><td class="sProvP1No">(c)</td><td class="sProvP1">Example bin Other.</td></tr>
</table></td></tr></table>
<p>unrelated</p><table><tr><td>x</td><td>y</td></tr></table></body></html>`
	s := source(t, "sg")
	if !s.Formats[0].Accepts([]string{"act.html"}, []byte(page)) {
		t.Error("the page is not taken")
	}
	records, errs, report := listtest.Read(t, s.Formats[0].Read, listtest.Text("act.html", page))
	for _, err := range errs {
		t.Error(err)
	}
	listtest.Golden(t, "sg.golden", listtest.Dump(t, records)+"warnings:\n"+listtest.Warnings(report))
}

func TestOldWorkbookIsNamed(t *testing.T) {
	_, errs, _ := listtest.Read(t, source(t, "ae").Formats[0].Read, listtest.Text("uae.xls", "\xd0\xcf\x11\xe0rest"))
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), "old format (.xls)") || !strings.Contains(fault.Hints(errs[0]), ".xlsx") {
		t.Errorf("%v", errs)
	}
}

func TestBoundsAreThere(t *testing.T) {
	for _, s := range sheet.Sources() {
		b, ok := sheet.BoundsOf(s.ID)
		if s.ID == "csv" {
			continue
		}
		if !ok || len(b.Rows) != 2 || b.Rows[0] < 1 || b.Rows[0] >= b.Rows[1] || b.Fill["name"] != 100 {
			t.Errorf("%s: bounds %+v", s.ID, b)
		}
	}
	if _, ok := sheet.BoundsOf("none"); ok {
		t.Error("a list that is not there has bounds")
	}
}

// Rows come out one for one and in order, whatever the cells say.
func TestEveryRowComesOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.StringMatching(`[\p{L}][\p{L} '",;|-]{0,20}`), 0, 20).Draw(t, "names")
		var b strings.Builder
		w := csv.NewWriter(&b)
		_ = w.Write([]string{"name", "dob"})
		for _, n := range names {
			_ = w.Write([]string{n, "1970"})
		}
		w.Flush()
		var report list.Report
		i := 0
		for r, err := range source(t, "csv").Formats[0].Read(listtest.Text("f.csv", b.String()), &report) {
			if err != nil {
				t.Fatalf("%q: %v", names[i], err)
			}
			if r.Names[0].Full != list.Squeeze(names[i]) && !strings.EqualFold(names[i], "none") {
				t.Fatalf("row %d is %q, want %q", i, r.Names[0].Full, names[i])
			}
			i++
		}
		if i != len(names) || report.Elements != i {
			t.Fatalf("%d of %d rows came out", i, len(names))
		}
	})
}

// Rows of groups may come in any order of groups: the entries are the same.
func TestGroupsDoNotDependOnOrder(t *testing.T) {
	s := load(t, least+"  - {name: ref, header: [ref], to: reference}\ngroup: {column: ref, strip: '[a-z]+$'}\n")
	rapid.Check(t, func(t *rapid.T) {
		var rows []string
		for i := range rapid.IntRange(1, 6).Draw(t, "groups") {
			for j := range rapid.IntRange(1, 4).Draw(t, "rows") {
				rows = append(rows, fmt.Sprintf("Name%d,19%02d,%d%s", i, 50+j, i, string(rune('a'+j))))
			}
		}
		read := func(rows []string) map[string]int {
			out := map[string]int{}
			for r, err := range s.Formats[0].Read(listtest.Text("f.csv", "name,dob,ref\n"+strings.Join(rows, "\n")), &list.Report{}) {
				if err != nil {
					t.Fatal(err)
				}
				out[r.Key+" "+r.Names[0].Full] = len(r.Births)
			}
			return out
		}
		want := read(rows)
		if got := read(rapid.Permutation(rows).Draw(t, "order")); !maps.Equal(got, want) {
			t.Fatalf("%v, in another order %v", want, got)
		}
	})
}

// FuzzMapping asserts that a mapping is either a list with an id, a title and
// one format, or an Invalid error.
func FuzzMapping(f *testing.F) {
	f.Add(least)
	f.Add("id: a\ntitle: b\nformat: html\nheader: {none: true}\ncolumns: [{position: 1, to: remark, extract: [{pattern: '(.)', to: name}]}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := sheet.Load(strings.NewReader(text), "m.yaml")
		switch {
		case err != nil && fault.KindOf(err) != fault.Invalid:
			t.Fatalf("%v is %v", err, fault.KindOf(err))
		case err == nil && (s.ID == "" || s.Title == "" || len(s.Formats) != 1):
			t.Fatalf("%+v", s)
		}
	})
}

// FuzzCSV asserts that each row that is not blank, and not above the header, is
// a record, an error or a reported row, whatever the bytes.
func FuzzCSV(f *testing.F) {
	f.Add("name,dob\nA,1970\n,\nB,x\n")
	f.Add("name;alias\n\"a;b\";c\n\xff;d\n\"open")
	f.Add("\xff\xfen\x00")
	f.Add("name,type,split\nA,ship,\"1) a 2) b\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		records, errs, _ := listtest.Read(t, source(t, "csv").Formats[0].Read, listtest.Text("f.csv", text))
		if strings.HasPrefix(text, "name,dob\n") && !strings.ContainsAny(text, "\ufeff") {
			rows := 0
			r := csv.NewReader(strings.NewReader(text))
			r.FieldsPerRecord = -1
			_, _ = r.Read()
			for {
				row, err := r.Read()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil || said(row) && !slices.Equal(row, []string{"name", "dob"}) {
					rows++
				}
			}
			if rows != len(records)+len(errs) {
				t.Fatalf("%d rows, %d records, %d errors", rows, len(records), len(errs))
			}
		}
	})
}

func said(row []string) bool {
	return strings.Trim(strings.Join(row, ""), " \t\r\n\v\f\x1a\u0085\u00a0\u200b\ufeff\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000") != ""
}

// What an act prints inside a name is an alias besides; a part of a name is not.
func TestNamesInsideNamesOfEUActs(t *testing.T) {
	for name, want := range map[string][]string{
		"Igor TEST (a.k.a. Bes (devil))":                          {"Igor TEST", "Bes (devil)"},
		"Larisa TEST (a.k.a. Larysa TEST, Larisa TESTA or L TES)": {"Larisa TEST", "Larysa TEST", "Larisa TESTA", "L TES"},
		"Dmitry TEST (Дмитрий ТЕСТ)":                              {"Dmitry TEST", "Дмитрий ТЕСТ"},
		"Natalya TEST/Natalia TEST":                               {"Natalya TEST", "Natalia TEST"},
		"Artyom/ Artem G TEST (Russian:Артём ТЕСТ)":               {"Artem G TEST", "Артём ТЕСТ"},
		"Fawaz TEST – فواز تست":                                   {"Fawaz TEST", "فواز تست"},
		"Test Research Centre (TRC)":                              {"Test Research Centre", "TRC"},
		"Test Front – General Command":                            nil,
		"Test Office (a.k.a. Test Agency) of the State":           {"Test Agency"},
		"Captain A (alias Toumba) TEST":                           {"Toumba"},
		"TEST, One":                                               nil,
	} {
		text := "celex,programKey,schema,name\n32000R0001,EU-X,Person,\"" + name + "\"\n"
		records, errs, _ := listtest.Read(t, source(t, "eu-acts").Formats[0].Read, listtest.Text("a.csv", text))
		if len(errs) != 0 || records[0].Names[0].Full != name {
			t.Errorf("%q: %v %v", name, errs, records)
			continue
		}
		var got []string
		for _, n := range records[0].Names[1:] {
			got = append(got, n.Full)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
