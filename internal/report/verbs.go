package report

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// Forms of what institutions write: numbers and codes, so that no name fits in.
var (
	ownNumber = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z./_-]{0,39}$`)
	entryForm = regexp.MustCompile(`^[0-9A-Z][0-9A-Z-]{0,39}$`)
	currency  = regexp.MustCompile(`^[A-Z]{3}$`)
)

// File files a report. Nil names no entry and no asset; whatever was frozen,
// rejected or released says when.
func (r Report) File(at time.Time, f Filing, of Edition) ([]event.Event, error) {
	const doing = "filing a report"
	nothing, acted := f.What == Nil, f.What == Frozen || f.What == Rejected || f.What == Released
	switch {
	case r.State != "":
		return nil, fault.New(fault.Conflict, "%s: report %s is %s", doing, r.ID, r.State)
	case f.ID.IsZero() || f.Owner == "" || !slices.Contains(Whats(), f.What):
		return nil, fault.New(fault.Invalid, "%s: want what is reported, one of %q", doing, Whats())
	case of.Sequence != f.Edition || of.State == "":
		return nil, fault.New(fault.Invalid, "%s: edition %d was not published", doing, f.Edition)
	case nothing && (f.Entry != "" || len(f.Assets) > 0):
		return nil, fault.New(fault.Invalid, "%s: nil names no entry and no asset", doing)
	case !nothing && !entryForm.MatchString(f.Entry):
		return nil, fault.New(fault.Invalid, "%s: want the reference of the entry, as OWN-E…", doing)
	case !ownNumber.MatchString(f.Reference):
		return nil, fault.Hint(fault.New(fault.Invalid, "%s: %q is no number of a case", doing, f.Reference), "your own number, up to 40 letters and digits without blanks; never a name")
	case f.Customers < 0 || !nothing && f.Customers == 0 && f.What != Attempted && f.What != Rejected:
		return nil, fault.New(fault.Invalid, "%s: want how many customers it concerns", doing)
	case f.What == Frozen && len(f.Assets) == 0:
		return nil, fault.New(fault.Invalid, "%s: want what was frozen", doing)
	}
	for _, a := range f.Assets {
		if !slices.Contains(limbs, a.Limb) || a.Count < 1 || a.Amount < 0 || !currency.MatchString(a.Currency) {
			return nil, fault.New(fault.Invalid, "%s: %d of %s %d, limb %q: want a count, an amount, an ISO 4217 currency, and one of the limbs %q", doing, a.Count, a.Currency, a.Amount, a.Limb, limbs)
		}
	}
	if err := sane(doing, f.Matched, at, true); err != nil {
		return nil, err
	}
	if err := sane(doing, f.Acted, at, !acted); err != nil {
		return nil, err
	}
	f.Matched, f.Acted = f.Matched.UTC(), f.Acted.UTC()
	return []event.Event{f}, nil
}

// Supersede says that a later report of the same institution took its place.
func (r Report) Supersede(by Filing) ([]event.Event, error) {
	switch _, ok := Transitions.Next(r.State, Replaced{}.Kind()); {
	case by.Owner != r.Owner || by.ID == r.ID:
		return nil, fault.New(fault.Forbidden, "superseding report %s: whoever filed it does that", r.ID)
	case !ok:
		return nil, fault.New(fault.Conflict, "superseding report %s: it is %s", r.ID, r.State)
	}
	return []event.Event{Replaced{by.ID}}, nil
}

// Respond answers a report or asks for more, on the authority's behalf.
func (r Report) Respond(by roster.Person, v Verdict, words string) ([]event.Event, error) {
	var e event.Event = Answer{v, words}
	if v == NeedMore {
		e = Question{words}
	}
	switch _, ok := Transitions.Next(r.State, e.Kind()); {
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "answering report %s: a person answers", r.ID)
	case v != TrueMatch && v != NotThem && v != Noted && v != NeedMore:
		return nil, fault.New(fault.Invalid, "answering report %s: verdict %q", r.ID, v)
	case v == NeedMore && strings.TrimSpace(words) == "":
		return nil, fault.New(fault.Invalid, "answering report %s: say what is needed", r.ID)
	case !ok:
		return nil, fault.New(fault.Conflict, "answering report %s: it is %s", r.ID, r.State)
	}
	return []event.Event{e}, nil
}
