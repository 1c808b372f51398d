package uk_test

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"interdict/internal/list/listtest"
	"interdict/internal/list/uk"
	"interdict/internal/record"
)

// The samples were written by us from the format's description.
func sample(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestSamples(t *testing.T) {
	for name, want := range map[string]struct{ elements, errors int }{
		"uksl-sample.csv":      {4, 1}, // three ids, and a row without one
		"uksl-sample.xml":      {5, 2},
		"conlist36-sample.csv": {4, 1},
	} {
		t.Run(name, func(t *testing.T) {
			records, errs, report := read(t, name, sample(t, name))
			if report.Elements != want.elements || len(errs) != want.errors {
				t.Errorf("%d elements and %d errors, want %v", report.Elements, len(errs), want)
			}
			got := listtest.Dump(t, records)
			for _, err := range errs {
				got += "error: " + err.Error() + "\n"
			}
			listtest.Golden(t, name+".golden", got+listtest.Warnings(report))
		})
	}
}

// Columns are found by header: their order makes no difference.
func TestColumnsInAnyOrder(t *testing.T) {
	text := sample(t, "conlist36-sample.csv")
	var turned strings.Builder
	for i, line := range strings.Split(strings.TrimSpace(text), "\r\n") {
		if i == 0 {
			turned.WriteString(line + "\n")
			continue
		}
		cells := cut(line)
		for l, r := 0, len(cells)-1; l < r; l, r = l+1, r-1 {
			cells[l], cells[r] = cells[r], cells[l]
		}
		turned.WriteString(strings.Join(cells, ",") + "\n")
	}
	names := func(text string) (out []string) {
		records, _, _ := read(t, "x.csv", text)
		for _, r := range records {
			for _, n := range r.Names {
				out = append(out, r.Key+" "+n.Full)
			}
		}
		return out
	}
	if got, want := strings.Join(names(turned.String()), "|"), strings.Join(names(text), "|"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// cut splits a CSV line and leaves the quotes.
func cut(line string) []string {
	var out []string
	quoted, start := false, 0
	for i, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ',' && !quoted:
			out = append(out, line[start:i])
			start = i + 1
		}
	}
	return append(out, line[start:])
}

// UTF-8, UTF-8 with a mark, and Windows-1252 give the same records.
func TestEncodings(t *testing.T) {
	// The sample without its Arabic name, which Windows-1252 cannot write.
	text := strings.ReplaceAll(sample(t, "conlist36-sample.csv"), "عمر", "")
	latin, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	want, _, _ := read(t, "x.csv", text)
	for name, coded := range map[string]string{"mark": "\ufeff" + text, "windows-1252": latin} {
		got, _, _ := read(t, "x.csv", coded)
		if listtest.Dump(t, got) != listtest.Dump(t, want) {
			t.Errorf("%s: records differ", name)
		}
	}
	if !strings.Contains(listtest.Dump(t, want), "Ömar") {
		t.Error("the sample has lost its umlaut")
	}
}

func TestTraps(t *testing.T) {
	const head = "Last Updated,13/04/2018\nName 6,Name 1,DOB,Town of Birth,Country of Birth,Nationality,Passport Details,NI Number,Other Information,Group Type,Alias Type,Regime,Listed On,Group ID\n"
	one := func(t *testing.T, row string) record.Record {
		t.Helper()
		records, errs, _ := read(t, "x.csv", head+row+"\n")
		if len(errs) > 0 || len(records) != 1 {
			t.Fatalf("%d records, errors %v", len(records), errs)
		}
		return records[0]
	}
	t.Run("an enumeration of countries", func(t *testing.T) {
		r := one(t, `X,Y,,,,1) Saudi Arabia 2) Qatar,,,,Individual,Prime Alias,R,01/01/2000,1`)
		if len(r.Nationalities) != 2 || r.Nationalities[0].Code != "SA" || r.Nationalities[1].Code != "QA" {
			t.Errorf("got %+v", r.Nationalities)
		}
	})
	t.Run("places by number, with ranges", func(t *testing.T) {
		r := one(t, `X,Y,00/00/1968,(1) Tunis (2)-(3) -,(1)-(2) Tunisia (3) Libya,,,,,Individual,Prime Alias,R,01/01/2000,1`)
		var got []string
		for _, b := range r.Births {
			got = append(got, b.Date.String()+"/"+b.Place.City+"/"+b.Place.Code)
		}
		if s := strings.Join(got, " "); s != "1968// /Tunis/TN //TN //LY" {
			t.Errorf("got %s", s)
		}
	})
	t.Run("one date and one place are one birth", func(t *testing.T) {
		r := one(t, `X,Y,dd/mm/1970,Homs,Syria,,,,,Individual,Prime Alias,R,01/01/2000,1`)
		if len(r.Births) != 1 || r.Births[0].Date.String() != "1970" || r.Births[0].Place.Code != "SY" {
			t.Errorf("got %+v", r.Births)
		}
	})
	for text, want := range map[string]string{
		"UN Ref QE.A.146.14.":                "QE.A.146.14",
		"UN Ref KPe.23. SWIFT: DCBK KPPY.":   "KPe.23",
		"N Listing. UN Ref.KPI.999. More":    "KPI.999",
		"UN REF: QDi.999":                    "QDi.999",
		"Un Ref:QI.A.999.99.":                "QI.A.999.99",
		"UN Ref E.29.I.11. Owned by AIO.":    "E.29.I.11",
		"UN Ref No. YEi.001":                 "YEi.001",
		"IRe.001. Subordinate of DIO.":       "IRe.001",
		"UN Ref Q.I.A.291.11. Operative":     "Q.I.A.291.11",
		"UN Ref.KPe 070. Owner":              "KPe.070",
		"UN Ref. SDi.001.":                   "SDi.001",
		"UN Ref I.AC.50.20.12.12.(1). Front": "I.AC.50.20.12.12.(1)",
		"(UN Ref):TAi.006. Hizb":             "TAi.006",
		"Linked to Al-Qaida in Iraq QDe.115": "",
	} {
		t.Run("reference in "+text, func(t *testing.T) {
			r := one(t, `X,,,,,,,,"`+text+`",Entity,Prime Alias,R,01/01/2000,1`)
			got := ""
			for _, a := range r.Listings[0].Also {
				got += a.Value
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if r.Remarks[0].Text != text {
				t.Errorf("the text %q has not stayed", text)
			}
		})
	}
	for cell, want := range map[string]string{
		"G827238 (Tunisian). Issued on 1 June 1996. Expired on 31 May 2001": "G827238 TN 1996-06-01 2001-05-31",
		"Passport No: 592667 (Qatari passport issued on 3 May 2007).":       "592667 QA 2007-05-03 ",
		"Pakistani passport no. AA3829182":                                  "AA3829182 PK  ",
		"(1) OR801168 (Afghan) (2) 4117921 (Pakistani)":                     "OR801168 AF  |4117921 PK  ",
		"96 03 464086": "96 03 464086   ",
		"96 03 464086, Russian passport, issued on 01/06/2003": "96 03 464086  2003-06-01 ",
		"D 000974 (Afghan)": "D 000974 AF  ",
		"Yemen 04796738":    "04796738 YE  ",
		"Uganda Passport.":  "",
	} {
		t.Run("passport "+cell, func(t *testing.T) {
			r := one(t, `X,Y,,,,,"`+cell+`",,,Individual,Prime Alias,R,01/01/2000,1`)
			var got []string
			for _, id := range r.Identifiers {
				got = append(got, strings.Join([]string{id.Number, id.Code, id.Issued.String(), id.Expires.String()}, " "))
			}
			if s := strings.Join(got, "|"); s != want {
				t.Errorf("got %q, want %q", s, want)
			}
		})
	}
	t.Run("low quality names in the text", func(t *testing.T) {
		r := one(t, `X,Y,,,,,,,"UN Ref QI.A.1.01. Also referred to as Adel, Bilal and Abu Omar. In detention.",Individual,Prime Alias,R,01/01/2000,1`)
		var got []string
		for _, n := range r.Names[1:] {
			got = append(got, n.Full+"/"+string(n.Quality))
		}
		if s := strings.Join(got, " "); s != "Adel/weak Bilal/weak Abu Omar/weak" {
			t.Errorf("got %s", s)
		}
	})
	t.Run("two regimes are two listings", func(t *testing.T) {
		r := one(t, "X,Y,,,,,,,,Individual,Prime Alias,Somalia,28/04/2010,1\nX,Y,,,,,,,,Individual,Prime Alias,Al-Qaida,08/11/2001,1")
		if len(r.Listings) != 2 || len(r.Names) != 1 {
			t.Errorf("%d listings, %d names", len(r.Listings), len(r.Names))
		}
	})
	t.Run("a ship among the entities", func(t *testing.T) {
		if r := one(t, `X,,,,,,,,(IMO number: 8898740). Annex XIV.,Entity,Prime Alias,R,01/01/2000,1`); r.Kind != record.Vessel || len(r.Identifiers) != 1 {
			t.Errorf("kind %s, identifiers %v", r.Kind, r.Identifiers)
		}
		if r := one(t, `X,,,,,,,,"Owner of the vessel Y, IMO: 8898740",Entity,Prime Alias,R,01/01/2000,1`); r.Kind != record.Organisation || len(r.Identifiers) != 0 {
			t.Errorf("kind %s, identifiers %v", r.Kind, r.Identifiers)
		}
	})
	t.Run("broken rows are errors with their line", func(t *testing.T) {
		_, errs, report := read(t, "x.csv", head+"A,\"b\"c,,\nB,,,,,,,,,Entity,Prime Alias,R,01/01/2000,7\nC,,,,,,,,,Entity,Prime Alias,R,01/01/2000,\n")
		if report.Elements != 3 || len(errs) != 2 || !strings.Contains(errs[0].Error(), "x.csv:3") || !strings.Contains(errs[1].Error(), "x.csv:5") {
			t.Errorf("%d elements, errors %v", report.Elements, errs)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"uksl-sample.csv", "uksl-sample.xml", "conlist36-sample.csv"} {
		f.Add(sample(f, name))
	}
	f.Add("Last Updated,1\nName 6,Name 1,Group ID\nA\xff,b,1\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range uk.Source.Formats {
			format.Accepts([]string{"x"}, []byte(text))
			listtest.Read(t, format.Read, listtest.Text("fuzz", text))
		}
	})
}
