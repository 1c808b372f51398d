package screen

import (
	"context"
	"encoding/json"
	"io"
	"iter"

	"interdict/internal/book"
	"interdict/internal/recent"
)

// Rows yields the rows of a book behind the first ones as Book takes them up, not
// yet answered. An error is of the whole book, or a panic of its reader, and is the
// last thing yielded.
func Rows(customers iter.Seq2[book.Customer, error], skip int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		ours := true // whether a panic is the reader's, not the caller's
		defer func() {
			if !ours {
				return
			}
			if p := recover(); p != nil {
				yield(Row{}, panicked(p))
			}
		}()
		for x := range rows(customers, skip) {
			ours = false
			if !yield(x, x.fatal) || x.fatal != nil {
				return
			}
			ours = true
		}
	}
}

// Rows answers for rows where they lie, equal names once. An error is of the run: then no answer
// counts.
func (e *Engine) Rows(ctx context.Context, rows []Row, o Options) error {
	o.asked = &recent.Shared[asked]{}
	b := &batch{rows: rows, done: make(chan struct{})}
	e.screenBatch(ctx, o, b)
	for _, x := range b.rows {
		if x.fatal != nil {
			return x.fatal
		}
	}
	return nil
}

// Reason says on one line why a row cannot be read, "" if it can.
func (x Row) Reason() string {
	if x.Err == nil {
		return ""
	}
	return because(x.Err)
}

// WriteJSON writes a row as one object on a line.
func (x Row) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Row int `json:"row"`
		Answer
		Notes []string `json:"notes,omitempty"`
	}{x.Number, x.Answer, x.Notes})
}
