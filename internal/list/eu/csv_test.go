package eu_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
	"interdict/internal/record"
)

// header is that of CSV 1.1: 118 columns.
var header = func() string {
	regulation := func(block string) []string {
		var out []string
		for _, s := range []string{"Type", "OrganisationType", "PublicationDate", "EntryIntoForceDate", "NumberTitle", "Programme", "PublicationUrl"} {
			out = append(out, block+"_Regulation_"+s)
		}
		return out
	}
	block := func(name string, columns ...string) []string {
		var out []string
		for _, c := range columns {
			out = append(out, name+"_"+c)
		}
		return append(out, regulation(name)...)
	}
	h := append([]string{"fileGenerationDate"}, block("Entity", "LogicalId", "EU_ReferenceNumber", "UnitedNationId", "DesignationDate", "DesignationDetails", "Remark", "SubjectType", "SubjectType_ClassificationCode")...)
	h = append(h, block("NameAlias", "LastName", "FirstName", "MiddleName", "WholeName", "NameLanguage", "Gender", "Title", "Function", "LogicalId", "RegulationLanguage", "Remark")...)
	h = append(h, block("Address", "City", "Street", "PoBox", "ZipCode", "Region", "Place", "AsAtListingTime", "ContactInfo", "CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage", "Remark")...)
	h = append(h, block("BirthDate", "BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo", "Circa", "CalendarType", "ZipCode", "Region", "Place", "City", "CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage", "Remark")...)
	h = append(h, block("Identification", "Number", "Diplomatic", "KnownExpired", "KnownFalse", "ReportedLost", "RevokedByIssuer", "IssuedBy", "IssuedDate", "ValidFrom", "ValidTo", "LatinNumber", "NameOnDocument", "TypeCode", "TypeDescription", "Region", "CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage", "Remark")...)
	h = append(h, block("Citizenship", "Region", "CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage", "Remark")...)
	return strings.Join(h, ";")
}()

// row is a row of CSV 1.1 with these cells.
func row(cells map[string]string) string {
	columns := strings.Split(header, ";")
	out := make([]string, len(columns))
	out[0] = "05/08/2026"
	found := 0
	for i, c := range columns {
		if v, ok := cells[c]; ok {
			out[i] = v
			found++
		}
	}
	if found != len(cells) {
		panic(fmt.Sprintf("columns that are none: %v", cells))
	}
	return strings.Join(out, ";")
}

func readCSV(t *testing.T, rows ...string) ([]record.Record, []error, *list.Report) {
	t.Helper()
	text := "\ufeff" + header + "\r\n" + strings.Join(rows, "\r\n") + "\r\n"
	if !format(t, "csv").Accepts(nil, []byte(text[:min(len(text), 4096)])) {
		t.Error("the text is not taken for an FSF CSV")
	}
	return listtest.Read(t, format(t, "csv").Read, listtest.Text("list.csv", text))
}

func TestCSVHas118Columns(t *testing.T) {
	if n := len(strings.Split(header, ";")); n != 118 {
		t.Fatalf("the header has %d columns", n)
	}
}

func TestCSVRowsOfOneEntity(t *testing.T) {
	entity := func(id string, more map[string]string) string {
		cells := map[string]string{
			"Entity_LogicalId": id, "Entity_EU_ReferenceNumber": "EU." + id + ".1", "Entity_SubjectType": "P", "Entity_SubjectType_ClassificationCode": "person",
			"Entity_UnitedNationId": "QDi.901", "Entity_Remark": "a remark", "Entity_DesignationDate": "2001-03-08",
			"Entity_Regulation_NumberTitle": "1/2002 (OJ L1)", "Entity_Regulation_Programme": "TAQA", "Entity_Regulation_EntryIntoForceDate": "2002-01-01",
		}
		for k, v := range more {
			cells[k] = v
		}
		return row(cells)
	}
	records, errs, report := readCSV(t,
		entity("7", map[string]string{"NameAlias_WholeName": "Low Sample", "NameAlias_Remark": "Lo quality a.k.a.", "NameAlias_LogicalId": "1"}),
		entity("7", map[string]string{"NameAlias_WholeName": `"Sample; Ali"`, "NameAlias_LogicalId": "2", "NameAlias_Regulation_NumberTitle": "9/2009", "NameAlias_Regulation_Programme": "TERR"}),
		entity("8", map[string]string{"NameAlias_WholeName": "Other Sample"}),
		entity("7", map[string]string{"BirthDate_Year": "1970", "BirthDate_Month": "4", "BirthDate_Circa": "true", "BirthDate_Place": "Samarra"}),
		entity("7", map[string]string{"BirthDate_YearRangeFrom": "1960", "BirthDate_YearRangeTo": "1962"}),
		entity("7", map[string]string{"Identification_Number": "12", "Identification_TypeCode": "passport", "Identification_KnownFalse": "true", "Identification_CountryIso2Code": "IQ"}),
		entity("7", map[string]string{"Citizenship_CountryIso2Code": "IQ", "Citizenship_CountryDescription": "IRAQ"}),
		entity("7", map[string]string{"Address_City": "Mosul", "Address_ContactInfo": `EMAIL[a@example.org]\nWEB[example.org]`}),
	)
	if len(errs) > 0 || len(records) != 2 || report.Elements != 2 || len(report.Warnings) > 0 {
		t.Fatalf("%d records, errors %v, warnings %v", len(records), errs, report.Warnings)
	}
	if report.Date.String() != "2026-08-05" {
		t.Errorf("the list states %v", report.Date)
	}
	listtest.Golden(t, "csv.golden", listtest.Dump(t, records))
}

