package sheet_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
	"interdict/internal/record"
)

// tab is a sheet of a sample workbook. All samples here are written by us from
// the descriptions of the lists; the persons in them do not exist.
type tab struct {
	name string
	rows [][]any
}

// styled is a cell with a number format of its own.
type styled struct {
	value  any
	format string
}

func workbook(t testing.TB, name string, tabs ...tab) []list.File {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range tabs {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", s.name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for r, row := range s.rows {
			for c, v := range row {
				setCell(t, f, s.name, c+1, r+1, v)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return []list.File{{Name: name, Body: &b}}
}

func setCell(t testing.TB, f *excelize.File, sheet string, col, row int, v any) {
	t.Helper()
	at, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		t.Fatal(err)
	}
	s, ok := v.(styled)
	if ok {
		v = s.value
	}
	if v != nil {
		if err := f.SetCellValue(sheet, at, v); err != nil {
			t.Fatal(err)
		}
	}
	if ok {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &s.format})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle(sheet, at, at, style); err != nil {
			t.Fatal(err)
		}
	}
}

func golden(t *testing.T, id, file string, tabs ...tab) []record.Record {
	t.Helper()
	f := source(t, id).Formats[0]
	files := workbook(t, file, tabs...)
	if !f.Accepts([]string{file}, files[0].Body.(*bytes.Buffer).Bytes()) {
		t.Errorf("%s is not taken for %s", file, id)
	}
	records, errs, report := listtest.Read(t, f.Read, files)
	var b strings.Builder
	b.WriteString(listtest.Dump(t, records))
	for _, err := range errs {
		b.WriteString("error: " + err.Error() + "\n")
	}
	b.WriteString("warnings:\n" + listtest.Warnings(report))
	listtest.Golden(t, id+".golden", b.String())
	return records
}

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func TestAustralia(t *testing.T) {
	header := []any{
		"Reference", "Name of Individual or Entity", "Type", "Name Type", "Alias Strength", "Date of Birth", "Place of Birth",
		"Citizenship", "Address", "Additional Information", "Listing Information", "IMO Number", "Committees", "Control Date",
		"Instrument of Designation", "Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction",
	}
	records := golden(t, "au", "Australian_Sanctions_Consolidated_List.xlsx", tab{"Sheet1", [][]any{
		{"Consolidated List", nil, "as of today"},
		header,
		{
			101, "Ivan SAMPLE", "Individual", "Primary Name", nil, "a) 30/04/1963 b) 1960", "a) Minsk, Belarus b) Gomel, Belarus",
			"a) Belarus b) Russia", "a) 1 First St, Minsk_x000D_\nb) 2 Second St, Gomel", "UN Ref QDi.999. Passport number: AB1234567",
			styled{day(2014, 3, 19), "dd/mm/yyyy"},
			nil, "1988 (Taliban)", day(2014, 3, 20), "Instrument 1", true, "Yes", "No", nil,
		},
		{102, "SAMPLE SHIPPING", "Entity", "Primary Name", nil, styled{day(1999, 5, 1), "mmm yyyy"}, nil, nil, nil, nil, "Listed in words", "9999999", nil, nil, nil, true},
		{"101a", "Иван САМПЛЕ", "Individual", "Original Script", nil, 1963, nil, "Belarus"},
		{"101b", "Vanya", "Individual", "aka", "Weak", "Approximately 1965"},
		{"103", "Peter EXAMPLE", "Individual", "Primary Name", nil, 23131, nil, "Korea, Democratic People's Republic of"},
		{"103a", "Petr EXAMPLE", "Entity", "aka", "Strong", "between 1960 and 1965", nil, "Syria, Jordan"},
		{"102", "Another SUBJECT", "Individual", "Primary Name"},
		{nil, "No Reference", "Individual", "Primary Name"},
		{"104", nil, "Individual", "Primary Name", nil, 1970},
		{"105", "Odd ONE", "Robot", "Spelling", nil, "na"},
	}})
	if len(records) != 5 {
		t.Errorf("%d records, want 5: rows of one reference are one entry, a reused reference is not", len(records))
	}
}

func TestEmirates(t *testing.T) {
	persons := []any{"#", "التصنيف", "الجنسية", "اسم العائلة (بالحروف العربية)", "اسم العائلة (بالحروف اللاتينية)", "الاسم الكامل (باللغة العربية)", "الاسم الكامل (بالحروف اللاتينية)", "تاريخ الميلاد", "مكان الميلاد", "رقم الوثيقة", "قرار الإدراج"}
	golden(t, "ae", "uae-local-list.xlsx",
		tab{"الأفراد", [][]any{
			{"قائمة الإرهاب المحلية"},
			persons,
			{1, "شخص إرهابي", "مصر", "العينة", "Sample", "أحمد العينة", "Ahmad Sample", "02/01/1970", "القاهرة", "A123", "مدرج بموجب قرار مجلس الوزراء رقم (18) لسنة 2017 بتاريخ 09/06/2017"},
		}},
		tab{"رفع الإدراج - أفراد", [][]any{
			{"رفع الإدراج"},
			append(persons[:len(persons):len(persons)], "قرار رفع الإدراج"),
			{1, "شخص إرهابي", "-", nil, nil, "سالم المثال", "Salim Example", "1980", nil, nil, "مدرج 09/06/2017", "رفع الإدراج بموجب قرار مجلس الوزراء رقم (45) لسنة 2023 بتاريخ 01/02/2023"},
		}},
		tab{"الكيانات", [][]any{
			{"#", "التصنيف", "الاسم", "المقر"},
			{1, "كيان إرهابي", "شركة العينة", "دبي"},
			{2, "شيء آخر", "شركة المثال", "-"},
		}},
		tab{"ورقة", [][]any{{"ملاحظة"}}})
}

