package report

import (
	"slices"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/roster"
)

// AcknowledgementID is the id of an acknowledgement.
type AcknowledgementID = id.Of[Acknowledgement]

// IDPrefix begins the ids of acknowledgements.
func (Acknowledgement) IDPrefix() string { return "K" }

// AcknowledgementStream returns the stream of an acknowledgement.
func AcknowledgementStream(i AcknowledgementID) string { return "acknowledgement/" + i.String() }

// Hop is one step of an edition at an institution.
type Hop string

// Hops, in their order.
const (
	Received Hop = "received"
	Loaded   Hop = "loaded"
	Screened Hop = "screened"
)

// Hops returns every hop in order.
func Hops() []Hop { return []Hop{Received, Loaded, Screened} }

// Receipt acknowledges one hop of an edition.
type Receipt struct {
	ID      AcknowledgementID     `json:"id"`
	Owner   roster.OrganisationID `json:"owner"`
	Edition int64                 `json:"edition"` // sequence
	Hop     Hop                   `json:"hop"`
	Done    time.Time             `json:"done"` // by the institution's clock
}

// Kind is stored for ever.
func (Receipt) Kind() string { return "report.acknowledged" }

// Acknowledgement is one acknowledgement. It is complete when it is made.
type Acknowledgement struct {
	Receipt
	Version uint64          `json:"version"`
	By      roster.PersonID `json:"by"`
	At      time.Time       `json:"at"` // received by the authority, by its clock
}

// Apply returns a as it is after e.
func (a Acknowledgement) Apply(e event.Event, env event.Envelope) Acknowledgement {
	if r, ok := e.(Receipt); ok {
		a = Acknowledgement{r, env.Version, roster.PersonID(env.By), env.At}
	}
	return a
}

// skew is how far an institution's clock may be ahead of ours.
const skew = 5 * time.Minute

// Make says that an edition that is published has come so far. A time ahead of
// the authority's by more than five minutes is Invalid: the clock is wrong, and
// hours counted by it would be.
func (a Acknowledgement) Make(at time.Time, r Receipt, of Edition) ([]event.Event, error) {
	switch {
	case a.Version > 0:
		return nil, fault.New(fault.Conflict, "acknowledging edition %d: %s is there", r.Edition, a.ID)
	case r.ID.IsZero() || r.Owner == "" || !slices.Contains(Hops(), r.Hop):
		return nil, fault.New(fault.Invalid, "acknowledging an edition: want one of the hops %q", Hops())
	case of.Sequence != r.Edition || of.State == "":
		return nil, fault.New(fault.Invalid, "acknowledging edition %d: it was not published", r.Edition)
	}
	if err := sane("acknowledging an edition", r.Done, at, false); err != nil {
		return nil, err
	}
	r.Done = r.Done.UTC()
	return []event.Event{r}, nil
}

// sane returns Invalid for an instant that cannot be: missing, or ahead of ours.
func sane(doing string, t, at time.Time, optional bool) error {
	switch {
	case t.IsZero() && optional:
		return nil
	case t.IsZero():
		return fault.New(fault.Invalid, "%s: want the instant by your clock", doing)
	case t.After(at.Add(skew)):
		return fault.Hint(fault.New(fault.Invalid, "%s: your time %s is ahead of ours, %s", doing, t.UTC().Format(time.RFC3339), at.Format(time.RFC3339)), "set your clock right")
	}
	return nil
}
