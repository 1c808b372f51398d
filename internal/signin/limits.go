package signin

import (
	"hash/maphash"
	"sync"
	"time"

	"interdict/internal/fault"
)

// limits slow guessing down: for each person asked for, whether there is one or
// not, and for each place that asks. They hold in this process alone.
type limits struct {
	mu      sync.Mutex
	seed    maphash.Seed
	persons [1 << 12]bucket
	places  [1 << 12]bucket
}

// bucket holds the attempts that are left. Keys share buckets by their hash, so
// that memory is bounded and nobody empties a bucket by filling a table.
type bucket struct {
	spent float64
	at    time.Time
}

// rate is how many attempts may come at once, and how long one takes to come back.
type rate struct {
	burst float64
	every time.Duration
}

var (
	ofPerson = rate{5, 3 * time.Minute}
	ofPlace  = rate{20, 30 * time.Second}
)

func newLimits() *limits { return &limits{seed: maphash.MakeSeed()} }

// take spends an attempt, or is Unavailable.
func (l *limits) take(now time.Time, person, place string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, b := l.of(&l.persons, person), l.of(&l.places, place)
	a.leak(now, ofPerson)
	b.leak(now, ofPlace)
	if a.spent+1 > ofPerson.burst || b.spent+1 > ofPlace.burst {
		return fault.Hint(fault.New(fault.Unavailable, "too many attempts to sign in"), "wait %s, or sign in with a passkey", ofPerson.every)
	}
	a.spent++
	b.spent++
	return nil
}

// giveBack returns the attempt of somebody who was let in.
func (l *limits) giveBack(person, place string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, b := range []*bucket{l.of(&l.persons, person), l.of(&l.places, place)} {
		b.spent = max(0, b.spent-1)
	}
}

func (l *limits) of(in *[1 << 12]bucket, key string) *bucket {
	return &in[maphash.String(l.seed, key)%uint64(len(in))]
}

func (b *bucket) leak(now time.Time, r rate) {
	if passed := now.Sub(b.at); passed > 0 {
		b.spent = max(0, b.spent-float64(passed)/float64(r.every))
		b.at = now
	}
}
