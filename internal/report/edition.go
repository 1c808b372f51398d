package report

import (
	"fmt"
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// EditionStream returns the stream of a published edition.
func EditionStream(sequence int64) string { return fmt.Sprintf("edition/%06d", sequence) }

// EditionState is where the acknowledgements of an edition stand.
type EditionState string

// States of an edition.
const (
	Awaited EditionState = "awaited" // institutions have time left
	Overdue EditionState = "overdue" // some were silent when it was over
	Carried EditionState = "carried" // all had screened when it was over
)

// EditionTransitions are the states of an edition.
var EditionTransitions = event.Table[EditionState]{
	"":      {"report.edition_posted": Awaited},
	Awaited: {"report.edition_silence": Overdue, "report.edition_carried": Carried},
}

// Posted says that an edition of the list was published, and who must act on it
// until when.
type Posted struct {
	Sequence     int64                   `json:"sequence"`
	At           time.Time               `json:"at"`               // published
	Decided      time.Time               `json:"decided,omitzero"` // of what changed, the earliest
	Changed      int                     `json:"changed"`
	Entries      int                     `json:"entries"`
	Institutions []roster.OrganisationID `json:"institutions,omitempty"`
	Clock        deadline.Clock          `json:"clock,omitzero"` // of the duty to freeze; none: no time is set
}

// Silence names the institutions that had not acknowledged to have screened when
// the time was over.
type Silence struct {
	Due    time.Time               `json:"due"`
	Effect deadline.Effect         `json:"effect"`
	Silent []roster.OrganisationID `json:"silent"`
}

// InTime says that all institutions had screened when the time was over.
type InTime struct{}

// The kinds, stored for ever.
func (Posted) Kind() string  { return "report.edition_posted" }
func (Silence) Kind() string { return "report.edition_silence" }
func (InTime) Kind() string  { return "report.edition_carried" }

// Edition is a published edition with what institutions owe.
type Edition struct {
	Posted
	State   EditionState `json:"state"`
	Version uint64       `json:"version"`
	Silence *Silence     `json:"silence,omitempty"`
}

// Apply returns x as it is after e.
func (x Edition) Apply(e event.Event, env event.Envelope) Edition {
	x.State, _ = EditionTransitions.Next(x.State, e.Kind())
	x.Version = env.Version
	switch e := e.(type) {
	case Posted:
		x.Posted = e
	case Silence:
		x.Silence = &e
	}
	return x
}

// Post records a publication.
func (x Edition) Post(p Posted) ([]event.Event, error) {
	switch {
	case x.State != "":
		return nil, fault.New(fault.Conflict, "posting edition %d: it was posted", p.Sequence)
	case p.Sequence < 0 || p.At.IsZero():
		return nil, fault.New(fault.Invalid, "posting an edition: want its sequence and time")
	}
	return []event.Event{p}, nil
}

// Expire records who was silent when the time was over, once. Heard are the
// acknowledgements of this edition or a later one, whose snapshot holds it: who screened a later
// one has screened this one.
func (x Edition) Expire(at time.Time, heard []Acknowledgement) ([]event.Event, error) {
	if x.State != Awaited || x.Clock.State(at).Phase != deadline.Expired {
		return nil, nil
	}
	var silent []roster.OrganisationID
	for _, o := range x.Institutions {
		if !slices.ContainsFunc(heard, func(a Acknowledgement) bool {
			return a.Owner == o && a.Hop == Screened && a.Edition >= x.Sequence
		}) {
			silent = append(silent, o)
		}
	}
	if len(silent) == 0 {
		return []event.Event{InTime{}}, nil
	}
	return []event.Event{Silence{x.Clock.Due, x.Clock.Rule.OnExpiry, silent}}, nil
}

// Course is how one edition went at one institution. Times of the institution
// stand as it stated them; the authority's times of receipt beside them.
type Course struct {
	Institution roster.OrganisationID `json:"institution"`
	Steps       map[Hop]Step          `json:"steps"`
	Filings     int                   `json:"filings"` // reports on it
	Silent      bool                  `json:"silent"`  // when the time was over
	Late        bool                  `json:"late"`    // screened after it, by the authority's clock
}

// Step is one hop.
type Step struct {
	Done    time.Time     `json:"done"`    // by the institution's clock
	Stamped time.Time     `json:"stamped"` // receipt of it by the authority's
	After   time.Duration `json:"after"`   // from publication to the stamp, nanoseconds
	Skewed  bool          `json:"skewed,omitempty"`
}

// Courses puts together how an edition went everywhere: every institution that
// must act on it, and others that reported all the same. What is given is on this
// edition. Of a hop acknowledged
// twice the first counts.
func (x Edition) Courses(heard []Acknowledgement, reports []Report) []Course {
	all := map[roster.OrganisationID]*Course{}
	of := func(o roster.OrganisationID) *Course {
		if all[o] == nil {
			all[o] = &Course{Institution: o, Steps: map[Hop]Step{}}
		}
		return all[o]
	}
	for _, o := range x.Institutions {
		of(o).Silent = x.Silence != nil && slices.Contains(x.Silence.Silent, o)
	}
	for _, r := range reports {
		of(r.Owner).Filings++
	}
	for _, a := range heard {
		c := of(a.Owner)
		if old, ok := c.Steps[a.Hop]; ok && !a.At.Before(old.Stamped) {
			continue
		}
		c.Steps[a.Hop] = Step{a.Done, a.At, a.At.Sub(x.At), a.Done.Before(x.At)}
		if a.Hop == Screened {
			c.Late = !x.Clock.Due.IsZero() && a.At.After(x.Clock.Due)
		}
	}
	var out []Course
	for _, c := range all {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Course) int {
		switch {
		case a.Institution < b.Institution:
			return -1
		case a.Institution > b.Institution:
			return 1
		}
		return 0
	})
	return out
}
