package ofac_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
	"interdict/internal/list/ofac"
	"interdict/internal/record"
)

var (
	advanced = ofac.Source.Formats[0].Read
	legacy   = ofac.Source.Formats[1].Read
	tables   = ofac.Source.Formats[2].Read
)

func TestFormatsAreToldApart(t *testing.T) {
	for _, c := range []struct {
		name, head, want string
	}{
		{"sdn.xml", `<?xml version="1.0"?><sdnList xmlns="x">`, "xml"},
		{"sdn_advanced.xml", `<Sanctions xmlns="x" Version="1">`, "advanced"},
		{"sdn.csv", `36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- `, "tables"},
		{"download (3).csv", `36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- `, "tables"},
		{"download", `36|"AEROCARIBBEAN AIRLINES"|-0- |"CUBA"|-0- `, "tables"},
		{"cons_prim.ff", `      4632BANK MARKAZI`, "tables"},
		{"list.csv", "name;date\nA;1960", ""},
		{"page.html", "<html><body>503</body></html>", ""},
	} {
		got := ""
		for _, f := range ofac.Source.Formats {
			if f.Accepts([]string{c.name}, []byte(c.head)) {
				got = f.Name
				break
			}
		}
		if got != c.want {
			t.Errorf("%s: taken for %q, want %q", c.name, got, c.want)
		}
	}
}

// The real SDN set of December 2018. Its comments file is of a later day:
// ten of its rows belong to entries that the main table does not have yet.
func TestRealTables(t *testing.T) {
	dir := listtest.Data(t, "lists", "ofac", "sdn-2018-12")
	path := func(n string) string { return filepath.Join(dir, n) }
	files := listtest.Files(t, path("alt.csv"), path("sdn_comments.csv"), path("sdn.csv"), path("add.csv"))
	records, errs, report := listtest.Read(t, tables, files)
	if len(records) != rowsOf(t, path("sdn.csv")) || len(records) != 7379 {
		t.Errorf("%d records, %d rows; the index names 7379", len(records), rowsOf(t, path("sdn.csv")))
	}
	for _, err := range errs {
		t.Error(err)
	}
	for _, w := range report.Warnings {
		if w.Place.File != "sdn_comments.csv" || !strings.Contains(w.Text, "is in no main table") {
			t.Errorf("%v: %s", w.Place, w.Text)
		}
	}
	if len(report.Warnings) != 10 {
		t.Errorf("%d warnings, want one for each of the 10 comments without an entry", len(report.Warnings))
	}
	alts, weak, addresses := 0, 0, 0
	raw, err := os.ReadFile(path("sdn.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		for _, n := range r.Names {
			switch {
			case strings.HasPrefix(n.At, "alt "):
				alts++
			case n.At == "Remarks":
				weak++
			}
		}
		addresses += len(r.Addresses)
	}
	if want := rowsOf(t, path("alt.csv")); alts != want {
		t.Errorf("%d other names, %d rows", alts, want)
	}
	// One row of the comments set also carries weak names past the cut.
	if want := strings.Count(string(raw), ".k.a. '"); weak < want || weak > want+3 {
		t.Errorf("%d weak names, %d printed in the main table", weak, want)
	}
	if nulls := strings.Count(readAll(t, path("add.csv")), "-0- ,-0- ,-0- ,-0- "); addresses != rowsOf(t, path("add.csv"))-nulls {
		t.Errorf("%d addresses, %d rows, %d of them null", addresses, rowsOf(t, path("add.csv")), nulls)
	}
	tablesLoseNothing(t, records, path("sdn.csv"), path("alt.csv"), path("add.csv"))
}

