package sheet

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// Mapping says how one list's tables become records. It is written in YAML;
// docs/formats/mapping.md describes every key.
type Mapping struct {
	ID        string      `yaml:"id"`
	Title     string      `yaml:"title"`
	Authority string      `yaml:"authority"`
	Note      string      `yaml:"note"`   // what the list looks like and where that is known from
	Format    string      `yaml:"format"` // csv, xlsx, html
	Accept    Accept      `yaml:"accept"`
	Charset   string      `yaml:"charset"`   // of CSV and HTML; "" is UTF-8, a byte order mark wins
	Delimiter string      `yaml:"delimiter"` // of CSV; "" is found out
	Header    Header      `yaml:"header"`
	Sheets    []SheetRule `yaml:"sheets"`
	Skip      []Skip      `yaml:"skip"`
	Group     Group       `yaml:"group"`
	Key       Key         `yaml:"key"`
	Blank     []string    `yaml:"blank"` // cells that mean nothing was said
	Constant  Constant    `yaml:"constant"`
	Columns   []Column    `yaml:"columns"`
	Bounds    Bounds      `yaml:"bounds"`

	columns map[string]*Column // by folded header
	named   map[string]*Column // by the mapping's own name
	nulls   map[string]bool
}

// Accept says which files look like this list. Each part given must hold.
type Accept struct {
	File string `yaml:"file"` // pattern of a file's name
	Text string `yaml:"text"` // pattern in the first bytes, CSV and HTML only

	file, text *regexp.Regexp
}

// Header says how the header row is found: the first row that holds a column
// of names, every required column and, in a workbook or page, another known
// one.
type Header struct {
	Rows    int      `yaml:"rows"`    // how far to look, 30 if not given
	None    bool     `yaml:"none"`    // there is no header, columns have positions
	Require []string `yaml:"require"` // names of columns that the header row must hold
}

// SheetRule applies to sheets whose name matches: sheets of a workbook, tables
// of a page under their heading, or CSV files (their sheet has no name).
type SheetRule struct {
	Match    string   `yaml:"match"`
	File     string   `yaml:"file"` // pattern of the file's name
	Skip     bool     `yaml:"skip"`
	Constant Constant `yaml:"constant"`

	match, file *regexp.Regexp
}

// Skip names rows that are no entries, such as "[Deleted by ...]".
type Skip struct {
	Column  string `yaml:"column"`
	Pattern string `yaml:"pattern"`

	pattern *regexp.Regexp
}

// Group joins rows of one entry: those whose column, with everything that
// Strip matches taken off, is equal.
type Group struct {
	Column string `yaml:"column"`
	Strip  string `yaml:"strip"`

	strip *regexp.Regexp
}

// Key makes the key of an entry: the columns joined by "/", then twelve hex
// digits of the SHA-256 of the columns in Digest, if any. Without either the
// key is the group, else the reference, else a digest of the whole row.
type Key struct {
	Columns []string `yaml:"columns"`
	Digest  []string `yaml:"digest"`
}

// Constant holds what is true of every row, or of every row of a sheet.
type Constant struct {
	Authority  string   `yaml:"authority"`
	Kind       string   `yaml:"kind"`
	Status     string   `yaml:"status"` // active or ended
	Programmes []string `yaml:"programmes"`
	LegalBases []string `yaml:"legal_bases"`
	Measures   []string `yaml:"measures"`
}

// Column says what the cells under a header mean.
type Column struct {
	Name       string            `yaml:"name"`     // the mapping's own word for it, "" is the first header
	Header     []string          `yaml:"header"`   // header texts; case, blanks and punctuation do not matter
	Position   int               `yaml:"position"` // 1-based, where there is no header
	To         string            `yaml:"to"`       // where the value goes, see targets in target.go
	As         string            `yaml:"as"`       // type of identifier, role of link, text, date or name part
	Implies    string            `yaml:"implies"`  // kind of a subject that has a value here, if nothing else tells it
	Source     string            `yaml:"source"`   // list of a printed reference
	Split      []string          `yaml:"split"`    // separators of several values in a cell
	Quoted     bool              `yaml:"quoted"`   // values that hold a separator stand in quotes
	Enumerated bool              `yaml:"enumerated"`
	Map        map[string]string `yaml:"map"`
	Blank      []string          `yaml:"blank"`
	Type       Choice            `yaml:"type"`    // type of a name
	Quality    Choice            `yaml:"quality"` // quality of a name
	Script     string            `yaml:"script"`
	Language   string            `yaml:"language"`
	Dates      []string          `yaml:"dates"`   // grammars of dates
	Pattern    string            `yaml:"pattern"` // in extract only: what to take, its first group if it has one
	Extract    []Column          `yaml:"extract"` // further values inside the text of the cell

	pattern  *regexp.Regexp
	words    map[string]string // Map by folded word
	nulls    map[string]bool
	grammars []date.Grammar
}

// Choice is a constant, or the value of another column through a table.
type Choice struct {
	Value string            `yaml:"value"`
	From  string            `yaml:"from"`
	Map   map[string]string `yaml:"map"`

	words map[string]string
}

// Bounds is what is usual for the list. A register that sees an edition
// outside of them holds it back until a person releases it (list-formats 0.10).
type Bounds struct {
	Rows []int          `yaml:"rows"` // fewest and most entries
	Fill map[string]int `yaml:"fill"` // per cent of entries that fill name, birth, nationality, identifier, address
}

// Parse reads a mapping. A key it does not know is an error with its line.
func Parse(r io.Reader, name string) (*Mapping, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxMapping+1))
	if err != nil {
		return nil, fmt.Errorf("reading mapping %s: %w", name, err)
	}
	if len(text) > maxMapping {
		return nil, fault.At(fault.Place{File: name}, "a mapping is not larger than %d bytes", maxMapping)
	}
	m := &Mapping{}
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.DisallowUnknownField()).Decode(m); err != nil {
		return nil, fault.Hint(fault.At(fault.Place{File: name}, "%s", strings.TrimSpace(yaml.FormatError(err, false, true))),
			"docs/formats/mapping.md lists the keys of a mapping")
	}
	if err := m.prepare(); err != nil {
		return nil, fmt.Errorf("mapping %s: %w", name, err)
	}
	return m, nil
}

const maxMapping = 1 << 20

// Load reads a mapping and returns the list it describes.
func Load(r io.Reader, name string) (list.Source, error) {
	m, err := Parse(r, name)
	if err != nil {
		return list.Source{}, err
	}
	return m.Source(), nil
}

// Source returns the list that the mapping describes.
func (m *Mapping) Source() list.Source {
	return list.Source{ID: m.ID, Title: m.Title, Authority: m.Authority, Formats: []list.Format{
		{Name: m.Format, Accepts: m.accepts, Read: m.read},
	}}
}

// kind returns a word of a kind map as a kind.
func kind(word string) (record.Kind, bool) {
	switch k := record.Kind(word); k {
	case record.Unknown, record.Person, record.Organisation, record.Vessel, record.Aircraft, record.Wallet:
		return k, true
	}
	return record.Unknown, false
}
