package ledgertest_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/store"
)

func wantKind(t *testing.T, what string, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("%s: %v, want %s", what, err, want)
	}
}

func readsBack(t *testing.T, p place) {
	w := found(t, p)
	first := w.draft(t, "dossier/d1", 1, "c-1", "opened", "a letter", "")
	second := w.draft(t, "dossier/d1", 2, "c-1", "named")
	other := w.draft(t, "material/m1", 1, "c-2", "handed in")
	a := w.append(t, first, second)
	if a.First != 0 || a.Repeated || len(a.Events) != 2 || len(a.Events[0].Evidence) != 2 {
		t.Fatalf("appended %+v", a)
	}
	if b := w.append(t, other); b.First != 2 {
		t.Fatalf("appended %+v", b)
	}

	happened, err := w.Stream(t.Context(), "dossier/d1", 0)
	if err != nil || len(happened) != 2 {
		t.Fatalf("stream: %d events, %v", len(happened), err)
	}
	for i, want := range []string{"opened", "named"} {
		h := happened[i]
		if h.Index != int64(i) || !h.Envelope.Equal(a.Events[i]) {
			t.Errorf("event %d: %+v", i, h)
		}
		plain, err := w.vault.Open(t.Context(), h.Body)
		if err != nil || string(plain) != want {
			t.Errorf("body %d: %q, %v", i, plain, err)
		}
	}
	for i, want := range []string{"a letter", ""} {
		s, err := w.Take(t.Context(), a.Events[0].Evidence[i])
		if err != nil {
			t.Fatal(err)
		}
		plain, err := w.vault.Open(t.Context(), s)
		if err != nil || string(plain) != want {
			t.Errorf("evidence %d: %q, %v", i, plain, err)
		}
	}
	_, err = w.Take(t.Context(), [32]byte{1})
	wantKind(t, "evidence that nobody gave", err, fault.NotFound)

	counts := map[string]int{}
	for name, read := range map[string]func() ([]store.Happened, error){
		"after 1":  func() ([]store.Happened, error) { return w.Stream(t.Context(), "dossier/d1", 1) },
		"after 2":  func() ([]store.Happened, error) { return w.Stream(t.Context(), "dossier/d1", 2) },
		"unknown":  func() ([]store.Happened, error) { return w.Stream(t.Context(), "dossier/d9", 0) },
		"up to 0":  func() ([]store.Happened, error) { return w.StreamUpTo(t.Context(), "dossier/d1", 0) },
		"up to 1":  func() ([]store.Happened, error) { return w.StreamUpTo(t.Context(), "dossier/d1", 1) },
		"up to -1": func() ([]store.Happened, error) { return w.StreamUpTo(t.Context(), "dossier/d1", -1) },
	} {
		got, err := read()
		if err != nil {
			t.Fatal(err)
		}
		counts[name] = len(got)
	}
	want := map[string]int{"after 1": 1, "after 2": 0, "unknown": 0, "up to 0": 1, "up to 1": 2, "up to -1": 0}
	if d := cmp.Diff(want, counts); d != "" {
		t.Error(d)
	}

	var walked []string
	for h, err := range w.Walk(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		plain, err := w.vault.Open(t.Context(), h.Body)
		if err != nil {
			t.Fatal(err)
		}
		walked = append(walked, fmt.Sprintf("%d %s %s", h.Index, h.Envelope.Stream, plain))
	}
	if d := cmp.Diff([]string{"1 dossier/d1 named", "2 material/m1 handed in"}, walked); d != "" {
		t.Error(d)
	}
	if r, err := w.check(t); err != nil || r.Entries != 3 || r.Sealed != 5 {
		t.Errorf("verified %+v, %v", r, err)
	}
}

func versions(t *testing.T, p place) {
	w := found(t, p)
	w.append(t, w.draft(t, "dossier/d1", 1, "c-1", "x"))
	for _, c := range []struct {
		what    string
		version uint64
		want    fault.Kind
	}{
		{"the same version again", 1, fault.Conflict},
		{"a version left out", 3, fault.Conflict},
		{"no version", 0, fault.Invalid},
	} {
		_, err := w.Append(t.Context(), store.Change{Events: []store.Draft{w.draft(t, "dossier/d1", c.version, "c-"+c.what, "x")}})
		wantKind(t, c.what, err, c.want)
	}
	_, err := w.Append(t.Context(), store.Change{Events: []store.Draft{w.draft(t, "dossier/d2", 2, "c-9", "x")}})
	wantKind(t, "a stream that begins with version 2", err, fault.Conflict)
	_, err = w.Append(t.Context(), store.Change{Events: []store.Draft{w.draft(t, "dossier/d1", 1, "c-8", "x")}})
	want := "dossier/d1 is at version 1 and cannot become version 1: m-7 changed it at 2026-11-24T12:00:01.000Z (test.happened, entry 0)"
	if err == nil || err.Error() != want {
		t.Errorf("the conflict says %v, want %s", err, want)
	}
	same := w.draft(t, "dossier/d3", 1, "c-7", "x")
	again := same
	again.Envelope.Version, again.Envelope.Command = 2, "c-6"
	w.append(t, same)
	_, err = w.Append(t.Context(), store.Change{Events: []store.Draft{again}})
	wantKind(t, "a body that came with another event", err, fault.Conflict)
	if r, err := w.check(t); err != nil || r.Entries != 2 {
		t.Errorf("verified %+v, %v", r, err)
	}
}

// conflicts lets two stores, as two processes would, take a stream on at once.
func conflicts(t *testing.T, p place) {
	w := found(t, p)
	second, err := p.open(t.Context(), w.signer)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	const rounds, writers = 10, 8
	for round := range rounds {
		drafts := make([]store.Draft, writers)
		for i := range drafts {
			drafts[i] = w.draft(t, "dossier/d1", uint64(round+1), fmt.Sprintf("c-%d-%d", round, i), "x")
		}
		var won, lost atomic.Int64
		var wait sync.WaitGroup
		for i, s := range []*store.Store{w.Store, second, w.Store, second, w.Store, second, w.Store, second} {
			wait.Go(func() {
				_, err := s.Append(t.Context(), store.Change{Events: drafts[i : i+1]})
				switch {
				case err == nil:
					won.Add(1)
				case fault.KindOf(err) == fault.Conflict:
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if won.Load() != 1 || lost.Load() != writers-1 {
			t.Fatalf("round %d: %d won and %d lost", round, won.Load(), lost.Load())
		}
	}
	if r, err := w.check(t); err != nil || r.Entries != rounds {
		t.Errorf("verified %+v, %v", r, err)
	}
}

func idempotent(t *testing.T, p place) {
	w := found(t, p)
	one, two := w.draft(t, "dossier/d1", 1, "c-1", "x", "e"), w.draft(t, "dossier/d1", 2, "c-1", "y")
	first := w.append(t, one, two)
	w.append(t, w.draft(t, "dossier/d1", 3, "c-2", "z"))
	again, err := w.Append(t.Context(), store.Change{Events: []store.Draft{one, two}, Within: func(context.Context, *sql.Tx, int64) error {
		return errors.New("a command that was done must not be carried out")
	}})
	if err != nil || !again.Repeated || again.First != 0 || len(again.Events) != 2 || !again.Events[1].Equal(first.Events[1]) {
		t.Errorf("repeated: %+v, %v", again, err)
	}
	known, err := w.Command(t.Context(), "c-1")
	if err != nil || !known.Repeated || len(known.Events) != 2 {
		t.Errorf("asked for: %+v, %v", known, err)
	}
	_, err = w.Command(t.Context(), "c-3")
	wantKind(t, "a command that was not done", err, fault.NotFound)
	_, err = w.Append(t.Context(), store.Change{Events: []store.Draft{w.draft(t, "dossier/d5", 1, "c-1", "x")}})
	wantKind(t, "the key of another command", err, fault.Conflict)

	// Many at once, under one key: it is done once.
	d := w.draft(t, "dossier/d2", 1, "c-4", "x")
	var done, repeated atomic.Int64
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			a, err := w.Append(t.Context(), store.Change{Events: []store.Draft{d}})
			switch {
			case err != nil:
				t.Error(err)
			case a.Repeated:
				repeated.Add(1)
			default:
				done.Add(1)
			}
		})
	}
	wait.Wait()
	if done.Load() != 1 || repeated.Load() != 7 {
		t.Errorf("done %d times, repeated %d times", done.Load(), repeated.Load())
	}
	if r, err := w.check(t); err != nil || r.Entries != 4 {
		t.Errorf("verified %+v, %v", r, err)
	}
}

// isolation sends good and bad commands at once, so that they share batches.
func isolation(t *testing.T, p place) {
	w := found(t, p)
	const n = 40
	drafts := make([]store.Draft, n)
	for i := range drafts {
		version := uint64(1)
		if i%4 == 3 {
			version = 7 // conflicts
		}
		drafts[i] = w.draft(t, fmt.Sprintf("dossier/d%d", i), version, fmt.Sprintf("c-%d", i), "x")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	var wait sync.WaitGroup
	for i := range drafts {
		wait.Go(func() {
			ctx, c := t.Context(), store.Change{Events: drafts[i : i+1]}
			switch i % 4 {
			case 1:
				c.Within = func(ctx context.Context, tx *sql.Tx, _ int64) error {
					if err := query.New(tx).PutTie(ctx, query.PutTieParams{Source: "a", Relation: "b", Target: fmt.Sprint(i)}); err != nil {
						return err
					}
					return fault.New(fault.Forbidden, "not this one")
				}
			case 2:
				ctx = gone
			}
			_, err := w.Append(ctx, c)
			switch i % 4 {
			case 0:
				if err != nil {
					t.Error(err)
				}
			case 1:
				wantKind(t, "undone from within", err, fault.Forbidden)
			case 2:
				if !errors.Is(err, context.Canceled) {
					t.Errorf("given up by the asker: %v", err)
				}
			case 3:
				wantKind(t, "a wrong version", err, fault.Conflict)
			}
		})
	}
	wait.Wait()
	if ties, err := w.Queries().AllTies(t.Context()); err != nil || len(ties) != 0 {
		t.Errorf("undone changes left %v, %v", ties, err)
	}
	if r, err := w.check(t); err != nil || r.Entries != n/4 {
		t.Errorf("verified %+v, %v", r, err)
	}
}

func within(t *testing.T, p place) {
	w := found(t, p)
	w.append(t, w.draft(t, "dossier/d0", 1, "c-0", "x"))
	put := func(ctx context.Context, tx *sql.Tx, first int64) error {
		return query.New(tx).PutTie(ctx, query.PutTieParams{Source: "dossier/d1", Relation: "rests_on", Target: "material/m1", Idx: first})
	}
	if _, err := w.Append(t.Context(), store.Change{Events: []store.Draft{w.draft(t, "dossier/d1", 1, "c-1", "x")}, Within: put}); err != nil {
		t.Fatal(err)
	}
	ties, err := w.Queries().TiesFrom(t.Context(), "dossier/d1")
	if d := cmp.Diff([]query.Tie{{Source: "dossier/d1", Relation: "rests_on", Target: "material/m1", Idx: 1}}, ties); err != nil || d != "" {
		t.Error(d, err)
	}
}

func looks(t *testing.T, p place) {
	if _, err := p.look(t.Context()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("looking where no ledger is: %v", err)
	}
	w := found(t, p)
	w.fill(t, 3)
	look, err := p.look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	if h, err := look.Stream(t.Context(), "dossier/d2", 0); err != nil || len(h) != 1 {
		t.Errorf("read %d events, %v", len(h), err)
	}
	_, err = look.Append(t.Context(), store.Change{Events: []store.Draft{w.draft(t, "dossier/d1", 2, "c-x", "x")}})
	wantKind(t, "appending while looking", err, fault.Internal)
	if err := look.Queries().ClearItems(t.Context()); err == nil {
		t.Error("the database of a ledger that is looked at was written")
	}
	w.append(t, w.draft(t, "dossier/d1", 2, "c-x", "x"))
	if h, err := look.Stream(t.Context(), "dossier/d1", 0); err != nil || len(h) != 2 {
		t.Errorf("who looks sees %d events of what was appended meanwhile, %v", len(h), err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = w.Append(context.Background(), store.Change{Events: []store.Draft{{Envelope: event.Envelope{
		Kind: "test.happened", Stream: "dossier/d8", Version: 1, At: time.Unix(0, 0).UTC(), By: "m", Command: "c",
	}}}})
	wantKind(t, "appending to a closed ledger", err, fault.Unavailable)
}

// quiet keeps appending back while something else is made, and undoes what fails.
func quiet(t *testing.T, p place) {
	w := found(t, p)
	put := func(target string) func(context.Context, *sql.Tx) error {
		return func(ctx context.Context, tx *sql.Tx) error {
			return query.New(tx).PutTie(ctx, query.PutTieParams{Source: "a", Relation: "b", Target: target})
		}
	}
	err := w.Quiet(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		if err := put("undone")(ctx, tx); err != nil {
			return err
		}
		return fault.New(fault.Conflict, "no")
	})
	wantKind(t, "what failed in the quiet", err, fault.Conflict)
	appended := make(chan error, 1)
	d := w.draft(t, "dossier/d1", 1, "c-1", "x")
	err = w.Quiet(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		go func() {
			_, err := w.Append(t.Context(), store.Change{Events: []store.Draft{d}})
			appended <- err
		}()
		select {
		case err := <-appended:
			return fmt.Errorf("somebody appended in the quiet: %w", err)
		case <-time.After(200 * time.Millisecond):
		}
		return put("kept")(ctx, tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-appended; err != nil {
		t.Error(err)
	}
	same(t, "what the quiet left", []query.Tie{{Source: "a", Relation: "b", Target: "kept"}})(w.Queries().AllTies(t.Context()))
}
