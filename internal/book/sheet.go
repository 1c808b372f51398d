package book

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"interdict/internal/fault"
)

// maxUnpacked bounds what an XLSX file may unpack to, in bytes. It is unpacked
// in memory, never to a disk.
const maxUnpacked = 1 << 30

// readSheet streams the rows of one sheet of an XLSX file.
func readSheet(name string, in io.Reader, o Options, yield func(Customer, error) bool) {
	stop := func(err error) { yield(Customer{}, err) }
	f, err := excelize.OpenReader(in, excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		stop(fault.Hint(fault.At(fault.Place{File: name}, "not a readable XLSX file: %w", err), "Save it again as XLSX without a password, or as CSV."))
		return
	}
	defer f.Close()
	sheet, err := chooseSheet(name, f, o)
	if err != nil {
		stop(err)
		return
	}
	rows, err := openRows(f, sheet)
	if err != nil {
		stop(fault.At(fault.Place{File: name, Element: sheet}, "a sheet that cannot be read: %w", err))
		return
	}
	defer rows.close()
	var cols *columns
	for row := 1; rows.next(); row++ {
		place := fault.Place{File: name, Line: row, Element: sheet}
		cells, err := rows.cells(cols)
		if err != nil {
			if !yield(Customer{}, fault.At(place, "a row that cannot be read: %w", err)) {
				return
			}
			continue
		}
		if strings.Join(cells, "") == "" {
			continue
		}
		if cols == nil {
			found, err := findColumns(place, cells, o)
			if err != nil {
				stop(err)
				return
			}
			cols = &found
			continue
		}
		for len(cells) < len(cols.headers) { // empty cells at the end are not stored
			cells = append(cells, "")
		}
		c, err := cols.row(place, cells)
		if !yield(c, err) {
			return
		}
	}
	if err := rows.err(); err != nil {
		stop(fault.At(fault.Place{File: name, Element: sheet}, "a sheet that cannot be read to its end: %w", err))
	} else if cols == nil {
		stop(fault.At(fault.Place{File: name, Element: sheet}, "the sheet is empty"))
	}
}

func chooseSheet(name string, f *excelize.File, o Options) (string, error) {
	sheets := f.GetSheetList()
	if o.Sheet != "" {
		for _, s := range sheets {
			if strings.EqualFold(s, o.Sheet) {
				return s, nil
			}
		}
		return "", fault.Hint(fault.At(fault.Place{File: name}, "no sheet %q", o.Sheet), "The sheets are %s.", quoted(sheets))
	}
	if len(sheets) == 0 {
		return "", fault.At(fault.Place{File: name}, "no sheet in the file")
	}
	if len(sheets) > 1 {
		o.warn("only sheet %q is read; not read: %s", sheets[0], quoted(sheets[1:]))
	}
	return sheets[0], nil
}

// sheetRows reads a sheet twice in step: as people see it, and as it is
// stored. A cell whose two forms differ and whose stored form is a number may
// be a date, of which a short format would hide the century.
type sheetRows struct {
	shown, stored *excelize.Rows
	date1904      bool
}

func openRows(f *excelize.File, sheet string) (*sheetRows, error) {
	shown, err := f.Rows(sheet)
	if err != nil {
		return nil, err
	}
	stored, err := f.Rows(sheet)
	if err != nil {
		return nil, err
	}
	r := &sheetRows{shown: shown, stored: stored}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		r.date1904 = *props.Date1904
	}
	return r, nil
}

func (r *sheetRows) next() bool { return r.shown.Next() && r.stored.Next() }

func (r *sheetRows) close() {
	_ = r.shown.Close()
	_ = r.stored.Close()
}

func (r *sheetRows) err() error { return r.shown.Error() }

// cells are the values of the row: as shown, but dates of birth as YYYY-MM-DD
// and long numbers in full.
func (r *sheetRows) cells(cols *columns) ([]string, error) {
	shown, err := r.shown.Columns()
	if err != nil {
		return nil, err
	}
	stored, err := r.stored.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	for i, v := range shown {
		if i < len(stored) && (strings.Contains(v, "E+") || strings.HasPrefix(v, "##")) {
			shown[i] = stored[i]
		}
	}
	if cols == nil {
		return shown, nil
	}
	for _, i := range cols.fields[fieldBirth] {
		if i >= len(shown) || i >= len(stored) || shown[i] == stored[i] {
			continue
		}
		serial, err := strconv.ParseFloat(stored[i], 64)
		if err != nil {
			continue
		}
		if day, err := excelize.ExcelDateToTime(serial, r.date1904); err == nil {
			shown[i] = day.Format("2006-01-02")
		}
	}
	return shown, nil
}
