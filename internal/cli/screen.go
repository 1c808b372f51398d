package cli

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/record"
	"interdict/internal/screen"
)

// screenFlags are the flags that every screen verb has.
type screenFlags struct {
	threshold  string
	exhaustive bool
	explain    bool
	at         string
}

func (s *screenFlags) declare(f *flag.FlagSet) {
	f.StringVar(&s.threshold, "threshold", "", "the lowest name `SCORE` that is a hit, 0.5 to 1 (default .70, in texts .85)")
	f.BoolVar(&s.exhaustive, "exhaustive", false, "score every listed name instead of using the index; slow, the same answer")
	f.StringVar(&s.at, "at", "", "the `TIME` that answers carry, RFC 3339 (default now); for repeating an answer to the byte")
}

func (s *screenFlags) options() (o screen.Options, at time.Time, err error) {
	o.Exhaustive = s.exhaustive
	if s.threshold != "" {
		t, err := strconv.ParseFloat(s.threshold, 64)
		if err != nil || t < index.LowestThreshold/1000. || t > 1 {
			return o, at, wrongUsage("--threshold %s is not a number from %.2f to 1", s.threshold, index.LowestThreshold/1000.)
		}
		o.Threshold = int(math.Round(t * 1000))
	}
	at = time.Now().UTC().Truncate(time.Second)
	if s.at != "" {
		if at, err = time.Parse(time.RFC3339, s.at); err != nil {
			return o, at, wrongUsage("--at %s is not a time such as 2026-01-31T12:00:00Z", s.at)
		}
	}
	return o, at, nil
}

var screenNameVerb = verb{
	name: "screen name", args: "NAME... | -", short: "search names in the register", json: true, data: true,
	long: "Each NAME is one query; with - queries are read from standard input, one a line.\n" +
		"Exit code 1 means that there are hits. A name that cannot be screened is said so: it is not \"no hit\".",
	examples: []string{
		`screen name "Bashar al-Assad" --born 1965 --country SY`,
		`screen name "Исламское государство" --json`,
		`screen name - --threshold .8 <names.txt`,
	},
	setup: func(f *flag.FlagSet) action {
		var s screenFlags
		s.declare(f)
		var born, countries, ids multi
		f.Var(&born, "born", "`DATE` of birth as known: 1957, 1957-03-02, \"c. 1957\"; may be repeated")
		f.Var(&countries, "country", "`COUNTRY` of nationality, birth or residence; may be repeated")
		f.Var(&ids, "id", "`NUMBER` of a document or register; may be repeated")
		gender := f.String("gender", "", "`GENDER`: male or female")
		schema := f.String("schema", "", "`KIND` of bearer: person, organisation, vessel, aircraft, wallet")
		f.BoolVar(&s.explain, "explain", false, "show where each score comes from")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) == 0 {
				return false, wrongUsage("no name given")
			}
			o, at, err := s.options()
			if err != nil {
				return false, err
			}
			o.Brief = !c.JSON && !s.explain
			q, err := qualifiers(born, countries, ids, *gender, *schema)
			if err != nil {
				return false, err
			}
			e, done, err := openEngine(c)
			if err != nil {
				return false, err
			}
			defer done()
			hits := false
			for text, err := range queries(c, args) {
				if err != nil {
					return hits, err
				}
				q.Name = text
				a, err := e.Name(q, o)
				if err != nil {
					return hits, err
				}
				a.At = at
				hits = hits || a.Status == screen.Hits
				if err := showAnswer(c, a, s.explain); err != nil {
					return hits, err
				}
				if ctx.Err() != nil {
					return hits, ctx.Err()
				}
			}
			return hits, nil
		}
	},
}

// multi is a flag that may be repeated.
type multi []string

func (m *multi) String() string { return strings.Join(*m, ", ") }

func (m *multi) Set(s string) error {
	*m = append(*m, s)
	return nil
}

func qualifiers(born, countries, ids []string, gender, schema string) (screen.Query, error) {
	q := screen.Query{Kind: record.Kind(schema), Countries: countries, Identifiers: ids, Gender: gender}
	switch q.Kind {
	case "", record.Person, record.Organisation, record.Vessel, record.Aircraft, record.Wallet:
	default:
		return q, wrongUsage("--schema %s is none of person, organisation, vessel, aircraft, wallet", schema)
	}
	for _, b := range born {
		d, err := date.Parse(b)
		if err != nil {
			return q, fault.Hint(fmt.Errorf("reading --born: %w", err), "write 1957, 1957-03, 1957-03-02 or \"c. 1957\"")
		}
		q.Born = append(q.Born, d)
	}
	return q, nil
}

