package clerk_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/clerk"
	"interdict/internal/fault"
)

// two opens two clerks on one place, as two processes would.
func two(t *testing.T, p place, now func() time.Time) []*clerk.Clerk {
	clerks := []*clerk.Clerk{p.clerk(t, now), p.clerk(t, now)}
	people(t, clerks[0])
	return clerks
}

// atOnce does something so many times at once, with the clerks in turn.
func atOnce(clerks []*clerk.Clerk, times int, do func(i int, c *clerk.Clerk)) {
	var wait sync.WaitGroup
	start := make(chan struct{})
	for i := range times {
		wait.Go(func() {
			<-start
			do(i, clerks[i%len(clerks)])
		})
	}
	close(start)
	wait.Wait()
}

// Of commands that expect one version, one wins; the others are told that they
// came too late, and of those that expect none, after whom.
func TestOneWinsEachVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		clerks := two(t, p, time.Now)
		id := opened(t, clerks[0], "Contested case")
		version := uint64(1)
		for round := range 6 {
			expected := version
			if round%2 == 1 {
				expected = 0 // whatever it has
			}
			errs := make([]error, 8)
			atOnce(clerks, len(errs), func(i int, c *clerk.Clerk) {
				text := must(json.Marshal(body{"open": fmt.Sprint("round ", round, " by ", i)}))
				_, errs[i] = c.Do(t.Context(), clerk.Order{By: "analyst", Version: expected}, "dossier.write", id, text)
			})
			won := uint64(0)
			for _, err := range errs {
				switch {
				case err == nil:
					won++
				case fault.KindOf(err) != fault.Conflict:
					t.Errorf("a loser gets %v", err)
				case expected == 0 && !strings.Contains(err.Error(), "analyst changed it at"):
					t.Errorf("a loser is not told who was first: %v", err)
				case !strings.Contains(err.Error(), "is at version"):
					t.Errorf("a loser is not told where it stands: %v", err)
				}
			}
			if won == 0 || expected != 0 && won != 1 {
				t.Errorf("%d won version %d", won, version+1)
			}
			seen := must(clerks[1].Read(t.Context(), clerk.Order{By: "analyst", Purpose: "test"}, "dossier", id, clerk.When{}))
			if version += won; seen.Version != version {
				t.Fatalf("version %d after %d had won, want %d", seen.Version, won, version)
			}
		}
		whole(t, p, clerks[0])
	})
}

// A command that is sent many times under one key is done once, and every answer
// is the same but that it says so.
func TestOneKeyIsDoneOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		clerks := two(t, p, time.Now)
		id := opened(t, clerks[0], "Case")
		for _, x := range []struct {
			command, id string
			body        body
		}{
			{"dossier.write", id, body{"open": "text"}},
			{"dossier.open", "", body{"title": "Another", "subject": someone("Another")}},
			{"dossier.admit", id, body{"person": "analyst-2", "reason": "help"}}, // refused a second time
		} {
			size := must(clerks[0].Store.Head(t.Context())).Size
			answers := make([]clerk.Done, 8)
			order := clerk.Order{By: "analyst", Key: "key of " + x.command}
			atOnce(clerks, len(answers), func(i int, c *clerk.Clerk) {
				var err error
				if answers[i], err = c.Do(t.Context(), order, x.command, x.id, must(json.Marshal(x.body))); err != nil {
					t.Errorf("%s under one key: %v", x.command, err)
				}
			})
			repeated := 0
			for _, a := range answers {
				if a.Repeated {
					repeated++
				}
				if a.Stream != answers[0].Stream || a.Index != answers[0].Index || a.Version != answers[0].Version || !slices.Equal(a.Events, answers[0].Events) {
					t.Errorf("%s: one key, two answers: %+v and %+v", x.command, answers[0], a)
				}
			}
			if grown := must(clerks[0].Store.Head(t.Context())).Size - size; repeated != len(answers)-1 || grown != int64(len(answers[0].Events)) {
				t.Errorf("%s: %d of %d say that they were done before, and the ledger has grown by %d", x.command, repeated, len(answers), grown)
			}
		}
		_, err := clerks[0].Do(t.Context(), clerk.Order{By: "analyst", Key: "key of dossier.write"}, "dossier.open", "", must(json.Marshal(body{"title": "X", "subject": someone("X")})))
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("a key that was used for something else: %v", err)
		}
		whole(t, p, clerks[0])
	})
}

