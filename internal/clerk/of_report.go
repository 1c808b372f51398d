package clerk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/deadline"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/publish"
	"interdict/internal/report"
	"interdict/internal/roster"
)

// receiving acknowledges a hop.
type receiving struct {
	Edition int64      `json:"edition" doc:"sequence of the edition"`
	Hop     report.Hop `json:"hop" enum:"received,loaded,screened"`
	Done    time.Time  `json:"done" doc:"when, by your own clock"`
}

// filing is a report as institutions write it. There is no place for a name.
type filing struct {
	What       report.What    `json:"what" enum:"frozen,attempted,rejected,released,partial_match,nil"`
	Edition    int64          `json:"edition" doc:"sequence of the edition that you screened against"`
	Entry      string         `json:"entry,omitempty" doc:"reference of the entry, as OWN-E…; none with nil"`
	Customers  int            `json:"customers" doc:"how many it concerns; with nil, how many were looked through"`
	Assets     []report.Asset `json:"assets,omitempty"`
	Matched    time.Time      `json:"matched,omitzero" doc:"when the match was confirmed"`
	Acted      time.Time      `json:"acted,omitzero" doc:"when it was frozen, refused or released"`
	Reference  string         `json:"reference" doc:"your own number of the case; never a name"`
	Supersedes report.ID      `json:"supersedes,omitzero" doc:"report of yours that this one corrects"`
	Alert      alert.ID       `json:"alert,omitzero" doc:"alert of yours that it rests on, in your own ledger; it is not sent"`
}

// answering answers a report.
type answering struct {
	Verdict report.Verdict `json:"verdict" enum:"true_match,not_this_person,noted,need_more"`
	Note    string         `json:"note,omitempty"`
}

var reportCommands = []Command{
	making("acknowledgement.make", "Acknowledge that an edition of the list was received, loaded or screened against.", func(t *Turn, _ receiving) access.Resource {
		return access.Resource{Owner: t.By.Organisation}
	}, func(t *Turn, b receiving) error {
		id, err := newID[report.Acknowledgement](t.clerk)
		if err != nil {
			return err
		}
		of, err := t.published(b.Edition)
		if err != nil {
			return err
		}
		events, err := report.Acknowledgement{}.Make(t.At, report.Receipt{ID: id, Owner: t.By.Organisation, Edition: b.Edition, Hop: b.Hop, Done: b.Done}, of)
		if err != nil {
			return err
		}
		return t.add(report.AcknowledgementStream(id), events...)
	}),
	making("report.file", "Report what was frozen, attempted, rejected or released, a partial match, or that nothing was found: numbers and amounts, never a customer.", func(t *Turn, _ filing) access.Resource {
		return access.Resource{Owner: t.By.Organisation}
	}, fileReport),
	verb("report.answer", "Answer a report, or ask for more.", func(t *Turn, r report.Report, b answering) ([]event.Event, error) {
		return r.Respond(t.By, b.Verdict, b.Note)
	}),
}

// fileReport files a report, and supersedes the one that it corrects.
func fileReport(t *Turn, b filing) error {
	id, err := newID[report.Report](t.clerk)
	if err != nil {
		return err
	}
	of, err := t.published(b.Edition)
	if err != nil {
		return err
	}
	f := report.Filing{
		ID: id, Owner: t.By.Organisation, What: b.What, Edition: b.Edition, Entry: b.Entry, Customers: b.Customers, Assets: b.Assets,
		Matched: b.Matched, Acted: b.Acted, Reference: b.Reference, Supersedes: b.Supersedes,
	}
	if !b.Alert.IsZero() {
		f.Alert = b.Alert.String()
	}
	events, err := report.Report{}.File(t.At, f, of)
	if err != nil {
		return err
	}
	if err := t.add(report.Stream(id), events...); err != nil {
		return err
	}
	if err := t.reported(b.Alert, f); err != nil || b.Supersedes.IsZero() {
		return err
	}
	if err := t.reaches("report", b.Supersedes.String()); err != nil {
		return err
	}
	old, err := get[report.Report](t, report.Stream(b.Supersedes))
	if err != nil {
		return err
	}
	if events, err = old.Supersede(f); err != nil {
		return err
	}
	if err := t.add(report.Stream(b.Supersedes), events...); err != nil || old.Lifted == nil {
		return err
	}
	now, err := get[report.Report](t, report.Stream(id)) // what was to be released still is
	if err != nil {
		return err
	}
	return t.add(report.Stream(id), now.Lift(*old.Lifted)...)
}