// queries yields the names given, or the lines of standard input.
func queries(c *call, args []string) func(func(string, error) bool) {
	return func(yield func(string, error) bool) {
		for _, a := range args {
			if a != "-" {
				if !yield(a, nil) {
					return
				}
				continue
			}
			in := bufio.NewScanner(c.in)
			in.Buffer(make([]byte, 64<<10), 1<<20)
			line := 0
			for in.Scan() {
				line++
				if !yield(strings.TrimRight(in.Text(), "\r"), nil) {
					return
				}
			}
			if err := in.Err(); err != nil {
				yield("", fault.As(fault.Invalid, fmt.Errorf("standard input:%d: %w", line+1, err)))
				return
			}
		}
	}
}

// showAnswer writes one answer: an object a line, or a table for people.
func showAnswer(c *call, a screen.Answer, explain bool) error {
	if c.JSON {
		if err := c.writeJSON(a); err != nil {
			return err
		}
		return c.out.Flush()
	}
	switch a.Status {
	case screen.NotScreened:
		fmt.Fprintf(c.out, "%s: %s: %s\n", c.bold(a.Query), c.yellow("not screened"), a.Reason)
	case screen.None:
		fmt.Fprintf(c.out, "%s: %s\n", c.bold(a.Query), c.green("no hit"))
	default:
		fmt.Fprintf(c.out, "%s: %s\n", c.bold(a.Query), plural(len(a.Hits), "hit", "hits"))
		if err := hitTable(c, a.Hits).write(c.out, c); err != nil {
			return err
		}
		if explain {
			for _, h := range a.Hits {
				explainHit(c, h)
			}
		}
	}
	writeStamp(c, a.Stamp)
	return c.out.Flush()
}

func writeStamp(c *call, s screen.Stamp) {
	fmt.Fprintln(c.out, c.dim(fmt.Sprintf("register %s, profile %s, %s", s.Snapshot, s.Profile, s.At.Format(time.RFC3339))))
	if s.Notice != "" {
		fmt.Fprintln(c.out, c.yellow(s.Notice))
	}
}

func hitTable(c *call, hits []screen.Hit) *table {
	t := newTable("band", ">score", ">confidence", "subject", "listed as", "of", "listed by")
	for _, h := range hits {
		name := h.Name
		if h.Identifier != nil {
			name = strings.TrimSpace(name + " [" + h.Identifier.Type + " " + h.Identifier.Number + "]")
		}
		t.add(paintBand(c, h.Band), short(h.Score), short(h.Confidence), h.Subject, name, h.Caption, listedBy(h.Listings))
	}
	return t
}

// short shows a ratio to two places, rounded down.
func short(r screen.Ratio) string { return r.String()[:4] }

func paintBand(c *call, b screen.Band) string {
	switch b {
	case screen.Strong:
		return c.red(string(b))
	case screen.Possible:
		return c.yellow(string(b))
	}
	return c.dim(string(b))
}

// listedBy names the listings in a few words; all of them are in --json and in
// "register show".
func listedBy(listings []screen.CardListing) string {
	const most = 3
	var out []string
	for _, l := range listings {
		s := l.Source + " " + l.Reference
		if l.Since != "" {
			s += " (" + l.Since + ")"
		}
		if l.Ended {
			s += " ended"
		}
		out = append(out, s)
	}
	if n := len(out) - most; n > 0 {
		out = append(out[:most], fmt.Sprintf("and %d more", n))
	}
	return strings.Join(out, ", ")
}

// explainHit writes the parts that a score is made of; they add up to it.
func explainHit(c *call, h screen.Hit) {
	x := h.Explanation
	fmt.Fprintf(c.out, "\n%s (%s)\n", c.bold(h.Caption), h.Subject)
	if x.Explanation != nil {
		t := newTable("query", "listed", "how", ">points")
		for _, p := range x.Pairs {
			t.add(p.Query, p.Listed, p.Relation, fmt.Sprintf("+%d", p.Gain))
		}
		for _, l := range x.QueryLeft {
			t.add(l.Word, "-", "only in the query", fmt.Sprintf("(%d lost)", l.Loss))
		}
		for _, l := range x.ListedLeft {
			t.add("-", l.Word, "only in the list", fmt.Sprintf("(%d lost)", l.Loss))
		}
		if x.Contradiction > 0 {
			t.add("", "", "words left over on both sides", fmt.Sprintf("(%d lost)", x.Contradiction))
		}
		t.add("", "", "name score of 10000", strconv.Itoa(x.Base))
		for _, f := range x.Factors {
			t.add("", "", fmt.Sprintf("%s: × .%02d", f.Reason, f.Hundredths), strconv.Itoa(f.Score))
		}
		t.write(c.out, c)
	}
	for _, q := range x.Qualifiers {
		fmt.Fprintf(c.out, "  %s: %s (%s | %s) %+.1f\n", q.Field, q.Says, q.Query, q.Listed, float64(q.Logit)/1000)
	}
	for _, f := range x.Flags {
		fmt.Fprintf(c.out, "  %s\n", c.yellow(f))
	}
	fmt.Fprintf(c.out, "  %s: %s\n", h.Band, x.Band)
}
