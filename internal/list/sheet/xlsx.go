package sheet

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
)

// maxUnzipped bounds a workbook in memory; nothing is unpacked to disk.
const maxUnzipped = 512 << 20

var oldExcel = []byte("\xd0\xcf\x11\xe0")

// workbook opens the sheets of an XLSX file.
func (m *Mapping) workbook(f list.File) iter.Seq2[grid, error] {
	body, err := io.ReadAll(f.Body)
	if err != nil {
		return one(grid{}, fmt.Errorf("reading %s: %w", f.Name, err))
	}
	if bytes.HasPrefix(body, oldExcel) {
		return one(grid{}, fault.Hint(fault.At(at(f.Name, 0, ""), "this is a workbook of the old format (.xls)"),
			"open it and save it as .xlsx"))
	}
	return func(yield func(grid, error) bool) {
		book, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
		if err != nil {
			yield(grid{}, fault.At(at(f.Name, 0, ""), "the workbook cannot be read: %v", err))
			return
		}
		defer func() { _ = book.Close() }()
		from1904 := false
		if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
			from1904 = *props.Date1904
		}
		for _, name := range book.GetSheetList() {
			if !yield(grid{file: f.Name, name: name, rows: sheetRows(book, f.Name, name, from1904)}, nil) {
				return
			}
		}
	}
}

// sheetRows streams a sheet twice in step, as stored and as shown: only the
// two together tell a date from a number.
func sheetRows(book *excelize.File, file, name string, from1904 bool) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		stored, err := book.Rows(name)
		if err == nil {
			defer func() { _ = stored.Close() }()
		}
		shown, err2 := book.Rows(name)
		if err2 == nil {
			defer func() { _ = shown.Close() }()
		}
		if err != nil || err2 != nil {
			yield(row{}, fault.At(at(file, 0, name), "the sheet cannot be read: %v", err))
			return
		}
		for line := 1; stored.Next() && shown.Next(); line++ {
			raw, err := stored.Columns(excelize.Options{RawCellValue: true})
			if err == nil {
				var seen []string
				if seen, err = shown.Columns(); err == nil {
					for i := range raw {
						if i < len(seen) {
							raw[i] = cell(raw[i], seen[i], from1904)
						}
					}
				}
			}
			if err != nil {
				err = fault.At(at(file, line, name), "the row cannot be read: %v", err)
			}
			if !yield(row{line: line, cells: raw}, err) {
				return
			}
		}
		if err := stored.Error(); err != nil {
			yield(row{}, fault.At(at(file, 0, name), "the sheet ends early: %v", err))
		}
	}
}

var (
	shownDate = regexp.MustCompile(`^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(\s.*)?$`)
	shownYear = regexp.MustCompile(`^\d{4}$`)
)

// cell returns what a cell says. A date is written as 2006-01-02, 2006-01 or
// 2006, as much as the cell shows of it; a number as it is shown, except where
// the showing rounds it.
func cell(stored, shown string, from1904 bool) string {
	serial, err := strconv.ParseFloat(stored, 64)
	if stored == shown || err != nil {
		return shown
	}
	moment, err := excelize.ExcelDateToTime(serial, from1904)
	if err == nil && serial >= 1 {
		p, err := date.Parse(shown, date.Century19) // the days come from moment, not from p
		switch {
		case shownYear.MatchString(shown) && serial > 9999:
			return shown
		case shownDate.MatchString(shown):
			return moment.Format("2006-01-02")
		case err == nil && p.Precision == date.Month:
			return moment.Format("2006-01")
		case err == nil && p.Precision == date.Day:
			return moment.Format("2006-01-02")
		}
	}
	if strings.ContainsAny(shown, "E#") && shown != "TRUE" && shown != "FALSE" {
		return strconv.FormatFloat(serial, 'f', -1, 64)
	}
	return shown
}
