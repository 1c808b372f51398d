package demo

import (
	"context"
	"crypto/ed25519"
	"time"

	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/lookout"
	"interdict/internal/roster"
)

// Things are the ids of what the tour leads to, by the word that the tour has
// for it.
type Things map[string]string

// Told is what is left of a story: where it leads, and the keys with which its
// members sign ballots.
type Told struct {
	Things  Things                     `json:"things"`
	Ballots map[roster.PersonID][]byte `json:"ballots"` // Ed25519 private keys
}

// House is an authority that is open, with nothing in it yet.
type House struct {
	Clerk   *clerk.Clerk
	Archive *archive.Archive
	Lookout *lookout.Lookout
}

// Tell tells the story to an empty house, from a good year before
// now until now. The clock is that of the clerk.
func Tell(ctx context.Context, h House, join Join, clock *Clock) (Told, error) {
	t := &teller{ctx: ctx, clerk: h.Clerk, house: h, clock: clock, start: time.Now().UTC(), ballot: map[roster.PersonID]ed25519.PrivateKey{}}
	clock.set(t.start.AddDate(0, 0, -403))
	defer clock.Arrive()
	things := Things{}
	d := docket{treasurer: vashtarak(), collector: bellwhistle(), ferries: ferries(), salvage: salvage()}
	d.harbour, d.kestrel = t.past(join, things)
	t.autumn(d, things)
	t.week(d, things)
	t.today(d, things)
	for _, other := range []*desk{d.harbour, d.kestrel} {
		t.failed(other.err, "at %s", other.server)
	}
	told := Told{Things: things, Ballots: map[roster.PersonID][]byte{}}
	for who, key := range t.ballot {
		told.Ballots[who] = key
	}
	return told, t.err
}
