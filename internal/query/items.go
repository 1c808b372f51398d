package query

import (
	"context"
	"strconv"
	"strings"
)

// ItemsOf returns the rows of streams, in no order; those that are not there are
// left out. There are at most some hundred of them.
func (q *Queries) ItemsOf(ctx context.Context, streams []string) ([]Item, error) {
	if len(streams) == 0 {
		return nil, nil
	}
	var text strings.Builder
	text.WriteString("SELECT stream, kind, id, version, state, owner, opened, changed, due, first_idx, last_idx FROM item WHERE stream IN (")
	args := make([]any, len(streams))
	for k, s := range streams {
		if args[k] = s; k > 0 {
			text.WriteString(", ")
		}
		text.WriteString("$" + strconv.Itoa(k+1))
	}
	rows, err := q.db.QueryContext(ctx, text.String()+")", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var items []Item
	for rows.Next() {
		var i Item
		if err := rows.Scan(&i.Stream, &i.Kind, &i.ID, &i.Version, &i.State, &i.Owner, &i.Opened, &i.Changed, &i.Due, &i.FirstIdx, &i.LastIdx); err != nil {
			return nil, err
		}
		items = append(items, i)
	}
	return items, rows.Err()
}
