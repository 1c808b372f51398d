// Package book reads customer books: CSV in its dialects, gzipped or not, XLSX, and
// Parquet.
//
// It yields one customer or one error for every row, in order, with the row's
// number, and goes on after a broken row. Headers are understood in several
// languages (columns.txt) or told by the caller. A row without a name is a
// customer without a name, for the screener to report; cells that no field
// claims are kept as extra. CSV is read as a stream, and so is Parquet where the
// reader can also read at an offset and seek, as a file can. It knows nothing of
// lists or of matching.
package book

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"iter"
	"strings"

	"interdict/internal/fault"
)

// Customer is one row of a book. Values are as written, trimmed.
type Customer struct {
	Row                 int    // 1-based: the line where a CSV row starts, the row of a sheet or of a Parquet file
	ID                  string // the institution's own; may be empty
	Name                string // whole name; put together from its parts if the book holds only those
	First, Middle, Last string
	Aliases             []string
	Kind                string // "person", "organisation" or "" (unknown; an odd value stands in Extra)
	Births              []string
	BirthPlaces         []string
	Countries           []string // nationality, residence, jurisdiction
	Genders             []string
	Identifiers         []string
	Extra               map[string]string // header to value, of columns without a field; nil if none
}

// Options say what the book itself does not.
type Options struct {
	Columns   map[string]string    // field of columns.txt to header, instead of the table's choice
	Sheet     string               // of an XLSX file; empty means the first
	Delimiter rune                 // of a CSV file; 0 means find out
	Warn      func(message string) // told of guesses and of what is left unread; may be nil
}

func (o Options) warn(format string, args ...any) {
	if o.Warn != nil {
		o.Warn(fmt.Sprintf(format, args...))
	}
}

// Read yields the customers of a book. An error of a single row is followed by
// the next row; an error of the whole book (no name column, unreadable file)
// is the last thing yielded.
func Read(name string, r io.Reader, o Options) iter.Seq2[Customer, error] {
	return func(yield func(Customer, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		head, err := in.Peek(4)
		if err != nil && err != io.EOF {
			yield(Customer{}, fmt.Errorf("reading %s: %w", name, err))
			return
		}
		if strings.HasPrefix(string(head), "\x1F\x8B") {
			z, err := gzip.NewReader(in)
			if err != nil {
				yield(Customer{}, fault.At(fault.Place{File: name}, "a broken gzip file: %w", err))
				return
			}
			in, r = bufio.NewReaderSize(z, 64<<10), z
			head, _ = in.Peek(4)
		}
		switch {
		case strings.HasPrefix(string(head), "PK\x03\x04"):
			readSheet(name, in, o, yield)
		case strings.HasPrefix(string(head), "\xD0\xCF\x11\xE0"):
			yield(Customer{}, fault.Hint(fault.At(fault.Place{File: name}, "an old Excel file"), "Save it as XLSX or CSV."))
		case string(head) == "PAR1":
			readParquet(name, r, in, o, yield)
		case string(head) == "PARE":
			yield(Customer{}, fault.Hint(fault.At(fault.Place{File: name}, "an encrypted Parquet file"), "Write it without encryption, or as CSV."))
		default:
			readCSV(name, in, o, yield)
		}
	}
}

// customer builds a customer from the cells of a row.
func (c *columns) customer(row int, cells []string) Customer {
	room := make([]string, 0, c.values) // one piece of memory for all lists
	many := func(f field) []string {
		from := len(room)
		room = c.many(room, cells, f)
		if len(room) == from {
			return nil
		}
		return room[from:len(room):len(room)]
	}
	out := Customer{
		Row: row, ID: c.one(cells, fieldID), Name: c.one(cells, fieldName),
		First: c.one(cells, fieldFirst), Middle: c.one(cells, fieldMiddle), Last: c.one(cells, fieldLast),
		Aliases: many(fieldAlias), Births: many(fieldBirth), BirthPlaces: many(fieldBirthPlace),
		Countries: many(fieldCountry), Genders: many(fieldGender), Identifiers: many(fieldIdentifier),
	}
	if names := c.fields[fieldName]; len(names) > 1 {
		for _, i := range names {
			if v := strings.TrimSpace(cells[i]); v != "" && v != out.Name {
				out.Aliases = append(out.Aliases, v)
			}
		}
	}
	if out.Name == "" {
		out.Name = strings.Join(strings.Fields(out.First+" "+out.Middle+" "+out.Last), " ")
	}
	for _, i := range c.extra {
		out.setExtra(c.headers[i], cells[i])
	}
	if kind := c.one(cells, fieldKind); kind != "" {
		if out.Kind = kinds[strings.ToLower(kind)]; out.Kind == "" {
			out.setExtra(c.headers[c.fields[fieldKind][0]], kind)
		}
	}
	return out
}

func (out *Customer) setExtra(header, value string) {
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	if out.Extra == nil {
		out.Extra = map[string]string{}
	}
	if before := out.Extra[header]; before != "" {
		value = before + "; " + value
	}
	out.Extra[header] = value
}

// one is the first value of a field.
func (c *columns) one(cells []string, f field) string {
	for _, i := range c.fields[f] {
		if v := strings.TrimSpace(cells[i]); v != "" {
			return v
		}
	}
	return ""
}

// many appends all values of a field; ; | and line ends part the values of a
// cell.
func (c *columns) many(out, cells []string, f field) []string {
	for _, i := range c.fields[f] {
		cell := cells[i]
		for cell != "" {
			var v string
			if at := strings.IndexAny(cell, ";|\n"); at >= 0 {
				v, cell = cell[:at], cell[at+1:]
			} else {
				v, cell = cell, ""
			}
			if v = strings.TrimSpace(v); v != "" {
				out = append(out, v)
			}
		}
	}
	return out
}

// kinds are the words for the two kinds of customer.
var kinds = kindWords(map[string]string{
	"person": "person, individual, natural, natural person, private, private person, retail, human, p, i, ind, personne physique, natürliche person," +
		" privatperson, privat, persona física, persona fisica, pessoa física, natuurlijk persoon, osoba fizyczna, gerçek kişi, физлицо, физическое лицо, фл," +
		" фізична особа, شخص, فرد, 个人, 自然人",
	"organisation": "organisation, organization, company, entity, legal, legal entity, legal person, corporate, corporation, business, firm, o, c, e, org," +
		" personne morale, société, juristische person, firma, unternehmen, persona jurídica, empresa, persona giuridica, pessoa jurídica, rechtspersoon," +
		" osoba prawna, tüzel kişi, юрлицо, юридическое лицо, юл, юридична особа, شركة, مؤسسة, 公司, 企业, 法人",
})

func kindWords(lists map[string]string) map[string]string {
	out := map[string]string{}
	for kind, words := range lists {
		for _, w := range strings.Split(words, ",") {
			out[strings.TrimSpace(w)] = kind
		}
	}
	return out
}
