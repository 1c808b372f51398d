package un_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/date"
	"interdict/internal/list/listtest"
	"interdict/internal/list/un"
	"interdict/internal/record"
)

var read = un.Source.Formats[0].Read

func realFiles(t *testing.T) []string {
	dir := listtest.Data(t, "lists", "un")
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.xml"))
	if err != nil || len(files) != 35 {
		t.Fatalf("%d files in %s, %v; the index names 35", len(files), dir, err)
	}
	return files
}

func TestEveryRealFileYieldsARecordForEachEntry(t *testing.T) {
	total := 0
	for _, path := range realFiles(t) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !un.Source.Formats[0].Accepts(nil, raw[:min(len(raw), 4096)]) {
			t.Errorf("%s is not taken for the UN list", path)
		}
		records, errs, report := listtest.Read(t, read, listtest.Files(t, path))
		if len(errs) > 0 {
			t.Errorf("%s: %v", path, errs[0])
		}
		if n := bytes.Count(raw, []byte("<DATAID>")); n != len(records) {
			t.Errorf("%s: %d elements DATAID, %d records", path, n, len(records))
		}
		if n := bytes.Count(raw, []byte("</INDIVIDUAL>")) + bytes.Count(raw, []byte("</ENTITY>")); n != report.Elements {
			t.Errorf("%s: %d entries by their end tags, %d elements", path, n, report.Elements)
		}
		if !report.Date.Known() {
			t.Errorf("%s: no date", path)
		}
		if len(report.Warnings) > 0 {
			t.Errorf("%s: %d warnings\n%s", path, len(report.Warnings), listtest.Warnings(report))
		}
		total += len(records)
		countReviews(t, path, raw, records)
		if !nearlyAgain[filepath.Base(path)] {
			nothingLost(t, path, raw, records)
		}
	}
	if total != 16110 {
		t.Errorf("%d records in all; the index sums up to 16110", total)
	}
}

// nearlyAgain are versions that differ little from one of the others; they
// are read and counted, but not searched text by text.
var nearlyAgain = map[string]bool{
	"un-1267-2014-11-24.xml": true, "un-1267-2014-12-12.xml": true, "un-1267-2015-01-02.xml": true, "un-1267-2015-01-23.xml": true,
	"un-1267-2015-02-02.xml": true, "un-1267-2015-02-11.xml": true, "un-1267-2015-02-19.xml": true, "un-1267-2015-03-17.xml": true,
	"un-consolidated-2015-03-13.xml": true, "un-consolidated-2015-03-16.xml": true, "un-consolidated-2015-03-27.xml": true,
	"un-consolidated-2018-06-07.xml": true, "un-consolidated-2018-06-21.xml": true, "un-consolidated-2018-08-24.xml": true,
	"un-consolidated-2020-11-23.xml": true, "un-consolidated-2024-09-21.xml": true,
}

// Counted independently: each "was concluded on" of a comment is a review.
func countReviews(t *testing.T, path string, raw []byte, records []record.Record) {
	t.Helper()
	words := strings.Join(strings.Fields(string(raw)), " ")
	want := len(regexp.MustCompile(`(?i)\bconcluded on \d`).FindAllString(words, -1))
	got := 0
	for _, r := range records {
		for _, d := range r.Listings[0].Reviewed {
			got++
			if d.Precision != date.Day && len(d.Text) > len("27 Sept.") { // two are printed without a year
				t.Errorf("%s: review of %s at %q", path, r.Key, d.Text)
			}
		}
	}
	if want != got {
		t.Errorf("%s: %d reviews printed, %d read", path, want, got)
	}
}

var leaf = regexp.MustCompile(`<([A-Z_0-9]+)>([^<]+)</`)

