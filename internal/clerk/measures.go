package clerk

import (
	"context"

	"interdict/internal/access"
	"interdict/internal/decision"
	"interdict/internal/query"
)

// DecisionsInForce returns the decisions in force that take one of these measures,
// as far as the reader may know of them, in the order of their ids; only those that
// change against, unless it is zero. Titles are shown, and recorded, as List does.
func (c *Clerk) DecisionsInForce(ctx context.Context, o Order, against decision.ID, measures ...decision.Measure) ([]Row, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	var rows []Row
	var shown []string
	err = t.listed("decision", string(decision.InForce), "", pageOf, func(i query.Item) (bool, error) {
		h, err := t.see(i.Stream)
		if isErased(err) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		if d := h.value.(decision.Decision); !contains(measures, d.Measure) || !against.IsZero() && d.Target != against {
			return true, nil
		}
		row, ok, err := t.rowOf(i, access.DecisionList)
		if err != nil || !ok {
			return err == nil, err
		}
		if rows = append(rows, row); row.Title != "" {
			shown = append(shown, row.ID)
		}
		return true, nil
	})
	if err != nil || len(shown) == 0 {
		return rows, err
	}
	return rows, t.reading(Listed{Of: "decision", Shown: shown, Purpose: o.Purpose})
}
