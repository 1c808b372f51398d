// Package list is the seam between outside list formats and records.
//
// It promises that every element of a list comes out as a record or as an
// error with its place; counts of both are kept in [Report], so that the
// register can refuse an edition that lost something. It reads streams, never
// files, and never decides whether an edition is taken.
package list

import (
	"io"
	"iter"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/record"
)

// File is one file of an edition.
type File struct {
	Name string // base name as given, used in errors and to tell parts apart
	Body io.Reader
}

// Report is what a reader learns besides the records. It is complete once the
// sequence has been read to its end.
type Report struct {
	Date     date.Partial // date that the list itself states
	Previous date.Partial // date of the edition that this one follows, where the list says so
	Declared int          // number of entries that the list itself states, 0 if it does not
	Elements int          // entry elements seen: records + errors
	Parts    int          // elements that are no entries: folded into records, or warned of
	Warnings []Warning    // unknown elements, unknown codes, odd values kept as they stand
}

// Warning is an oddity that lost nothing: the value was kept, but not fully
// understood.
type Warning struct {
	Place fault.Place
	Text  string
}

// Warn adds a warning.
func (r *Report) Warn(p fault.Place, text string) {
	r.Warnings = append(r.Warnings, Warning{Place: p, Text: text})
}

// Read turns the files of one edition into records. For each entry element it
// yields a record or an error that names the element; after an error it goes
// on with the next element where the format allows.
type Read func(files []File, report *Report) iter.Seq2[record.Record, error]

// Source is a list that can be read.
type Source struct {
	ID        string // "un", used on the command line
	Title     string
	Authority string
	Formats   []Format
}

// Format is one way in which a list is published.
type Format struct {
	Name string // "xml", "csv", "advanced"
	// Accepts reports whether the files look like this format: their names,
	// and the first bytes of the first one (up to 4096).
	Accepts func(names []string, head []byte) bool
	Read    Read
}