// Each text of an entry must stand somewhere in its record: whole, or its
// words where the reader split it. Only the file's numbering, and the two
// codes that become types, may be missing.
func nothingLost(t *testing.T, path string, raw []byte, records []record.Record) {
	t.Helper()
	entries := strings.Split(string(raw), "<DATAID>")[1:]
	unescape := strings.NewReplacer("&amp;", "&", "&apos;", "'", "&quot;", `"`, "&lt;", "<", "&gt;", ">")
	for i, r := range records {
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
		have := letters(b.String())
		for _, m := range leaf.FindAllStringSubmatch("<DATAID>"+entries[i], -1) {
			text := letters(unescape.Replace(m[2]))
			switch m[1] {
			case "VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "QUALITY", "TYPE_OF_DATE":
				continue
			case "REFERENCE_NUMBER":
				text = strings.TrimRight(text, ".")
			}
			if text == "null" || text == "UNList" || strings.Contains(have, text) {
				continue
			}
			for _, word := range strings.FieldsFunc(unescape.Replace(m[2]), separator) {
				if !strings.Contains(have, letters(word)) && !numberWords[strings.ToLower(word)] {
					t.Errorf("%s: %s: %q of %s %q is nowhere in the record", path, r.Key, word, m[1], m[2])
				}
			}
		}
	}
}

// Words that the reader drops because they say only what the element says.
var numberWords = map[string]bool{"number": true, "no.": true, "a": true, "b": true, "c": true}

func separator(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(";،؛,()-/", r) }

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\\' || r == '"' {
			return -1
		}
		return r
	}, s)
}

func TestSampleGolden(t *testing.T) {
	records, errs, report := listtest.Read(t, read, listtest.Files(t, "testdata/sample.xml"))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	listtest.Golden(t, "sample.golden", listtest.Dump(t, records)+listtest.Warnings(report))
}

// entry wraps the elements of one individual into a list.
func entry(elements string) string {
	return `<CONSOLIDATED_LIST dateGenerated="2020-01-02"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>` +
		`<FIRST_NAME>A</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.001</REFERENCE_NUMBER>` +
		elements + `</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`
}

func one(t *testing.T, elements string) record.Record {
	t.Helper()
	records, errs, _ := listtest.Read(t, read, listtest.Text("un.xml", entry(elements)))
	if len(errs) > 0 || len(records) != 1 {
		t.Fatalf("%d records, errors %v", len(records), errs)
	}
	return records[0]
}

func TestBirthDates(t *testing.T) {
	for _, c := range []struct{ rule, element, want string }{
		{"a day with a zone", "<DATE>1960-01-01-05:00</DATE><TYPE_OF_DATE>EXACT</TYPE_OF_DATE>", "1960-01-01"},
		{"a day with a time", "<DATE>1960-01-01T00:00:00</DATE>", "1960-01-01"},
		{"zero day", "<DATE>1960-03-00</DATE>", "1960-03"},
		{"zero day and month", "<DATE>1960-00-00</DATE>", "1960"},
		{"type in capitals", "<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1960</YEAR>", "c. 1960"},
		{"type in 2015", "<TYPE_OF_DATE>Approximately</TYPE_OF_DATE><YEAR>1960</YEAR>", "c. 1960"},
		{"between years", "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR>", "1960..1962"},
		{"two years in YEAR", "<YEAR>1960/1962</YEAR>", "1960..1962"},
		{"Hijri note", "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>24/06/1402 (Hijri Calendar)</NOTE>", "1982-04-18..1982-04-20"},
		{"date in a note", "<NOTE>August 1961 </NOTE>", "1961-08"},
		{"no date in a note", "<NOTE>29 years old</NOTE>", "29 years old"},
	} {
		r := one(t, "<INDIVIDUAL_DATE_OF_BIRTH>"+c.element+"</INDIVIDUAL_DATE_OF_BIRTH>")
		if len(r.Births) != 1 || r.Births[0].Date.String() != c.want {
			t.Errorf("%s: %+v, want %s", c.rule, r.Births, c.want)
		}
	}
}