// answers returns Conflict unless a report is about a hit of the alert that it is
// said to rest on: it lets that alert be closed.
func (t *Turn) answers(a alert.Alert, f report.Filing) error {
	if f.What != report.Nil && f.Entry != "" {
		ids, err := t.clerk.bearing(f.Entry)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(a.Hits, func(h alert.Disposed) bool { return slices.Contains(ids, h.Entry) }) {
			return nil
		}
	}
	return fault.Hint(fault.New(fault.Conflict, "no hit of alert %s is of entry %q: the report does not rest on it", a.ID, f.Entry), "name the entry that was hit, or file it without the alert")
}

// reported says on the alert that a report rests on that it was filed.
func (t *Turn) reported(on alert.ID, f report.Filing) error {
	if on.IsZero() {
		return nil
	}
	stream := alert.Stream(on)
	h, err := t.see(stream)
	if err != nil {
		return t.hide(err, stream)
	}
	r, err := t.resource(h)
	if err != nil {
		return err
	}
	if err := t.clerk.allow(t.By, t.order.with(access.AlertReport), access.AlertReport, r); err != nil {
		return t.hide(err, stream)
	}
	a := h.value.(alert.Alert)
	if err := t.answers(a, f); err != nil {
		return err
	}
	events, err := a.Report(t.By, f.ID.String())
	if err != nil {
		return err
	}
	return t.add(stream, events...)
}

// published returns an edition that something is said on.
func (t *Turn) published(edition int64) (report.Edition, error) {
	of, err := get[report.Edition](t, report.EditionStream(edition))
	if fault.KindOf(err) == fault.NotFound {
		err = fault.New(fault.Invalid, "edition %d was not published", edition)
	}
	return of, err
}

var acknowledgementRoom = roomOf("acknowledgement", func(*event.Registry) {}, // those of reports
	func(a report.Acknowledgement) row { return row{state: string(a.Hop), owner: string(a.Owner)} },
	func(a report.Acknowledgement) []tie { return []tie{{"of", report.EditionStream(a.Edition)}} },
	func(a report.Acknowledgement) access.Resource {
		return access.Resource{Kind: "acknowledgement", ID: a.ID.String(), Owner: a.Owner, State: string(a.Hop)}
	})

var reportRoom = roomOf("report", func(r *event.Registry) { report.Events(r) },
	func(r report.Report) row { return row{state: string(r.State), owner: string(r.Owner)} },
	func(r report.Report) []tie { return []tie{{"on", report.EditionStream(r.Edition)}} },
	func(r report.Report) access.Resource {
		return access.Resource{Kind: "report", ID: r.ID.String(), Owner: r.Owner, State: string(r.State)}
	})

var editionRoom = roomOf("edition", func(*event.Registry) {}, // those of reports
	func(x report.Edition) row {
		r := row{state: string(x.State)}
		if x.State == report.Awaited && !x.Clock.Started.IsZero() {
			r.due = micro(x.Clock.Due)
		}
		return r
	},
	func(x report.Edition) []tie { return lateTies(x) },
	func(x report.Edition) access.Resource {
		return access.Resource{Kind: "edition", ID: fmt.Sprint(x.Sequence), State: string(x.State)}
	})