func readAll(t testing.TB, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// rowsOf counts naively: lines that start with a number.
func rowsOf(t testing.TB, path string) int {
	t.Helper()
	n := 0
	for line := range strings.Lines(readAll(t, path)) {
		if line[0] >= '0' && line[0] <= '9' {
			n++
		}
	}
	return n
}

// Each cell of each row stands in the record of its entry.
func tablesLoseNothing(t *testing.T, records []record.Record, paths ...string) {
	t.Helper()
	have := map[string]string{}
	for _, r := range records {
		have[r.Key] = flat(encoded(t, r))
	}
	for _, path := range paths {
		for line := range strings.Lines(readAll(t, path)) {
			key, rest, ok := strings.Cut(strings.TrimSpace(line), ",")
			if !ok {
				continue
			}
			for _, cell := range strings.Split(rest, `"`) {
				for _, part := range strings.Split(strings.ReplaceAll(cell, "] [", ";"), ";") {
					part = flat(part)
					if kinds[part] { // becomes the record's kind or the name's type
						continue
					}
					if !strings.Contains(part, "-0-") && !strings.Contains(have[key], strings.Trim(part, ",.")) {
						t.Errorf("%s: %q of row %s is nowhere in its record", filepath.Base(path), part, key)
					}
				}
			}
		}
	}
}

var kinds = map[string]bool{"individual": true, "vessel": true, "aircraft": true, "aka": true, "fka": true, "nka": true}

func encoded(t testing.TB, r record.Record) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func flat(s string) string { return strings.NewReplacer(" ", "", "\\", "").Replace(s) }

var leaf = regexp.MustCompile(`<([A-Za-z0-9]+)>([^<]+)</`)

// Each text of the real XML stands in the record of its entry; uids of parts,
// the types that become kinds and qualities, and the marks of main entries
// (printed as "alt." in the tables) do not.
func TestRealXMLLosesNothing(t *testing.T) {
	path := filepath.Join(listtest.Data(t, "lists", "ofac", "non-sdn-2018-04"), "consolidated.xml")
	records, errs, report := listtest.Read(t, legacy, listtest.Files(t, path))
	entries := strings.Split(readAll(t, path), "<sdnEntry>")[1:]
	if len(errs) > 0 || len(records) != 639 || len(entries) != 639 || report.Declared != 639 || len(report.Warnings) > 0 {
		t.Fatalf("%d records, %d entries, %d declared, %v\n%s", len(records), len(entries), report.Declared, errs, listtest.Warnings(report))
	}
	if report.Date.String() != "2018-04-06" {
		t.Errorf("date %s", report.Date)
	}
	unescape := strings.NewReplacer("&amp;", "&", "&apos;", "'", "&quot;", `"`)
	for i, r := range records {
		have := flat(encoded(t, r))
		for _, m := range leaf.FindAllStringSubmatch(entries[i], -1) {
			switch m[1] {
			case "uid", "sdnType", "type", "category", "mainEntry":
				continue
			}
			// "IMO 9187629" becomes the number of an imo, "(Russia)" its country.
			text := strings.TrimPrefix(flat(unescape.Replace(m[2])), "IMO")
			for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(";:()", c) }) {
				if part = strings.TrimRight(part, "-"); !strings.Contains(have, part) && m[1] != "idType" {
					t.Errorf("%s: %s %q is nowhere in its record", r.Key, m[1], m[2])
				}
			}
		}
	}
}

func TestLegacyGolden(t *testing.T) {
	records, errs, report := listtest.Read(t, legacy, listtest.Text("legacy.xml", sample(t, "legacy.xml")))
	if len(errs) > 0 || report.Declared != 3 {
		t.Fatalf("%v, %d declared", errs, report.Declared)
	}
	listtest.Golden(t, "legacy.golden", listtest.Dump(t, records)+listtest.Warnings(report))
}

// Entries of the real files of 2018 (public domain).
const excerpt = `306,"BANCO NACIONAL DE CUBA",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a.k.a. 'BNC'."
587,"CRUZ, Juan M. de la","individual","CUBA","Director, Banco Nacional de Cuba",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Director, Banco Nacional de Cuba."
4234,"HERMANN","vessel","CUBA",-0- ,"CL2685","General Cargo","2597","1098","Cuba","Compania Navegacion Golfo S.A.",-0- 
15431,"EP-GOM","aircraft","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Aircraft Construction Number (also called L/N or S/N or F/N) 8401; Aircraft Manufacture Date 1992; Aircraft Model IL76-TD; Aircraft Operator YAS AIR; Aircraft Manufacturer's Serial Number (MSN) 1023409321; Linked To: POUYA AIR."
`

func TestTablesGolden(t *testing.T) {
	files := []list.File{
		{Name: "sdn.csv", Body: strings.NewReader(excerpt + "\x1a\n")},
		{Name: "alt.csv", Body: strings.NewReader(`306,220,"aka","NATIONAL BANK OF CUBA",-0- ` + "\r\n\x1a")},
		{Name: "add.csv", Body: strings.NewReader(`306,199,"Zweierstrasse 35","Zurich CH-8022","Switzerland",-0- ` + "\n")},
	}
	records, errs, report := listtest.Read(t, tables, files)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	listtest.Golden(t, "tables.golden", listtest.Dump(t, records)+listtest.Warnings(report))
}

func entry(t *testing.T, remarks string) record.Record {
	t.Helper()
	row := `1,"A","individual","X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"` + remarks + "\"\n"
	records, errs, _ := listtest.Read(t, tables, listtest.Text("sdn.csv", row))
	if len(errs) > 0 || len(records) != 1 {
		t.Fatalf("%q: %v", remarks, errs)
	}
	return records[0]
}