func TestAliases(t *testing.T) {
	type name struct {
		Full    string
		Type    record.NameType
		Quality record.Quality
		Script  string
		Births  int
	}
	for _, c := range []struct {
		rule, quality, printed, note string
		want                         []name
	}{
		{"good in any case", "GOOD", "B C", "", []name{{"B C", record.Alias, record.Strong, "", 0}}},
		{"low", "Low", "B C", "", []name{{"B C", record.Alias, record.Weak, "", 0}}},
		{"a.k.a.", "a.k.a.", "B C", "", []name{{"B C", record.Alias, record.Unspecified, "", 0}}},
		{"f.k.a.", "f.k.a.", "B C", "", []name{{"B C", record.Former, record.FormerName, "", 0}}},
		{"none", "", "B C", "", []name{{"B C", record.Alias, record.UnknownQual, "", 0}}},
		{"joined", "Good", "B C; D E;", "", []name{{"B C", record.Alias, record.Strong, "", 0}, {"D E", record.Alias, record.Strong, "", 0}}},
		{"lettered", "Good", "B C; D b) E F", "", []name{{"B C", record.Alias, record.Strong, "", 0}, {"D", record.Alias, record.Strong, "", 0}, {"E F", record.Alias, record.Strong, "", 0}}},
		{"bracket in one script stays", "a.k.a.", "B Company (BC; B Co)", "", []name{{"B Company (BC; B Co)", record.Alias, record.Unspecified, "", 0}}},
		{"bracket in another script is a name", "Good", "حسن (Hassan; Hasan)", "", []name{{"حسن", record.Alias, record.Strong, "Arab", 0}, {"Hassan", record.Alias, record.Strong, "", 0}, {"Hasan", record.Alias, record.Strong, "", 0}}},
		{"a remark in brackets is none", "Good", "أبو (prominently known by this nom de guerre)", "", []name{{"أبو (prominently known by this nom de guerre)", record.Alias, record.Strong, "", 0}}},
		{"formerly listed in the name", "Good", "B C (previously listed as)", "", []name{{"B C", record.Former, record.Strong, "", 0}}},
		{"formerly listed in the note", "Good", "B C", "formerly listed as", []name{{"B C", record.Former, record.Strong, "", 0}}},
		{"a whole line of birth", "Good", "B C, born on 13 Apr. 1964", "", []name{{"B C", record.Alias, record.Strong, "", 1}}},
		{"birth and document", "Good", "B C, born 1 Jan. 1953 (Oman passport no.03825239, date of issue 4 May 2014, expiry 3 May 2024.)", "", []name{{"B C", record.Alias, record.Strong, "", 1}}},
		{"lettered births in a note", "Good", "B C", "DOB: a) 11 Apr. 1960 b) 11 Apr. 1963. POB: Egypt", []name{{"B C", record.Alias, record.Strong, "", 2}}},
		{"original script in a note", "Low", "B", "original script: Абу Банат", []name{{"B", record.Alias, record.Weak, "", 0}, {"Абу Банат", record.Alias, record.Weak, "Cyrl", 0}}},
		{"Arabic comma", "Good", "شيخ ، الفاتح", "", []name{{"شيخ", record.Alias, record.Strong, "Arab", 0}, {"الفاتح", record.Alias, record.Strong, "Arab", 0}}},
	} {
		r := one(t, "<INDIVIDUAL_ALIAS><QUALITY>"+c.quality+"</QUALITY><ALIAS_NAME>"+c.printed+"</ALIAS_NAME><NOTE>"+c.note+"</NOTE></INDIVIDUAL_ALIAS>")
		var got []name
		for _, n := range r.Names[1:] {
			got = append(got, name{n.Full, n.Type, n.Quality, n.Script, len(n.Births)})
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.rule, d)
		}
	}
}

