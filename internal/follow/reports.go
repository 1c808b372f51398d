package follow

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/report"
)

// Errand is how the reports of an institution stand with its authority.
type Errand struct {
	Untold     int       `json:"untold"`         // that the authority did not take yet
	Since      time.Time `json:"since,omitzero"` // the earliest of these was filed
	Why        string    `json:"why,omitempty"`  // the last attempt failed
	Unanswered int       `json:"unanswered"`     // taken, and without the authority's last word
	At         time.Time `json:"at"`             // when it stood so
}

// pace is how often the ledger is looked at for something to carry.
const pace = time.Second

// carryOn carries reports as soon as they are filed, and again while the authority
// is away, at growing pauses; and asks for answers.
func (in *Institution) carryOn(ctx context.Context) {
	last, pause := int64(-1), pace
	var retry, ask time.Time // by the clock of the machine: they are pauses, and no record
	look := time.NewTicker(pace)
	defer look.Stop()
	for {
		now := time.Now()
		if head, err := in.clerk.Store.Head(ctx); err == nil && now.After(retry) && (head.Size != last || !retry.IsZero()) {
			retry = time.Time{}
			if in.carry(ctx) != nil {
				retry, pause = now.Add(pause), min(2*pause, time.Minute)
			} else {
				last, pause = head.Size, pace
			}
		}
		if now.After(ask) {
			_ = in.fetchAnswers(ctx) // it stands in the status, and is tried again
			ask = now.Add(in.follower.Every)
		}
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
	}
}

// carry carries every report that waits, the earliest first.
func (in *Institution) carry(ctx context.Context) error {
	out, err := in.clerk.Outgoing(ctx)
	if err != nil {
		return err
	}
	for _, r := range out.Untold {
		if err = in.deliver(ctx, r); err != nil {
			break // those after it may correct it
		}
	}
	return in.errand(ctx, err)
}

// errand remembers how reports stand, and passes an error on.
func (in *Institution) errand(ctx context.Context, why error) error {
	out, err := in.clerk.Outgoing(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	var e Errand
	if err := recall(in.follower.Dir, reportsFile, &e); err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	before := e
	e.Untold, e.Unanswered, e.Since, e.Why = len(out.Untold), len(out.Unanswered), time.Time{}, ""
	if e.Untold > 0 {
		e.Since = out.Untold[0].At
	}
	if why != nil {
		e.Why = why.Error()
	}
	if e == before {
		return why
	}
	e.At = in.follower.Now().UTC()
	if err := in.keep(reportsFile, e); err != nil {
		return err
	}
	return why
}

// wire is a report as it is sent: codes, counts, amounts and instants.
type wire struct {
	What       report.What    `json:"what"`
	Edition    int64          `json:"edition"`
	Entry      string         `json:"entry,omitempty"`
	Customers  int            `json:"customers"`
	Assets     []report.Asset `json:"assets,omitempty"`
	Matched    time.Time      `json:"matched,omitzero"`
	Acted      time.Time      `json:"acted,omitzero"`
	Reference  string         `json:"reference"`
	Supersedes string         `json:"supersedes,omitempty"` // by its id at the authority
}

// deliver hands one report to the authority and records its receipt. What the
// authority will not have as it is, is recorded too, and is not sent again.
func (in *Institution) deliver(ctx context.Context, r report.Report) error {
	desk := in.follower.Desk
	if desk == nil {
		return fault.New(fault.Unavailable, "no key for reports is given: nothing is sent")
	}
	w := wire{r.What, r.Edition, r.Entry, r.Customers, r.Assets, r.Matched, r.Acted, r.Reference, ""}
	if !r.Supersedes.IsZero() {
		as, err := in.clerk.ReportAtAuthority(ctx, r.Supersedes)
		if err != nil {
			return err
		}
		w.Supersedes = as // none if the authority refused it
	}
	body, err := json.Marshal(w)
	if err != nil {
		return err
	}
	got, err := desk.send(ctx, http.MethodPost, "/v1/reports", "report-"+r.ID.String(), body)
	if err != nil {
		return err
	}
	if got.status/100 != 2 {
		return in.turnedDown(ctx, r, got)
	}
	var done clerk.Done
	if err := json.Unmarshal(got.text, &done); err != nil || done.ID == "" {
		return fault.New(fault.Unavailable, "delivering report %s: the answer is none of an authority", r.ID)
	}
	d := report.Delivery{As: done.ID, Index: done.Index, Taken: done.At}
	if got, err = desk.send(ctx, http.MethodGet, fmt.Sprint("/v1/receipts/", done.Index), "", nil); err != nil {
		return err
	}
	if got.status == http.StatusOK {
		d.Receipt = string(got.text)
	}
	return in.clerk.Delivered(ctx, r.ID, d)
}

// turnedDown tells what will never be taken from what may be taken later: when the
// authority is in order again, when its clock has caught up with ours, or when
// a conflict has passed.
func (in *Institution) turnedDown(ctx context.Context, r report.Report, got reply) error {
	id := r.ID.String()
	ahead := !got.at.IsZero() && (r.Acted.After(got.at.Add(skew)) || r.Matched.After(got.at.Add(skew)))
	never := (got.status == http.StatusUnprocessableEntity || got.status == http.StatusBadRequest) && !ahead
	if got.status == http.StatusConflict {
		in.tries[id]++
		never = in.tries[id] >= 3
	}
	if !never {
		return fault.New(fault.Unavailable, "delivering report %s: %s", r.ID, got)
	}
	delete(in.tries, id)
	return in.clerk.Refused(ctx, r.ID, got.String())
}

// page is a page of the reports at the authority.
type page struct {
	Rows []struct {
		ID      string       `json:"id"`
		State   report.State `json:"state"`
		Changed time.Time    `json:"changed"`
	} `json:"rows"`
	Next string `json:"next"`
}

// fetchAnswers records the authority's word on reports that wait for one.
func (in *Institution) fetchAnswers(ctx context.Context) error {
	out, err := in.clerk.Outgoing(ctx)
	if err != nil || len(out.Unanswered) == 0 || in.follower.Desk == nil {
		return err
	}
	waiting := map[string]report.Report{}
	for _, r := range out.Unanswered {
		waiting[r.Delivery.As] = r
	}
	var p page
	for more := true; more && err == nil; more = p.Next != "" {
		after := p.Next
		p = page{}
		if err = in.follower.Desk.read(ctx, "/v1/reports?limit=200&after="+url.QueryEscape(after), &p); err != nil {
			break
		}
		for _, row := range p.Rows {
			r, ok := waiting[row.ID]
			if !ok || row.State == r.State || row.State != report.Answered && row.State != report.Questioned {
				continue
			}
			if err = in.fetchAnswer(ctx, r, row.Changed); err != nil {
				break
			}
		}
	}
	return in.errand(ctx, err)
}

func (in *Institution) fetchAnswer(ctx context.Context, r report.Report, at time.Time) error {
	var seen struct {
		Content struct {
			Answer report.Answer `json:"answer"`
		} `json:"content"`
	}
	if err := in.follower.Desk.read(ctx, "/v1/reports/"+url.PathEscape(r.Delivery.As), &seen); err != nil {
		return err
	}
	return in.clerk.Relayed(ctx, r.ID, report.Relay{Answer: seen.Content.Answer, At: at})
}
