package shard

import "context"

// Ticket is what became of a shard.
type Ticket = ticket

// Put writes what became of a shard.
func (q *Queue) Put(ctx context.Context, t Ticket) error { return q.put(ctx, t) }

// Get reads it.
func (q *Queue) Get(ctx context.Context, name string) (Ticket, error) {
	e, err := q.answers.Get(ctx, name)
	if err != nil {
		return Ticket{}, err
	}
	return readTicket(e.Value())
}
