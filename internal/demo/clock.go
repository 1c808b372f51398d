package demo

import (
	"sync"
	"time"
)

// beat is what passes from one command of the story to the next.
const beat = 40 * time.Second

// Clock is the clock of a demo: it stands in the past while the story is told,
// and is that of the machine from then on. It is safe for concurrent use.
type Clock struct {
	mu   sync.Mutex
	at   time.Time
	live bool
}

// NewClock returns the clock of the machine.
func NewClock() *Clock { return &Clock{live: true} }

// Now returns the time. In the story no two answers are the same.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.live {
		return time.Now()
	}
	c.at = c.at.Add(time.Millisecond)
	return c.at
}

// set puts the clock to an instant of the story.
func (c *Clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.live = at, false
}

// pass lets time pass in the story.
func (c *Clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// Arrive ends the story: from now on it is now.
func (c *Clock) Arrive() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.live = true
}
