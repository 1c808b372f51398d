package register

import (
	"fmt"
	"unicode"

	"interdict/internal/date"
	"interdict/internal/record"
)

// Bounds of a step from one edition to the next (list-formats 0.10). A real
// step of +121 entries has happened, so bounds raise a concern that a person
// releases; they never refuse for good.
const (
	fallPercent = 80  // fewer than this share of the entries remain
	risePercent = 125 // more than this share
	smallStep   = 20  // steps of up to so many entries are never out of bounds
)

// Concern is a reason not to take an edition until a named person accepts it.
type Concern struct {
	Rule string `json:"rule"` // unreadable, declared, empty, older, fewer, more, fill, repeated
	Text string `json:"text"`
}

// String returns "rule: text".
func (c Concern) String() string { return c.Rule + ": " + c.Text }

// Check returns what speaks against putting next in force in place of prev,
// which is nil for a first edition. No concern, no person needed.
func Check(prev *Edition, next Edition) []Concern {
	var out []Concern
	add := func(rule, format string, args ...any) {
		out = append(out, Concern{rule, fmt.Sprintf(format, args...)})
	}
	if n := len(next.Errs); n > 0 {
		add("unreadable", "%d of %d elements could not be read; the first: %v", n, n+len(next.Records), next.Errs[0])
	}
	if d := next.Declared; d != 0 && d != len(next.Records) {
		add("declared", "the list states %d entries, %d were read", d, len(next.Records))
	}
	if len(next.Records) == 0 {
		add("empty", "the edition holds no entry")
	}
	if r := repeated(next.Records); len(r) > 0 {
		add("repeated", "%d keys stand for more than one entry, the first is %s", len(r), r[0])
	}
	if prev == nil {
		return out
	}
	if before(next.Date, prev.Date) {
		add("older", "dated %s, the edition in force is dated %s", next.Date, prev.Date)
	}
	out = append(out, checkCounts(prev.Records, next.Records)...)
	return append(out, checkFill(prev.Records, next.Records)...)
}

func before(a, b date.Partial) bool {
	return a.Known() && b.Known() && a.To.Compare(b.From) < 0
}

func repeated(records []record.Record) []string {
	var out []string
	seen := map[string]int{}
	for _, r := range records {
		if seen[r.Key]++; seen[r.Key] == 2 {
			out = append(out, r.Key)
		}
	}
	return out
}

func checkCounts(prev, next []record.Record) []Concern {
	var out []Concern
	step := func(what string, old, now int) {
		switch {
		case old-now > smallStep && now*100 < old*fallPercent:
			out = append(out, Concern{"fewer", fmt.Sprintf("%s fall from %d to %d", what, old, now)})
		case now-old > smallStep && now*100 > old*risePercent:
			out = append(out, Concern{"more", fmt.Sprintf("%s rise from %d to %d", what, old, now)})
		}
	}
	step("entries", len(prev), len(next))
	for _, k := range []record.Kind{record.Person, record.Organisation, record.Vessel, record.Aircraft, record.Wallet, record.Unknown} {
		step("entries of kind "+string(k), countKind(prev, k), countKind(next, k))
	}
	return out
}

func countKind(records []record.Record, k record.Kind) int {
	n := 0
	for _, r := range records {
		if r.Kind == k {
			n++
		}
	}
	return n
}

// fields whose filling is watched: a reader that no longer finds one of them
// yields records without errors.
var fields = []struct {
	name   string
	filled func(record.Record) bool
}{
	{"names", func(r record.Record) bool { return r.PrimaryName() != "" }},
	{"aliases", func(r record.Record) bool { return len(r.Names) > 1 }},
	{"births", func(r record.Record) bool { return len(r.Births) > 0 }},
	{"countries", func(r record.Record) bool {
		return len(r.Nationalities)+len(r.Citizenships)+len(r.Countries) > 0
	}},
	{"identifiers", func(r record.Record) bool { return len(r.Identifiers) > 0 }},
	{"addresses", func(r record.Record) bool { return len(r.Addresses) > 0 }},
	{"original script", hasOriginalScript},
	{"references", func(r record.Record) bool { return len(r.Listings) > 0 && r.Listings[0].Reference != "" }},
}

func checkFill(prev, next []record.Record) []Concern {
	if len(next) == 0 {
		return nil
	}
	var out []Concern
	for _, f := range fields {
		old, now := 0, 0
		for _, r := range prev {
			if f.filled(r) {
				old++
			}
		}
		for _, r := range next {
			if f.filled(r) {
				now++
			}
		}
		// The share of filled entries falls by more than a third.
		if old > smallStep && 3*now*len(prev) < 2*old*len(next) {
			out = append(out, Concern{"fill", fmt.Sprintf("%s were given for %d of %d entries, now for %d of %d", f.name, old, len(prev), now, len(next))})
		}
	}
	return out
}

func hasOriginalScript(r record.Record) bool {
	for _, n := range r.Names {
		for _, c := range n.Full {
			if unicode.IsLetter(c) && !unicode.Is(unicode.Latin, c) {
				return true
			}
		}
	}
	return false
}
