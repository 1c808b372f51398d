package clerk

import (
	"cmp"
	"context"
	"slices"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/report"
)

// Outgoing are the reports of an institution that its authority has still to take
// or to answer, the earliest first.
type Outgoing struct {
	Untold     []report.Report
	Unanswered []report.Report
}

// Outgoing returns the reports that are under way.
func (c *Clerk) Outgoing(ctx context.Context) (Outgoing, error) {
	var out Outgoing
	var under []held
	for _, state := range []report.State{report.Filed, report.Questioned, report.Superseded} {
		all, err := c.all(ctx, "report", string(state))
		if err != nil {
			return out, err
		}
		under = append(under, all...)
	}
	slices.SortFunc(under, func(a, b held) int { return cmp.Compare(a.first, b.first) }) // what is corrected goes before what corrects it
	for _, h := range under {
		switch r := h.value.(report.Report); {
		case r.Waits():
			out.Untold = append(out.Untold, r)
		case r.Delivery.As != "" && r.State != report.Superseded:
			out.Unanswered = append(out.Unanswered, r)
		}
	}
	return out, nil
}

// ReportAtAuthority returns the id that a report has at the authority; "" if it
// was never taken there.
func (c *Clerk) ReportAtAuthority(ctx context.Context, id report.ID) (string, error) {
	h, err := c.thing(ctx, report.Stream(id))
	if err != nil {
		return "", err
	}
	return h.value.(report.Report).Delivery.As, nil
}

// Delivered records that the authority took a report. Once recorded, nothing is
// recorded again.
func (c *Clerk) Delivered(ctx context.Context, id report.ID, d report.Delivery) error {
	return c.onReport(ctx, id, func(r report.Report) ([]event.Event, error) {
		if r.Delivery.As == d.As {
			return nil, nil
		}
		return r.Deliver(d)
	})
}

// Refused records that the authority does not take a report as it is.
func (c *Clerk) Refused(ctx context.Context, id report.ID, why string) error {
	return c.onReport(ctx, id, func(r report.Report) ([]event.Event, error) {
		if r.Refused != "" {
			return nil, nil
		}
		return r.Refuse(why)
	})
}

// Relayed records the authority's word on a report. The same word again is nothing.
func (c *Clerk) Relayed(ctx context.Context, id report.ID, x report.Relay) error {
	return c.onReport(ctx, id, func(r report.Report) ([]event.Event, error) { return r.Relay(x) })
}

func (c *Clerk) onReport(ctx context.Context, id report.ID, do func(report.Report) ([]event.Event, error)) error {
	h, err := c.thing(ctx, report.Stream(id))
	if err != nil {
		return err
	}
	r, ok := h.value.(report.Report)
	if !ok {
		return fault.New(fault.Internal, "%s is a %T", h.stream, h.value)
	}
	events, err := do(r)
	if err != nil {
		return err
	}
	return c.systemSays(ctx, h.stream, events)
}
