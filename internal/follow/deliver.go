package follow

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/report"
)

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
	switch got.status {
	case http.StatusOK:
		d.Receipt = string(got.text)
	case http.StatusForbidden, http.StatusNotFound: // this key will not get it
	default: // it is asked for again: to hand in the same is to get the same answer
		return fault.New(fault.Unavailable, "the receipt of report %s: %s", r.ID, got)
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