func TestRemarks(t *testing.T) {
	for _, c := range []struct{ remarks, want string }{
		{"DOB 10 Dec 1948", "birth 1948-12-10"},
		{"DOB 1972; alt. DOB circa 1975", "birth 1972, birth c. 1975 (alt.)"},
		{"DOB 01 Jan 1973 to 31 Dec 1973", "birth 1973"},
		{"DOB 1957 to 1962", "birth 1957..1962"},
		{"POB Culiacan, Sinaloa, Mexico", "birth Culiacan, Sinaloa, Mexico MX"},
		{"Gender Male", "gender Male"},
		{"nationality Korea, North; alt. nationality Germany", "nationality KP, nationality DE"},
		{"citizen Mexico", "citizenship MX"},
		{"Passport A-992535 (Saudi Arabia)", "passport A-992535 SA"},
		{"alt. Passport E590976 (Tunisia) issued 19 Jun 1987 expires 18 Jun 1992", "passport E590976 TN 1987-06-19 1992-06-18"},
		{"Passport G025057 issued 23 Jun 1999 expires 05 Feb 2004", "passport G025057 1999-06-23 2004-02-05"},
		{"National ID No. (HWI)040182 (Burma)", "national-id (HWI)040182 MM"},
		{"Tax ID No. AABA 670850 Y", "tax AABA 670850 Y"},
		{"NIT # 800146749-7 (Colombia)", "tax 800146749-7 CO"},
		{"D-U-N-S Number 542957624", "other 542957624"},
		{"SWIFT/BIC BEGN IR TH", "bic BEGN IR TH"},
		{"Vessel Registration Identification IMO 9187629; MMSI 572469210", "imo 9187629, mmsi 572469210"},
		{"Digital Currency Address - XBT 149w62rY42aZBox8fGcmqNsXUzSStKeq8C", "wallet 149w62rY42aZBox8fGcmqNsXUzSStKeq8C XBT"},
		{"Website www.ticketpremier.mx.", "website www.ticketpremier.mx"},
		{"Email Address a@b.example; Telephone (98)(21)(66153220); Fax No. 03889402", "email a@b.example, phone (98)(21)(66153220), phone 03889402"},
		{"Linked To: HIZBALLAH.", "linked to HIZBALLAH"},
		{"Linked To: GRUPO IMPERGOZA, S.A. DE C.V.", "linked to GRUPO IMPERGOZA, S.A. DE C.V."},
		{"(Linked To: ROSTEC)", "linked to ROSTEC"},
		{"a.k.a. 'EMERALD SLEET'; f.k.a. 'O'NEIL; SONS'.", "weak EMERALD SLEET, weak former O'NEIL; SONS"},
		{"Additional Sanctions Information - Subject to Secondary Sanctions", "measure Subject to Secondary Sanctions"},
		{"Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210", "measure North Korea Sanctions Regulations, sections 510.201 and 510.210"},
		{"Former Vessel Flag Malta", "former flag MT"},
		{"Kwik Club Number 77-1", "other 77-1"},
		{"License revoked; Director of the Sample Fund", ""},
	} {
		r := entry(t, c.remarks)
		if got := facts(r); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.remarks, got, c.want)
		}
		if len(r.Remarks) != 1 || r.Remarks[0].Text != c.remarks {
			t.Errorf("%q is not kept: %+v", c.remarks, r.Remarks)
		}
	}
}

// facts writes what was drawn from remarks in few words.
func facts(r record.Record) string {
	var out []string
	add := func(words ...string) {
		out = append(out, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	for _, n := range r.Names[1:] {
		kind := ""
		if n.Type == record.Former {
			kind = "former"
		}
		add(string(n.Quality), kind, n.Full)
	}
	for _, b := range r.Births {
		note := ""
		if b.Note != "" {
			note = "(" + b.Note + ")"
		}
		add("birth", b.Date.String(), b.Place.Text, b.Place.Code, note)
	}
	for _, g := range r.Genders {
		add("gender", g.Text)
	}
	for _, c := range append(append(r.Nationalities, r.Citizenships...), r.Countries...) {
		add(c.Role, c.Code)
	}
	for _, i := range r.Identifiers {
		detail := ""
		if i.Type == "wallet" {
			detail = i.Detail
		}
		add(i.Type, i.Number, i.Code, detail, i.Issued.String(), i.Expires.String())
	}
	for _, l := range r.Links {
		add(l.Role, l.Name)
	}
	for _, m := range r.Listings[0].Measures {
		add("measure", m.Text)
	}
	return strings.Join(out, ", ")
}

func FuzzTables(f *testing.F) {
	f.Add(excerpt, `306,220,"aka","B",-0- `, `306,199,"s","c","Cuba",-0- `)
	f.Add("1|\"A\"|-0- \n2,\"x\n\"", "", "\x1a")
	f.Fuzz(func(t *testing.T, main, alt, add string) {
		files := []list.File{
			{Name: "sdn.csv", Body: strings.NewReader(main)},
			{Name: "alt.csv", Body: strings.NewReader(alt)},
			{Name: "add.csv", Body: strings.NewReader(add)},
		}
		listtest.Read(t, tables, files)
	})
}

func FuzzLegacy(f *testing.F) {
	f.Add(sample(f, "legacy.xml"))
	f.Fuzz(func(t *testing.T, text string) { listtest.Read(t, legacy, listtest.Text("sdn.xml", text)) })
}

func FuzzAdvanced(f *testing.F) {
	f.Add(sample(f, "advanced.xml"))
	f.Fuzz(func(t *testing.T, text string) { listtest.Read(t, advanced, listtest.Text("sdn_advanced.xml", text)) })
}
