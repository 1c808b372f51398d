package cli

import (
	"context"
	"flag"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"interdict/internal/effect"
)

// effectivenessVerb shows what the work came to in a period.
func effectivenessVerb() verb {
	return verb{
		name: "effectiveness", short: "count what the work came to: designations, hours, amounts, petitions (FATF IO.10)", json: true,
		long: "The numbers are those of the whole house, without names. Days are those of UTC; the last is not in the period.\n" +
			"docs/effectiveness.md says what each figure means.",
		examples: []string{"effectiveness", "effectiveness --from 2026-01-01 --to 2027-01-01", "effectiveness --as-of 1200 --json"},
		setup: func(f *flag.FlagSet) action {
			r := remoteFlags(f)
			from := f.String("from", "", "first `DAY` of the period (default: the first of this year)")
			to := f.String("to", "", "`DAY` on which it is over (default: until now)")
			asOf := f.String("as-of", "", "as it was known at this `ENTRY` of the ledger or instant")
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				if len(args) > 0 {
					return false, wrongUsage("effectiveness takes no argument, but was given %q", args[0])
				}
				query := url.Values{"from": {*from}, "to": {*to}, "as_of": {*asOf}}
				text, err := r.get(ctx, "/v1/effectiveness?"+query.Encode(), "")
				if err != nil {
					return false, err
				}
				if c.JSON {
					_, err = fmt.Fprintf(c.out, "%s\n", strings.TrimSpace(string(text)))
					return false, err
				}
				var e effect.Effectiveness
				if err := readAnswer(text, &e); err != nil {
					return false, err
				}
				return false, writeEffectiveness(c, e)
			}
		},
	}
}

func writeEffectiveness(c *call, e effect.Effectiveness) error {
	fmt.Fprintf(c.out, "from %s until %s, as known at %s\n", e.From.Format(time.RFC3339), e.To.Format(time.RFC3339), e.At.Format(time.RFC3339))
	hops := newTable("hours from", "to", ">n", ">median", ">95 %")
	for _, h := range e.Hops {
		if h.N > 0 {
			hops.add(spaced(h.From), spaced(h.To), strconv.Itoa(h.N), decimal(h.Median), decimal(h.P95))
		}
	}
	limits := newTable("limit", "rule", ">in time", ">late", ">not met")
	for _, l := range e.Limits {
		if l.InTime+l.Late+l.Unmet == 0 {
			continue
		}
		limits.add(spaced(l.Of), l.Rule, strconv.Itoa(l.InTime), strconv.Itoa(l.Late), strconv.Itoa(l.Unmet))
	}
	s := e.Silence
	silence := newTable(">editions", ">awaited", ">in time", ">late", ">silent", ">open")
	silence.add(strconv.Itoa(s.Editions), strconv.Itoa(s.Awaited), strconv.Itoa(s.InTime), strconv.Itoa(s.Late), strconv.Itoa(s.Silent), strconv.Itoa(s.Open))
	reviews := append([]effect.Count{{Of: "held", N: e.Reviews.Held}, {Of: "missed", N: e.Reviews.Missed}}, e.Reviews.Findings...)
	for _, part := range []struct {
		heading string
		*table
	}{
		{fmt.Sprintf("designations: %d", e.Designations.N), counted(e.Designations.ByKind, e.Designations.ByPath, e.Designations.ByGround)},
		{"decisions in force", counted(e.Measures)},
		{"hours", hops},
		{"limits of the law", limits},
		{"amounts reported, in the smallest unit", sums(e.Sums)},
		{"reports", reports(e.Reports)},
		{"institutions", silence},
		{"hits judged", counted(e.Hits)},
		{"exemptions", counted(e.Exemptions)},
		{"petitions", petitions(e.Petitions)},
		{"reviews", counted(reviews)},
		{"designations ended", counted(e.Ended)},
		{"erasures", counted(e.Erasures)},
	} {
		if len(part.rows) == 0 {
			continue
		}
		fmt.Fprintf(c.out, "\n%s\n", c.bold(part.heading))
		if err := part.write(c.out, c); err != nil {
			return err
		}
	}
	return nil
}

// counted is a table of counts, one breakdown below the other.
func counted(breakdowns ...[]effect.Count) *table {
	t := newTable("of", ">n")
	for _, all := range breakdowns {
		for _, x := range all {
			t.add(spaced(x.Of), strconv.Itoa(x.N))
		}
	}
	return t
}

func sums(all []effect.Sum) *table {
	t := newTable("what", "limb", "currency", ">assets", ">amount")
	for _, s := range all {
		amount := strconv.FormatInt(s.Amount, 10)
		if s.Beyond {
			amount = "more than " + amount
		}
		t.add(spaced(s.What), spaced(s.Limb), s.Currency, strconv.Itoa(s.Assets), amount)
	}
	return t
}

func reports(all []effect.Reported) *table {
	t := newTable("what", ">n", ">customers", "answers")
	for _, r := range all {
		t.add(spaced(r.What), strconv.Itoa(r.N), strconv.Itoa(r.Customers), inLine(r.Verdicts))
	}
	return t
}

func petitions(all []effect.Pleaded) *table {
	t := newTable("plea", ">lodged", "ended", ">median days", ">95 %")
	for _, p := range all {
		t.add(spaced(p.Plea), strconv.Itoa(p.Lodged.N), inLine(p.Outcomes), decimal(p.Spread.Median/24), decimal(p.Spread.P95/24))
	}
	return t
}

// inLine writes counts as "2 granted, 1 refused".
func inLine(all []effect.Count) string {
	var words []string
	for _, x := range all {
		words = append(words, fmt.Sprint(x.N, " ", spaced(x.Of)))
	}
	return strings.Join(words, ", ")
}

// decimal writes a number to two decimals at most.
func decimal(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }
