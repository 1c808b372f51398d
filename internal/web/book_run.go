package web

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/screen"
)

// Limits of screening books on pages. What is larger is a matter of the terminal.
const (
	runsAtOnce  = 2              // in the house; a person has one
	runsKept    = 5              // of a person that have ended
	rowsKept    = 20_000         // of a run: with hits, or not screened
	runLifetime = 12 * time.Hour // after which nothing of a run is left
)

// bookRun is a book that is being screened, or was. It lives in memory only.
type bookRun struct {
	ID        string
	Owner     roster.PersonID
	Name      string // of the file
	Started   time.Time
	Threshold int
	Size      int64
	Stamp     screen.Stamp

	read  atomic.Int64 // bytes
	stop  context.CancelFunc
	ended chan struct{} // closed at the end
	last  *time.Timer   // drops it

	mu       sync.Mutex
	done     int // rows
	hits     int // rows with hits
	unread   int // rows that were not screened
	rows     []screen.Row
	warnings []string
	err      error
}

// howFar is how far a run is.
type howFar struct {
	Done, Hits, Unscreened int
	Percent                int
	Ended                  bool
	Err                    error
	Warnings               []string
}

func (r *bookRun) howFar() howFar {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := howFar{Done: r.done, Hits: r.hits, Unscreened: r.unread, Err: r.err, Warnings: slices.Clone(r.warnings)}
	if r.Size > 0 {
		s.Percent = int(100 * min(r.read.Load(), r.Size) / r.Size)
	}
	select {
	case <-r.ended:
		s.Ended, s.Percent = true, 100
	default:
	}
	return s
}

// found are the rows of a band, or all: "not_screened" are those that were not.
func (r *bookRun) found(band string) []screen.Row {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.rows), func(x screen.Row) bool {
		return band != "" && band != bandOf(x)
	})
}

// bandOf is the band of the most serious hit of a row.
func bandOf(x screen.Row) string {
	if len(x.Answer.Hits) > 0 {
		return string(x.Answer.Hits[0].Band)
	}
	return string(x.Answer.Status)
}

// counted counts what is read of the book.
func (r *bookRun) counted(in io.Reader) io.Reader { return &countingReader{in, &r.read} }

type countingReader struct {
	io.Reader
	n *atomic.Int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// run screens the book to its end. Half of the processors are left to others.
func (r *bookRun) run(ctx context.Context, e *screen.Engine, content []byte) {
	defer close(r.ended)
	defer r.stop()
	o := book.Options{Warn: func(m string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.warnings = append(r.warnings, m)
	}}
	how := screen.Run{Options: screen.Options{Threshold: r.Threshold, Brief: true}, Workers: max(1, runtime.GOMAXPROCS(0)/2)}
	err := e.Book(ctx, book.Read(r.Name, r.counted(bytes.NewReader(content)), o), how, r.take)
	if fault.KindOf(err) == fault.Internal && err != nil {
		slog.Error("screening a book failed", "error", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}

// take keeps a row with hits, or one that was not screened.
func (r *bookRun) take(x screen.Row) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	x.Answer.At = r.Started
	r.done++
	switch x.Answer.Status {
	case screen.None:
		return nil
	case screen.Hits:
		r.hits++
	default:
		r.unread++
	}
	if len(r.rows) == rowsKept {
		return fault.Hint(fault.New(fault.Invalid, "more than %d customers have hits or cannot be screened: it was stopped at row %d", rowsKept, x.Number),
			"choose a higher threshold, or use the terminal: interdict screen book FILE --out alerts.csv")
	}
	r.rows = append(r.rows, x)
	return nil
}

// books are the runs of this process.
type books struct {
	mu  sync.Mutex
	all []*bookRun // the oldest first
}

// begin starts a run, if there is room for one.
func (b *books) begin(r *bookRun, e *screen.Engine, content []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sweep(r.Started)
	running := 0
	for _, x := range b.all {
		if x.howFar().Ended {
			continue
		}
		if running++; x.Owner == r.Owner {
			return fault.New(fault.Conflict, "a book of yours is being screened: wait for it, or stop it")
		}
	}
	if running >= runsAtOnce {
		return fault.New(fault.Conflict, "%d books are being screened, which is as many as fit: try again in a while", running)
	}
	ctx, stop := context.WithCancel(context.Background())
	r.stop, r.ended = stop, make(chan struct{})
	b.all = append(b.all, r)
	r.last = time.AfterFunc(runLifetime, func() { b.drop(r) })
	go r.run(ctx, e, content)
	return nil
}

// sweep drops what is too old, and of each person all but the last few.
func (b *books) sweep(now time.Time) {
	kept := map[roster.PersonID]int{}
	var out []*bookRun
	for _, r := range slices.Backward(b.all) {
		kept[r.Owner]++
		if now.Sub(r.Started) > runLifetime || kept[r.Owner] > runsKept {
			r.forget()
			continue
		}
		out = append(out, r)
	}
	slices.Reverse(out)
	b.all = out
}

// forget stops a run, and lets go of what would hold it in memory.
func (r *bookRun) forget() {
	r.stop()
	r.last.Stop()
}

// drop stops a run and forgets it.
func (b *books) drop(r *bookRun) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.forget()
	b.all = slices.DeleteFunc(b.all, func(x *bookRun) bool { return x == r })
}

// of are the runs of a person, the latest first.
func (b *books) of(p roster.PersonID, now time.Time) []*bookRun {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sweep(now)
	var out []*bookRun
	for _, r := range slices.Backward(b.all) {
		if r.Owner == p {
			out = append(out, r)
		}
	}
	return out
}

// find returns a run of a person; another's is not there.
func (b *books) find(p roster.PersonID, id string, now time.Time) (*bookRun, error) {
	for _, r := range b.of(p, now) {
		if r.ID == id {
			return r, nil
		}
	}
	return nil, fault.New(fault.NotFound, "there is no run %q", id)
}