// A row that is shifted is kept whole; a row without a key is an error.
func TestCSVOddRows(t *testing.T) {
	good := row(map[string]string{"Entity_LogicalId": "7", "Entity_SubjectType": "E", "NameAlias_WholeName": "Sample"})
	records, errs, report := readCSV(t, good, good+";too;many", "05/08/2026;7;EU.7.1", strings.Repeat(";", 40)+"lost", "", good)
	if len(records) != 1 || len(errs) != 1 || report.Elements != 2 {
		t.Fatalf("%d records, errors %v", len(records), errs)
	}
	if len(records[0].Names) != 1 {
		t.Errorf("the same name twice: %+v", records[0].Names)
	}
	kept := 0
	for _, o := range records[0].Other {
		if strings.HasPrefix(o.Role, "row ") {
			kept++
		}
	}
	if kept != 2 || len(report.Warnings) < 2 {
		t.Errorf("%d odd rows kept in %+v, warnings %v", kept, records[0].Other, report.Warnings)
	}
}

func TestCSVStrayQuote(t *testing.T) {
	one := func(id, name string) string {
		return row(map[string]string{"Entity_LogicalId": id, "Entity_SubjectType": "E", "NameAlias_WholeName": name})
	}
	records, errs, report := readCSV(t, one("1", "Sample"), one("2", `"Quoted at its start`), one("3", `Third`), one("4", `Fourth`))
	var names []string
	for _, r := range records {
		names = append(names, r.PrimaryName())
	}
	if got := strings.Join(names, "|"); len(errs) > 0 || len(report.Warnings) != 1 || got != "Sample|Quoted at its start|Third|Fourth" {
		t.Errorf("names %s, errors %v, warnings %v", got, errs, report.Warnings)
	}
}

func TestCSVCharset(t *testing.T) {
	name := "Qoussaï Šešelj"
	text := header + "\n" + row(map[string]string{"Entity_LogicalId": "7", "Entity_SubjectType": "E", "NameAlias_WholeName": name}) + "\n\x1a"
	old, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{text, old} {
		records, errs, _ := listtest.Read(t, format(t, "csv").Read, listtest.Text("list.csv", s))
		if len(records) != 1 || len(errs) > 0 || records[0].PrimaryName() != name {
			t.Errorf("records %+v, errors %v", records, errs)
		}
	}
}

func TestCSVRefusesAnotherHeader(t *testing.T) {
	_, errs, report := listtest.Read(t, format(t, "csv").Read, listtest.Text("list.csv", "a;b\n1;2\n"))
	if len(errs) != 1 || report.Elements != 1 || !strings.Contains(errs[0].Error(), "list.csv") {
		t.Errorf("errors %v", errs)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample(f, "sample.xml"), true)
	f.Add(header+"\n"+row(map[string]string{"Entity_LogicalId": "7", "NameAlias_WholeName": `"S`}), false)
	f.Add("\"Entity_logical_id;Naal_wholename;Birt_date\t\t\"\n\"1;A\t B;N/A\t\t\"\n", false)
	f.Fuzz(func(t *testing.T, text string, xml bool) {
		name := "csv"
		if xml {
			name = "xml"
		}
		records, errs, _ := listtest.Read(t, format(t, name).Read, listtest.Text("fuzz", text))
		if xml && len(errs) == 0 && len(records) > strings.Count(text, "<") {
			t.Errorf("%d records of too few elements", len(records))
		}
		for _, err := range errs {
			if !utf8.ValidString(err.Error()) {
				t.Errorf("the error %q is not UTF-8", err)
			}
		}
	})
}
