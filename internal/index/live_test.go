package index_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
)

// edition is a register whose every subject says which edition it is of.
func edition(t testing.TB, n int, ids ...string) *index.Segment {
	t.Helper()
	var subjects []index.Subject
	for _, id := range ids {
		subjects = append(subjects, index.Subject{ID: id, Kinds: []name.Kind{name.AsPerson}, Names: []string{"Saddam Hussein"}, Payload: fmt.Append(nil, n)})
	}
	return build(t, subjects)
}

// mapped opens a segment in memory of its own that is overwritten when it is
// released, as a file that is unmapped: who still reads it reads rubbish, and
// the race detector sees it.
func mapped(t testing.TB, seg *index.Segment) (opened *index.Segment, release func(), released *atomic.Int32) {
	t.Helper()
	file := write(t, seg)
	opened, _, err := index.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	released = new(atomic.Int32)
	return opened, func() {
		clear(file)
		released.Add(1)
	}, released
}

func TestQueriesSeeOneStateWhileTheIndexIsSwapped(t *testing.T) {
	const swaps, readers = 60, 4
	probe, err := index.NewProbe("Sadam Husein")
	if err != nil {
		t.Fatal(err)
	}
	first, release, count := mapped(t, edition(t, 0, "a", "b"))
	counts := []*atomic.Int32{count}
	live := index.NewLive(index.New(first), release)
	stop := make(chan struct{})
	var asked atomic.Int64
	var wait sync.WaitGroup
	for range readers {
		wait.Go(func() {
			for last := ""; ; {
				select {
				case <-stop:
					return
				default:
				}
				now := ask(t, live, probe)
				if len(now) < len(last) || len(now) == len(last) && now < last {
					t.Errorf("edition %s after %s", now, last)
					return
				}
				last = now
				asked.Add(1)
			}
		})
	}
	for n := 1; n <= swaps; n++ {
		for before := asked.Load(); asked.Load() < before+2 && !t.Failed(); {
			// Let queries run between the swaps.
			ask(t, live, probe)
		}
		seg, release, count := mapped(t, edition(t, n, "a", "b"))
		counts = append(counts, count)
		if n%3 == 0 {
			err = live.Swap(index.New(seg), release)
		} else {
			err = live.Add(seg, release)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	wait.Wait()
	live.Close()
	for n, c := range counts {
		if c.Load() != 1 {
			t.Errorf("edition %d was released %d times", n, c.Load())
		}
	}
	if _, _, err := live.Take(); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a closed index is taken: %v", err)
	}
}

// ask searches the index in force and returns the edition of its answers,
// which must be one.
func ask(t *testing.T, live *index.Live, probe index.Probe) string {
	ix, done, err := live.Take()
	if err != nil {
		t.Error(err)
		return ""
	}
	defer done()
	hits, err := ix.Search(probe, 700, match.NameCosts)
	if err != nil || len(hits) != 2 {
		t.Errorf("%d hits, %v", len(hits), err)
		return ""
	}
	var payloads []string
	for _, h := range hits {
		p, err := h.Payload()
		if err != nil {
			t.Error(err)
		}
		payloads = append(payloads, string(p))
	}
	if payloads[0] != payloads[1] {
		t.Errorf("one answer of two editions: %v", payloads)
	}
	return payloads[0]
}

func TestMemoryIsReleasedWhenNobodyNeedsItAndNotBefore(t *testing.T) {
	seg := edition(t, 1, "a")
	rapid.Check(t, func(t *rapid.T) {
		type taken struct {
			needs []int
			done  func()
		}
		var released []int // times, by memory
		memory := func() func() {
			n := len(released)
			released = append(released, 0)
			return func() { released[n]++ }
		}
		inForce := []int{0}
		live := index.NewLive(index.New(seg), memory())
		var running []taken
		t.Repeat(map[string]func(*rapid.T){
			"take": func(t *rapid.T) {
				_, done, err := live.Take()
				if err != nil {
					t.Fatal(err)
				}
				running = append(running, taken{inForce, done})
			},
			"done": func(t *rapid.T) {
				if len(running) == 0 {
					t.Skip("nobody has taken it")
				}
				i := rapid.IntRange(0, len(running)-1).Draw(t, "who")
				running[i].done()
				running[i].done()
				running = slices.Delete(running, i, i+1)
			},
			"swap": func(*rapid.T) {
				inForce = []int{len(released)}
				if err := live.Swap(index.New(seg), memory()); err != nil {
					t.Fatal(err)
				}
			},
			"add": func(*rapid.T) {
				inForce = append(slices.Clone(inForce), len(released))
				if err := live.Add(seg, memory()); err != nil {
					t.Fatal(err)
				}
			},
			"": func(t *rapid.T) {
				needed := slices.Clone(inForce)
				for _, r := range running {
					needed = append(needed, r.needs...)
				}
				for n, times := range released {
					if want := map[bool]int{true: 0, false: 1}[slices.Contains(needed, n)]; times != want {
						t.Fatalf("memory %d was released %d times, want %d", n, times, want)
					}
				}
			},
		})
	})
}

func TestWhatComesAfterTheCloseIsReleasedAtOnce(t *testing.T) {
	seg := edition(t, 1, "a")
	live := index.NewLive(index.New(seg), nil)
	live.Close()
	live.Close()
	released := 0
	for _, put := range []func() error{
		func() error { return live.Swap(index.New(seg), func() { released++ }) },
		func() error { return live.Add(seg, func() { released++ }) },
	} {
		if err := put(); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("error %v", err)
		}
	}
	if released != 2 {
		t.Errorf("%d released", released)
	}
}
