package screen

import "interdict/internal/date"

// birthRule is one line of the table that compares two dates of birth.
type birthRule struct {
	says  string
	logit int
	holds func(a, b date.Partial) bool
}

// birthRules are read from the top; the first that holds counts. "Circa", and
// ranges over several years, never agree more than "can be the same". The last
// rule always holds.
var birthRules = []birthRule{
	{"the same day", bornSameDay, func(a, b date.Partial) bool {
		return certain(a, b) && a.Precision == date.Day && b.Precision == date.Day && a.From == b.From
	}},
	{"day and month the other way round", bornFlipped, func(a, b date.Partial) bool {
		return certain(a, b) && a.Precision == date.Day && b.Precision == date.Day && flipped(a.From, b.From)
	}},
	{"the same month", bornSameMonth, func(a, b date.Partial) bool {
		return certain(a, b) && min(a.Precision, b.Precision) == date.Month && a.Overlaps(b)
	}},
	{"the same year", bornSameYear, func(a, b date.Partial) bool {
		return certain(a, b) && inOneYear(a, b) && a.Overlaps(b)
	}},
	{"can be the same", bornOverlap, func(a, b date.Partial) bool { return a.Overlaps(b) }},
	{"the same year, another day", bornNear, func(a, b date.Partial) bool { return yearsApart(a, b) == 0 }},
	{"a year apart", bornNear, func(a, b date.Partial) bool { return yearsApart(a, b) == 1 }},
	{"cannot be the same", bornElsewhen, func(date.Partial, date.Partial) bool { return true }},
}

// born compares every birth date of one side with every one of the other and
// takes the best agreement, the first of equals: lists often give several. ok
// is false where nothing can be compared.
func born(query []date.Partial, listed []Interval) (q Qualifier, ok bool) {
	for _, a := range query {
		for _, i := range listed {
			b := i.partial()
			if !a.Known() || !b.Known() {
				continue
			}
			says, logit := bornPair(a, b)
			if !ok || logit > q.Logit {
				q, ok = Qualifier{"birth", a.String(), b.String(), says, logit}, true
			}
		}
	}
	return q, ok
}

func bornPair(a, b date.Partial) (says string, logit int) {
	for _, r := range birthRules {
		if r.holds(a, b) {
			return r.says, r.logit
		}
	}
	return "", 0
}

// certain reports that neither date is "circa".
func certain(a, b date.Partial) bool { return !a.Circa && !b.Circa }

// inOneYear reports that all days of both dates lie in one year.
func inOneYear(a, b date.Partial) bool {
	return a.From.Y == a.To.Y && b.From.Y == b.To.Y && a.From.Y == b.From.Y
}

func flipped(a, b date.Civil) bool { return a.Y == b.Y && a.M == b.D && a.D == b.M }

// yearsApart is the number of years between the end of the earlier and the
// start of the later of two dates that do not overlap.
func yearsApart(a, b date.Partial) int {
	if a.From.Compare(b.From) > 0 {
		a, b = b, a
	}
	return int(b.From.Y) - int(a.To.Y)
}