// step is one thing that somebody tries.
type step struct {
	Who, Command string
	On           int // which of the dossiers
	Body         body
}

// steps draws what people try; much of it is refused in most states.
func steps(names []string) *rapid.Generator[step] {
	who := rapid.SampledFrom([]string{"analyst", "analyst-2", "lead", "liaison"})
	return rapid.Custom(func(t *rapid.T) step {
		s := step{Who: who.Draw(t, "who"), On: rapid.IntRange(0, len(names)-1).Draw(t, "on")}
		key := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "key")
		person := rapid.SampledFrom([]string{"analyst-2", "lead"}).Draw(t, "person")
		other := names[1-s.On]
		choice := rapid.SampledFrom([]step{
			{Command: "dossier.write", Body: body{"open": key}},
			{Command: "dossier.say", Body: body{"key": key, "party": "P", "field": "f", "value": "v"}},
			{Command: "dossier.strike", Body: body{"key": key, "reason": "wrong"}},
			{Command: "dossier.ask", Body: body{"key": "r" + key, "what": "request", "to": "bank", "text": "?"}},
			{Command: "dossier.answer", Body: body{"key": "r" + key, "text": "!"}},
			{Command: "dossier.cancel", Body: body{"key": "r" + key, "reason": "done"}},
			{Command: "dossier.admit", Body: body{"person": person, "reason": "help"}},
			{Command: "dossier.release", Body: body{"person": person, "reason": "enough"}},
			{Command: "dossier.link", Body: body{"key": "l" + key, "to": other, "owner": "commission", "role": "same money"}},
			{Command: "dossier.close", Body: body{"reason": "nothing"}},
			{Command: "dossier.reopen", Body: body{"reason": "news"}},
			{Command: "dossier.merge", Body: body{"into": other, "reason": "the same"}},
			{Command: "read"},
		}).Draw(t, "step")
		s.Command, s.Body = choice.Command, choice.Body
		return s
	})
}

// Whatever people do at once, each sees whole states of a thing, the same at the
// same version, and the views are what the ledger says.
func TestAnyInterleaving(t *testing.T) {
	p := found(onSQLite(t.TempDir()))
	clerks := two(t, p, time.Now)
	rapid.Check(t, func(rt *rapid.T) {
		ids := []string{opened(t, clerks[0], "One"), opened(t, clerks[1], "Two")}
		plans := rapid.SliceOfN(rapid.SliceOfN(steps(ids), 1, 5), 2, 3).Draw(rt, "plans")
		var mu sync.Mutex
		states := map[string]string{} // by dossier and version, as the analyst reads it
		atOnce(clerks, len(plans), func(i int, c *clerk.Clerk) {
			for _, s := range plans[i] {
				if s.Command != "read" {
					if _, err := do(t.Context(), c, s.Who, s.Command, ids[s.On], s.Body); broken(err) {
						rt.Errorf("%s: %s: %v", s.Who, s.Command, err)
					}
				}
				seen, err := c.Read(t.Context(), clerk.Order{By: "analyst", Purpose: "test"}, "dossier", ids[s.On], clerk.When{})
				if broken(err) {
					rt.Errorf("reading: %v", err)
				}
				if err != nil {
					continue // released meanwhile
				}
				at, text := fmt.Sprint(ids[s.On], seen.Version), string(must(json.Marshal(seen.Content)))
				mu.Lock()
				if was, ok := states[at]; ok && was != text {
					rt.Errorf("version %d of dossier %s was read in two states:\n%s\n%s", seen.Version, ids[s.On], was, text)
				}
				states[at] = text
				mu.Unlock()
			}
		})
	})
	whole(t, p, clerks[0])
}

// broken reports whether a fault is of the house and not of who asked.
func broken(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotFound, fault.Forbidden, fault.Conflict:
		return false
	}
	return err != nil
}
