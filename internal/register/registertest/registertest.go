// Package registertest writes lists that a person can read, for tests of the
// register and what stands on it.
//
// It promises a [list.Source] for a small text form, and nothing about real
// lists. It is never part of a program.
package registertest

import (
	"bufio"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
	"interdict/internal/register"
)

// Source returns a source that reads the text form:
//
//	list 2026-11-01
//	declared 2
//	7: ref QDi.900; former QI.A.9.01; name Example Personov; born 1963
//	8: ref QDe.901; organisation; name Example Front; weak Front; also uk UK.3
//	! this line cannot be read
//
// An entry is a key and items: ref, former, also, name, alias, weak, born
// (year, day or a..b), passport (country and number), imo, country, listed,
// ended, remark, and a kind, which is person unless it is given.
func Source(id string) list.Source {
	return list.Source{
		ID: id, Title: "Test list " + id, Authority: "Authority of " + id,
		Formats: []list.Format{{
			Name:    "text",
			Accepts: func(_ []string, head []byte) bool { return strings.HasPrefix(string(head), "list") },
			Read:    read,
		}},
	}
}

// Input returns the text as the one file of an edition.
func Input(text string) []register.Input {
	return []register.Input{{Name: "list.txt", Bytes: []byte(text)}}
}

func read(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		for _, f := range files {
			lines := bufio.NewScanner(f.Body)
			for n := 1; lines.Scan(); n++ {
				line := strings.TrimSpace(lines.Text())
				word, rest, _ := strings.Cut(line, " ")
				switch {
				case line == "" || word == "list":
					if rest != "" {
						report.Date = day(rest)
					}
				case word == "declared":
					report.Declared, _ = strconv.Atoi(rest)
				default:
					report.Elements++
					r, err := entry(line, fault.Place{File: f.Name, Line: n})
					if !yield(r, err) {
						return
					}
				}
			}
		}
	}
}

func entry(line string, at fault.Place) (record.Record, error) {
	key, items, ok := strings.Cut(line, ":")
	if !ok {
		return record.Record{}, fault.At(at, "an entry needs a key and a colon")
	}
	r := record.Record{Key: key, File: at.File, Line: at.Line, Listings: []record.Listing{{}}}
	r.Kind = record.Person
	for _, item := range strings.Split(items, ";") {
		word, rest, _ := strings.Cut(strings.TrimSpace(item), " ")
		if err := set(&r, word, strings.TrimSpace(rest)); err != nil {
			return r, fault.At(at, "%v", err)
		}
	}
	return r, nil
}

func set(r *record.Record, word, rest string) error {
	l := &r.Listings[0]
	switch word {
	case "ref":
		l.Reference = rest
	case "former":
		l.Former = append(l.Former, rest)
	case "also":
		source, ref, _ := strings.Cut(rest, " ")
		l.Also = append(l.Also, record.Reference{Source: source, Value: ref})
	case "name":
		r.Names = append(r.Names, record.Name{Full: rest, Type: record.Primary, Quality: record.Strong})
	case "alias":
		r.Names = append(r.Names, record.Name{Full: rest, Type: record.Alias, Quality: record.Unspecified})
	case "weak":
		r.Names = append(r.Names, record.Name{Full: rest, Type: record.Alias, Quality: record.Weak})
	case "born":
		r.Births = append(r.Births, record.Birth{Date: day(rest)})
	case "passport":
		country, number, _ := strings.Cut(rest, " ")
		r.Identifiers = append(r.Identifiers, record.Identifier{Type: word, Code: country, Number: number})
	case "imo":
		r.Identifiers = append(r.Identifiers, record.Identifier{Type: word, Number: rest})
	case "country":
		r.Nationalities = append(r.Nationalities, record.Country{Text: rest, Code: rest})
	case "listed":
		l.ListedOn = day(rest)
	case "ended":
		l.Ended = true
	case "remark":
		r.Remarks = append(r.Remarks, record.Text{Text: rest})
	case "person", "organisation", "vessel", "unknown":
		r.Kind = record.Kind(word)
	case "":
	default:
		return fmt.Errorf("no item %q", word)
	}
	return nil
}

// day reads 1963, 1963-02-03 or 1963..1965.
func day(s string) date.Partial {
	var y, m, d, z int
	switch {
	case scan(s, "%d..%d", &y, &z):
		return date.Between(date.InYear(y), date.InYear(z))
	case scan(s, "%d-%d-%d", &y, &m, &d):
		return date.OnDay(y, m, d)
	case scan(s, "%d", &y):
		return date.InYear(y)
	}
	return date.Partial{Text: s}
}

func scan(s, format string, to ...any) bool {
	n, err := fmt.Sscanf(s, format, to...)
	return err == nil && n == len(to)
}
