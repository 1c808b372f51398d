package cli

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/record"
	"interdict/internal/screen"
)

var screenNameVerb = verb{
	name: "screen name", args: "NAME... | -", short: "search names in the register", json: true, data: true,
	long: "Each NAME is one query; with - queries are read from standard input, one a line. Exit code 1 means\n" +
		"hits, 0 that every name was screened and none found. A name that cannot be screened is said so: it is\n" +
		"not \"no hit\", and without any hit the exit code is 2.",
	examples: []string{
		`screen name "Bashar al-Assad" --born 1965 --country SY`,
		`screen name "Исламское государство" --json`,
		`screen name - --threshold .8 <names.txt`,
	},
	setup: func(f *flag.FlagSet) action {
		var r nameRun
		r.declare(f, "a name", index.LowestThreshold, screen.DefaultThreshold)
		f.Var(&r.born, "born", "`DATE` of birth as known: 1957, 1957-03-02, \"c. 1957\"; may be repeated")
		f.Var(&r.countries, "country", "`COUNTRY` of nationality, birth or residence; may be repeated")
		f.Var(&r.ids, "id", "`NUMBER` of a document or register; may be repeated")
		f.StringVar(&r.gender, "gender", "", "`GENDER`: male or female")
		f.StringVar(&r.schema, "schema", "", "`KIND` of bearer: person, organisation, vessel, aircraft, wallet")
		f.BoolVar(&r.explain, "explain", false, "show where each score comes from")
		return r.run
	},
}

// nameRun is one call of screen name.
type nameRun struct {
	screenFlags
	born, countries, ids multi
	gender, schema       string
	explain              bool
	tally                tally
}

func (r *nameRun) run(ctx context.Context, c *call, args []string) (hits bool, err error) {
	if len(args) == 0 {
		return false, wrongUsage("no name given")
	}
	threshold, at, err := r.read()
	if err != nil {
		return false, err
	}
	o := screen.Options{Threshold: threshold, Exhaustive: r.exhaustive, Brief: !c.JSON && !r.explain}
	q, err := qualifiers(r.born, r.countries, r.ids, r.gender, r.schema)
	if err != nil {
		return false, err
	}
	e, done, err := openEngine(c)
	if err != nil {
		return false, err
	}
	defer done()
	for line, err := range queries(c, args) {
		if err != nil {
			return false, err
		}
		if err := ctx.Err(); err != nil {
			return false, err
		}
		q.Name = line.text
		a, err := e.Name(q, o)
		if err != nil {
			return false, err
		}
		if line.cut {
			a.Reason = fmt.Sprintf("only the beginning of a line of more than %d bytes", longestLine)
			if a.Status == screen.None {
				a.Status = screen.NotScreened
			}
		}
		a.At = at
		r.tally.count(a.Status)
		if err := showAnswer(c, a, r.explain); err != nil {
			return false, err
		}
	}
	return r.tally.result("name", "names")
}

// multi is a flag that may be repeated.
type multi []string

func (m *multi) String() string { return strings.Join(*m, ", ") }

func (m *multi) Set(s string) error {
	*m = append(*m, s)
	return nil
}

// qualifiers is a query without a name. What cannot be understood is an error:
// left out in silence it would change the answer.
func qualifiers(born, countries, ids []string, gender, schema string) (screen.Query, error) {
	q := screen.Query{Kind: record.Kind(schema), Countries: countries, Identifiers: ids, Gender: gender}
	switch q.Kind {
	case "", record.Person, record.Organisation, record.Vessel, record.Aircraft, record.Wallet:
	default:
		return q, wrongUsage("--schema %s is none of person, organisation, vessel, aircraft, wallet", schema)
	}
	if gender != "" && gender != "male" && gender != "female" {
		return q, wrongUsage("--gender %s is neither male nor female", gender)
	}
	for _, name := range countries {
		if _, ok := country.Code(name); !ok {
			return q, wrongUsage("--country %s is no country that we know, or several", name)
		}
	}
	for _, id := range ids {
		if index.Key(id) == "" {
			return q, wrongUsage("--id %s identifies nobody: it needs five letters and digits, a digit among them", id)
		}
	}
	for _, b := range born {
		d, err := date.Parse(b)
		if err == nil && !d.Known() {
			err = fault.New(fault.Invalid, "no date given")
		}
		if err != nil {
			return q, fault.Hint(fmt.Errorf("reading --born: %w", err), "write 1957, 1957-03, 1957-03-02 or \"c. 1957\"")
		}
		q.Born = append(q.Born, d)
	}
	return q, nil
}

// longestLine is the longest line of standard input that is read as a name, in
// bytes.
const longestLine = 64 << 10

// query is a name to screen.
type query struct {
	text string
	cut  bool // it is the beginning of a line that is longer
}

// queries yields the names given, or the lines of standard input.
func queries(c *call, args []string) iter.Seq2[query, error] {
	return func(yield func(query, error) bool) {
		for _, a := range args {
			if a != "-" {
				if !yield(query{text: a}, nil) {
					return
				}
				continue
			}
			in := bufio.NewReaderSize(c.in, longestLine)
			for first := true; ; first = false {
				q, err := readLine(in)
				if errors.Is(err, io.EOF) {
					break
				}
				if first {
					q.text = strings.TrimPrefix(q.text, "\ufeff")
				}
				if err != nil {
					err = fmt.Errorf("reading standard input: %w", err)
				}
				if !yield(q, err) || err != nil {
					return
				}
			}
		}
	}
}

// shownOfLine is how much is kept of a line that is too long, in bytes.
const shownOfLine = 200

// readLine reads a line without its end; of one that is too long only the
// beginning. io.EOF says that there is none.
func readLine(in *bufio.Reader) (query, error) {
	line, long, err := in.ReadLine()
	if err != nil {
		return query{}, err
	}
	if !long {
		return query{text: string(line)}, nil
	}
	q := query{text: strings.ToValidUTF8(string(line[:shownOfLine]), ""), cut: true}
	for long && err == nil {
		_, long, err = in.ReadLine()
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return q, err
}