func TestTurkey(t *testing.T) {
	golden(t, "tr", "C-6415 sayili kanun 7. madde.xlsx", tab{"C", [][]any{
		{"Sıra No", "ADI SOYADI-ÜNVANI", "TCKN-VKN-PASAPORT NO", "ANNE ADI", "BABA ADI", "DOĞUM YERİ", "Doğum Tarihi", "UYRUĞU", "ÖRGÜTÜ", "RESMİ GAZETE TARİH-SAYISI", "Kullandığı Bilinen Diğer İsmler"},
		{1, "ÖRNEK KİŞİ", "12345678901", "AYŞE", "ALİ", "Ankara", "5 Ağustos 1975", "TÜRKİYE CUMHURİYETİ", "ÖRGÜT", "07.04.2021 - 31447", "a) Deneme b) Misal"},
		{2, "ÖRNEK VAKFI", nil, nil, nil, "İstanbul", nil, nil, "ÖRGÜT", "07.04.2021 - 31447", "YOK"},
		{},
	}})
}

func TestIndonesia(t *testing.T) {
	golden(t, "id", "dttot-2025.xlsx", tab{"DTTOT", [][]any{
		{"Nama", "Deskripsi", "Terduga", "Kode Densus", "Tempat Lahir", "Tanggal_Lahir", "WN", "Alamat"},
		{"Contoh Orang alias Abu Contoh alias Misal", "- baris satu\n- baris dua", "Orang", "EDD/999", "Jakarta", "00/00/1970", "Indonesia", "a) Jalan Satu b) Jalan Dua"},
		{"Contoh Kedua", nil, "Orang", "EDD/998", "-", "4 Januari 1973 atau 5 November 1974", "Suriah", nil},
		{"Jamaah Contoh", nil, "Korporasi", "EDD/997", nil, "00/00/0000", nil, "Solo"},
		{"Contoh Ketiga", nil, "Orang", "EDD/996", nil, "00/00/1954-1955", nil, nil},
	}})
}

// A cell is what it says: a day, a month or a year as far as it shows one, a
// number without rounding, a number with the zeros it shows.
func TestCellsOfWorkbooks(t *testing.T) {
	d := day(1963, 4, 30)
	for _, c := range []struct {
		name string
		cell any
		want string
	}{
		{"text", "007", "007"},
		{"whole number", 12345678901, "12345678901"},
		{"more digits than a cell shows", 1234567890123, "1234567890123"},
		{"zeros of a format", styled{7, "0000"}, "0007"},
		{"year as a number", 1963, "1963"},
		{"true", true, "TRUE"},
		{"day, American", styled{d, "m/d/yy"}, "1963-04-30"},
		{"day, European", styled{d, "dd.mm.yyyy"}, "1963-04-30"},
		{"day in words", styled{d, "d mmmm yyyy"}, "1963-04-30"},
		{"day and hour", styled{d, "yyyy-mm-dd hh:mm"}, "1963-04-30"},
		{"month", styled{d, "mmm-yyyy"}, "1963-04"},
		{"year of a day", styled{d, "yyyy"}, "1963"},
		{"money is no date", styled{1963, "0.00"}, "1963.00"},
		{"pieces are no date", styled{31, "0 \"pieces\""}, "31 pieces"},
		{"escaped line end", "a_x000D_\nb", "a b"},
	} {
		s := load(t, "id: x\ntitle: X\nformat: xlsx\ncolumns:\n  - {header: [name], to: name}\n  - {header: [v], to: other}\n")
		records, errs, _ := listtest.Read(t, s.Formats[0].Read, workbook(t, "x.xlsx", tab{"S", [][]any{{"Name", "V"}, {"A", c.cell}}}))
		if len(errs) != 0 || len(records) != 1 || len(records[0].Other) != 1 || records[0].Other[0].Text != c.want {
			t.Errorf("%s: %v %v, want %q", c.name, records, errs, c.want)
		}
	}
}

func TestNoWorkbook(t *testing.T) {
	_, errs, _ := listtest.Read(t, source(t, "au").Formats[0].Read, listtest.Text("a.xlsx", "PK\x03\x04 no zip"))
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), "the workbook cannot be read") {
		t.Errorf("%v", errs)
	}
}

func TestWorkbookOfAnotherList(t *testing.T) {
	_, errs, report := listtest.Read(t, source(t, "au").Formats[0].Read, workbook(t, "a.xlsx", tab{"S", [][]any{{"Fruit", "Price"}, {"apple", 3}}}))
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), `no header row with "Reference", "Name of Individual or Entity"`) || len(report.Warnings) != 1 {
		t.Errorf("%v %v", errs, report.Warnings)
	}
}
