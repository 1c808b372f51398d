package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// Watchers are asked after often enough for people, and there are no more of them
// than a server bears.
const (
	watchEach = time.Second      // how often it is looked whether something changed
	pulse     = 20 * time.Second // how often a silent stream says that it lives
	watchers  = 2000
	watchedBy = 50 // pages that one person watches
)

// live tells open pages that their thing has changed. While anybody watches, one
// poller asks the ledger for all of them.
type live struct {
	mu    sync.Mutex
	of    map[string]*watched // by stream
	count int
	each  map[roster.PersonID]int
	newer bool               // a stream is watched that the poller did not look at
	stop  context.CancelFunc // of the poller
}

// watched is a stream that somebody watches.
type watched struct {
	version uint64        // that was seen last; 0: none was
	woken   chan struct{} // closed and renewed at each change
	count   int
}

// living are the streams of events of things.
func (s *server) living() {
	s.page("GET /live/{kind}/{id}", (*visit).watch)
}

// watch tells, once, that a thing has another version than the one that the
// address names. It ends when the thing is the visitor's to see no longer.
func (v *visit) watch() error {
	v.r = v.r.WithContext(clerk.Moving(v.ctx()))
	kind, id := v.r.PathValue("kind"), v.r.PathValue("id")
	had, err := strconv.ParseUint(v.r.FormValue("version"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "%q is no version", v.r.FormValue("version"))
	}
	now, err := v.Clerk.Glance(v.ctx(), v.Order, kind, id)
	if err != nil {
		return err
	}
	stream := kind + "/" + id
	woken, err := v.live.join(v.Clerk, v.Person.ID, stream)
	if err != nil {
		return err
	}
	defer v.live.leave(v.Person.ID, stream)
	v.w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(v.w)
	if _, err := fmt.Fprint(v.w, ": watching\n\n"); err != nil || out.Flush() != nil {
		return nil
	}
	for now == had {
		if !v.quiet(out, woken) {
			return nil
		}
		woken = v.live.next(stream)
		if _, err := v.Identify(v.r); err != nil { // signed out since
			return nil
		}
		if now, err = v.Clerk.Glance(v.ctx(), v.Order, kind, id); err != nil {
			return nil
		}
	}
	_, _ = fmt.Fprintf(v.w, "event: changed\ndata: %d\n\n", now) // a reader who left is no fault
	_ = out.Flush()
	return nil
}

// quiet waits until a stream changed, false if the reader or the server is gone.
func (v *visit) quiet(out *http.ResponseController, woken <-chan struct{}) bool {
	alive := time.NewTicker(pulse)
	defer alive.Stop()
	for {
		select {
		case <-woken:
			return true
		case <-v.ctx().Done():
			return false
		case <-v.Ends:
			return false
		case <-alive.C:
			if _, err := fmt.Fprint(v.w, ": alive\n\n"); err != nil || out.Flush() != nil {
				return false
			}
		}
	}
}

// join adds a watcher; the first one starts the poller.
func (l *live) join(c *clerk.Clerk, who roster.PersonID, stream string) (<-chan struct{}, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count >= watchers || l.each[who] >= watchedBy {
		return nil, fault.New(fault.Unavailable, "too many pages are watched at once")
	}
	if l.count++; l.count == 1 {
		var ctx context.Context
		ctx, l.stop = context.WithCancel(context.Background())
		l.of, l.each = map[string]*watched{}, map[roster.PersonID]int{}
		go l.poll(ctx, c)
	}
	w, ok := l.of[stream]
	if !ok {
		w = &watched{woken: make(chan struct{})}
		l.of[stream], l.newer = w, true
	}
	w.count++
	l.each[who]++
	return w.woken, nil
}

// leave takes a watcher out; the last one ends the poller.
func (l *live) leave(who roster.PersonID, stream string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.each[who]--; l.each[who] == 0 {
		delete(l.each, who)
	}
	if w := l.of[stream]; w.count == 1 {
		delete(l.of, stream)
	} else {
		w.count--
	}
	if l.count--; l.count == 0 {
		l.stop()
	}
}

// next is what tells of the next change of a stream that is watched.
func (l *live) next(stream string) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.of[stream].woken
}

func (l *live) poll(ctx context.Context, c *clerk.Clerk) {
	each := time.NewTicker(watchEach)
	defer each.Stop()
	size := int64(-1)
	for {
		select {
		case <-ctx.Done():
			return
		case <-each.C:
		}
		streams, newer := l.streams()
		head, err := c.Store.Head(ctx)
		if err == nil && (head.Size != size || newer) {
			var versions map[string]uint64
			if versions, err = c.Versions(ctx, streams); err == nil {
				size = head.Size
				l.wake(versions)
			}
		}
		if err != nil && ctx.Err() == nil {
			size = -1 // all are looked at again
			slog.Warn("looking for what changed on open pages failed", "error", err)
		}
	}
}

// streams returns what is watched, and whether any of it was not looked at yet.
func (l *live) streams() ([]string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	newer := l.newer
	l.newer = false
	out := make([]string, 0, len(l.of))
	for s := range l.of {
		out = append(out, s)
	}
	return out, newer
}

// wake wakes whoever watches what changed. A stream that is new here wakes its
// watchers too: it may have changed before it was first looked at.
func (l *live) wake(versions map[string]uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for stream, version := range versions {
		if w, ok := l.of[stream]; ok && w.version != version {
			w.version = version
			close(w.woken)
			w.woken = make(chan struct{})
		}
	}
}