func TestDocuments(t *testing.T) {
	for _, c := range []struct{ rule, elements, kind, number, country string }{
		{"French", "<TYPE_OF_DOCUMENT>Numéro de passeport</TYPE_OF_DOCUMENT><NUMBER>AA1</NUMBER>", "passport", "AA1", ""},
		{"second country", "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>AA1</NUMBER><COUNTRY_OF_ISSUE>Mali</COUNTRY_OF_ISSUE>", "passport", "AA1", "ML"},
		{"both countries", "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>AA1</NUMBER><COUNTRY_OF_ISSUE>Germany</COUNTRY_OF_ISSUE><ISSUING_COUNTRY>Mali</ISSUING_COUNTRY>", "passport", "AA1", "ML"},
		{"number in the type", "<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>tazkira number 545167</TYPE_OF_DOCUMENT2><NOTE>issued in 1974</NOTE>", "national-id", "545167", ""},
		{"number in the note", "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NOTE>Tunisian passport number L 191609 issued on 28 Feb. 1996</NOTE>", "passport", "L 191609", ""},
		{"series of letters in the number", "<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><NOTE>Italian Fiscal Code: DAOMMD74T11Z352Z</NOTE>", "tax", "DAOMMD74T11Z352Z", ""},
		{"word before the number", "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>No. 96/184442</NUMBER>", "passport", "96/184442", ""},
		{"no number at all", "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NOTE>None</NOTE>", "passport", "", ""},
	} {
		r := one(t, "<INDIVIDUAL_DOCUMENT>"+c.elements+"</INDIVIDUAL_DOCUMENT>")
		if len(r.Identifiers) != 1 {
			t.Errorf("%s: %+v", c.rule, r.Identifiers)
			continue
		}
		if id := r.Identifiers[0]; id.Type != c.kind || id.Number != c.number || id.Code != c.country {
			t.Errorf("%s: %+v", c.rule, id)
		}
	}
}

func TestReferenceIsStripped(t *testing.T) {
	for printed, want := range map[string]string{"KPi.034 ": "KPi.034", "QI.A.325.14.": "QI.A.325.14", " QDi.\n001": "QDi.001"} {
		text := strings.Replace(entry(""), "KPi.001", printed, 1)
		records, errs, _ := listtest.Read(t, read, listtest.Text("un.xml", text))
		if len(errs) > 0 || records[0].Listings[0].Reference != want {
			t.Errorf("%q: %+v, %v", printed, records, errs)
		}
	}
}

func TestFaultsNameTheirPlace(t *testing.T) {
	for _, c := range []struct{ rule, text, want string }{
		{"no name", strings.Replace(entry(""), "<FIRST_NAME>A</FIRST_NAME>", "", 1), "un.xml:1: CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL[1]: the entry has no name"},
		{"no key", strings.NewReplacer("<DATAID>1</DATAID>", "", "KPi.001", "").Replace(entry("")), "neither DATAID nor REFERENCE_NUMBER"},
		{"cut off", entry("")[:200], "unexpected EOF"},
		{"document type", `<!DOCTYPE x>` + entry(""), "document types and entities are refused"},
	} {
		records, errs, _ := listtest.Read(t, read, listtest.Text("un.xml", c.text))
		if len(records) != 0 || len(errs) != 1 || !strings.Contains(errs[0].Error(), c.want) {
			t.Errorf("%s: records %d, errors %v", c.rule, len(records), errs)
		}
	}
}

func TestRepeatedKeysStayApart(t *testing.T) {
	text := strings.Replace(entry(""), "</INDIVIDUALS>", `<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>B</FIRST_NAME>`+
		`<UN_LIST_TYPE>Iran</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.002</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS>`, 1)
	records, _, report := listtest.Read(t, read, listtest.Text("un.xml", text))
	if len(records) != 2 || records[1].Key != "1#2" {
		t.Fatalf("%+v", records)
	}
	for _, want := range []string{"used 2 times", `"KPi.002" does not belong to list type "Iran"`} {
		if !strings.Contains(listtest.Warnings(report), want) {
			t.Errorf("no warning %q in\n%s", want, listtest.Warnings(report))
		}
	}
}

func FuzzRead(f *testing.F) {
	sample, err := os.ReadFile("testdata/sample.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(sample))
	f.Add(entry("<INDIVIDUAL_ALIAS><ALIAS_NAME>a (b; c</ALIAS_NAME></INDIVIDUAL_ALIAS>"))
	f.Add(entry("<COMMENTS1>Father's name is X (Y. Z; name of mother: . Died 1999</COMMENTS1>"))
	f.Fuzz(func(t *testing.T, text string) {
		records, errs, report := listtest.Read(t, read, listtest.Text("un.xml", text))
		if len(records)+len(errs) != report.Elements {
			t.Fatal("an element was lost")
		}
	})
}
