// Package own writes and reads the commission's own list: JSON lines, the first
// says of which list and day it is and how many entries follow, each other line
// is one record.
//
// It promises that what it wrote is read back as the same records, that equal
// entries give equal bytes, and that a file which is cut short is an error. It
// never decides what is listed.
package own

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"time"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// ID is the source of the commission's own list.
const ID = "own"

// Source is the commission's own list.
var Source = list.Source{
	ID:        ID,
	Title:     "The commission's own list",
	Authority: "as each entry states",
	Formats:   []list.Format{{Name: "interdict", Accepts: accepts, Read: read}},
}

// header is the first line.
type header struct {
	Form    int    `json:"interdict_list"` // 1
	Day     string `json:"day"`            // of the edition, 2006-01-02
	Entries int    `json:"entries"`
}

// Write writes the edition of a day.
func Write(w io.Writer, day time.Time, records []record.Record) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(header{1, day.UTC().Format(time.DateOnly), len(records)}); err != nil {
		return err
	}
	for _, r := range records {
		r.File, r.Line, r.Element, r.Edition = "", 0, "", "" // set when it is read
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return b.Flush()
}

// Day returns the last day on which an entry began or ended: the day of an
// edition that is the same whenever it is written. It is zero for no entry.
func Day(records []record.Record) time.Time {
	var last date.Civil
	for _, r := range records {
		for _, l := range r.Listings {
			for _, d := range []date.Partial{l.ListedOn, l.InForce, l.Delisted} {
				if d.Known() && d.To.Compare(last) > 0 {
					last = d.To
				}
			}
		}
	}
	if last == (date.Civil{}) {
		return time.Time{}
	}
	return time.Date(int(last.Y), time.Month(last.M), int(last.D), 0, 0, 0, 0, time.UTC)
}

func accepts(_ []string, head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte(`{"interdict_list":`))
}

func read(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		if len(files) != 1 {
			yield(record.Record{}, fault.New(fault.Invalid, "the own list is one file, not %d", len(files)))
			return
		}
		readFile(files[0], report, yield)
	}
}

func readFile(f list.File, report *list.Report, yield func(record.Record, error) bool) {
	in := bufio.NewReader(f.Body)
	for line := 1; ; line++ {
		text, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(text)) > 0 {
			at := fault.Place{File: f.Name, Line: line}
			if !readLine(text, at, report, yield) {
				return
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			yield(record.Record{}, err)
			return
		}
	}
}

func readLine(text []byte, at fault.Place, report *list.Report, yield func(record.Record, error) bool) bool {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if at.Line == 1 {
		var h header
		if err := d.Decode(&h); err != nil || h.Form != 1 {
			yield(record.Record{}, fault.At(at, "want the line that begins an own list: %v", err))
			return false
		}
		day, err := date.Parse(h.Day)
		if err != nil {
			yield(record.Record{}, fault.At(at, "the day of the edition: %v", err))
			return false
		}
		report.Declared, report.Date = h.Entries, day
		return true
	}
	report.Elements++
	var r record.Record
	if err := d.Decode(&r); err != nil {
		return yield(record.Record{}, fault.At(at, "reading an entry: %v", err))
	}
	if r.Source != ID || r.Key == "" || len(r.Names) == 0 {
		return yield(record.Record{}, fault.At(at, "an entry of %q without key or name", r.Source))
	}
	r.File, r.Line = at.File, at.Line
	return yield(r, nil)
}