// post records every published edition that the ledger does not know: the last
// one, and those of a process that died before it could.
func (c *Clerk) post(ctx context.Context) error {
	from := c.Feed.Size()
	for ; from > 0; from-- {
		if _, err := c.thing(ctx, report.EditionStream(from-1)); err == nil {
			break
		} else if fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	editions, err := c.Feed.Editions(from)
	if err != nil {
		return err
	}
	for _, m := range editions {
		if err := c.postOne(ctx, m); err != nil && fault.KindOf(err) != fault.Conflict { // another process was first
			return fmt.Errorf("recording edition %d: %w", m.Sequence, err)
		}
	}
	return nil
}

func (c *Clerk) postOne(ctx context.Context, m publish.Manifest) error {
	people, err := c.roster(ctx)
	if err != nil {
		return err
	}
	p := report.Posted{Sequence: m.Sequence, At: m.At, Decided: m.Decided, Changed: m.Changed, Entries: m.Entries}
	for _, o := range people.Organisations {
		if o.Nature == roster.Institution && o.Closed.IsZero() {
			p.Institutions = append(p.Institutions, o.ID)
		}
	}
	slices.Sort(p.Institutions)
	if p.Clock, err = c.duty(ctx, "freeze", m.At); err != nil {
		return err
	}
	events, err := report.Edition{}.Post(p)
	if err != nil {
		return err
	}
	t := c.turnOf(ctx, Order{By: roster.System, Key: fmt.Sprint("posted-", m.Sequence)}, roster.Person{ID: roster.System})
	if err := t.add(report.EditionStream(m.Sequence), events...); err != nil {
		return err
	}
	_, err = t.commit()
	return err
}

// duty starts the clock of a duty of institutions; none if the statute sets none.
func (c *Clerk) duty(ctx context.Context, id string, at time.Time) (deadline.Clock, error) {
	law, err := c.law(ctx)
	if err != nil {
		return deadline.Clock{}, err
	}
	for _, d := range law.Duties {
		if d.ID != id {
			continue
		}
		cal, err := deadline.Named(d.Calendar)
		if err != nil {
			return deadline.Clock{}, err
		}
		return deadline.Start(d.Rule, cal, at)
	}
	return deadline.Clock{}, nil
}

// heard returns the acknowledgements of an edition.
func (c *Clerk) heard(ctx context.Context, edition int64) ([]report.Acknowledgement, error) {
	var all []report.Acknowledgement
	err := c.tied(ctx, report.EditionStream(edition), "of", func(h held) { all = append(all, h.value.(report.Acknowledgement)) })
	return all, err
}

// silence records who was silent on an edition when its time was over. Who
// acknowledged a later edition was not.
func (t *Turn) silence(x report.Edition) ([]event.Event, error) {
	var heard []report.Acknowledgement
	for n := x.Sequence; ; n++ {
		if n > x.Sequence {
			if _, err := t.see(report.EditionStream(n)); fault.KindOf(err) == fault.NotFound {
				break
			} else if err != nil {
				return nil, err
			}
		}
		of, err := t.clerk.heard(t.ctx, n)
		if err != nil {
			return nil, err
		}
		heard = append(heard, of...)
	}
	return x.Expire(t.At, heard)
}

// Delivery is how an edition went: what was published, and each hop at each
// institution.
type Delivery struct {
	report.Edition
	Courses []report.Course `json:"courses"`
}

// Deliveries returns how an edition went everywhere.
func (c *Clerk) Deliveries(ctx context.Context, o Order, id string) (Delivery, error) {
	seen, err := c.Read(ctx, o, "edition", id, When{})
	if err != nil {
		return Delivery{}, err
	}
	x := seen.Content.(report.Edition)
	heard, err := c.heard(ctx, x.Sequence)
	if err != nil {
		return Delivery{}, err
	}
	var reports []report.Report
	err = c.tied(ctx, report.EditionStream(x.Sequence), "on", func(h held) { reports = append(reports, h.value.(report.Report)) })
	return Delivery{x, x.Courses(heard, reports)}, err
}
