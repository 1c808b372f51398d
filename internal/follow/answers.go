package follow

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"interdict/internal/report"
)

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
	if err != nil || in.follower.Desk == nil {
		return err
	}
	heard, why := in.hear(ctx, out.Unanswered)
	return errors.Join(why, in.errand(ctx, out, heard, func(e *Errand) { e.AnswersWhy = textOf(why) }))
}

// hear asks for the word on each report of which there is a new one. One that
// cannot be had holds up no other.
func (in *Institution) hear(ctx context.Context, unanswered []report.Report) (heard bool, err error) {
	waiting := map[string]report.Report{}
	for _, r := range unanswered {
		waiting[r.Delivery.As] = r
	}
	failed, more := 0, len(waiting) > 0
	for after := ""; more; {
		var p page
		if err := in.follower.Desk.read(ctx, "/v1/reports?limit=200&after="+url.QueryEscape(after), &p); err != nil {
			return heard, err
		}
		for _, row := range p.Rows {
			r, ok := waiting[row.ID]
			if !ok || row.State == r.State || row.State != report.Answered && row.State != report.Questioned {
				continue
			}
			if silent := in.fetchAnswer(ctx, r, row.Changed); silent != nil {
				failed, err = failed+1, cmp.Or(err, silent)
				continue
			}
			heard = true
		}
		after, more = p.Next, p.Next != ""
	}
	if failed > 1 {
		err = fmt.Errorf("%d answers cannot be had; the first: %w", failed, err)
	}
	return heard, err
}

// fetchAnswer records the authority's word on one report.
func (in *Institution) fetchAnswer(ctx context.Context, r report.Report, at time.Time) error {
	var seen struct {
		Content struct {
			Answer report.Answer `json:"answer"`
		} `json:"content"`
	}
	if err := in.follower.Desk.read(ctx, "/v1/reports/"+url.PathEscape(r.Delivery.As), &seen); err != nil {
		return fmt.Errorf("report %s: %w", r.ID, err)
	}
	return in.clerk.Relayed(ctx, r.ID, report.Relay{Answer: seen.Content.Answer, At: at})
}
