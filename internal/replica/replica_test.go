package replica_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/replica"
	"interdict/internal/screen"
	"interdict/internal/wire"
)

// compiled is the file of a register in which one person is listed.
func compiled(t *testing.T, snapshot, name string) []byte {
	t.Helper()
	r := record.Record{
		Key: "1", Source: "test",
		Subject: record.Subject{Kind: record.Person, Names: []record.Name{{Full: name, Type: record.Primary, Quality: record.Unspecified}}},
	}
	all, err := screen.Subjects(register.Snapshot{ID: snapshot, Subjects: []register.Subject{
		{ID: "s-1", Caption: name, Kind: record.Person, Entries: []register.Entry{{ID: "e-1", Record: r}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	seg, err := index.Build(all)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := seg.Write(&b, index.Head{Profile: match.Profile(), Snapshot: snapshot}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writing(b []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(b); return err }
}

type stage struct {
	t     *testing.T
	line  *wire.Line
	store *replica.Store
	rep   *replica.Replica
	stop  func()
}

// newStage is a hub with a replica that follows it.
func newStage(t *testing.T) *stage {
	t.Helper()
	l, err := wire.Open(wire.Hub{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	s, err := replica.OpenStore(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := replica.New(s, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var followed sync.WaitGroup
	followed.Go(func() {
		if err := rep.Follow(ctx); err != nil {
			t.Error(err)
		}
	})
	stop := sync.OnceFunc(func() { cancel(); followed.Wait(); rep.Close() })
	t.Cleanup(stop)
	return &stage{t, l, s, rep, stop}
}

// announce pushes a file and announces it.
func (s *stage) announce(snapshot string, file []byte) replica.Register {
	s.t.Helper()
	r, err := s.store.Push(s.t.Context(), snapshot, "a notice of "+snapshot, writing(file))
	if err == nil {
		err = s.store.Announce(s.t.Context(), r)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// until waits until the state is as wanted.
func (s *stage) until(what string, is func(replica.State) bool) replica.State {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if x := s.rep.State(); is(x) {
			return x
		}
		if time.Now().After(end) {
			s.t.Fatalf("%s never comes: %+v", what, s.rep.State())
		}
	}
}

// answer is what is looked at of an answer, copied out of the register's memory.
type answer struct {
	Status           screen.Status
	Snapshot, Notice string
}

func (s *stage) asks(name string) answer {
	s.t.Helper()
	e, done, err := s.rep.Engine()
	if err != nil {
		s.t.Fatal(err)
	}
	defer done()
	a, err := e.Name(screen.Query{Name: name}, screen.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{a.Status, strings.Clone(a.Snapshot), strings.Clone(a.Notice)}
}

func TestAReplicaAnswersFromTheAnnouncedRegister(t *testing.T) {
	s := newStage(t)
	if _, _, err := s.rep.Engine(); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("without a register: %v", err)
	}
	s.announce("one", compiled(t, "one", "Marta Lindqvist"))
	s.until("register one", func(x replica.State) bool {
		return x.Snapshot == "one" && x.Refused == "" && x.Profile == match.Profile()
	})
	if a := s.asks("Marta Lindqvist"); a.Status != screen.Hits || a.Snapshot != "one" || a.Notice != "a notice of one" {
		t.Errorf("%+v", a)
	}
	s.announce("two", compiled(t, "two", "Jonas Whitfield"))
	s.until("register two", func(x replica.State) bool { return x.Snapshot == "two" })
	if a := s.asks("Marta Lindqvist"); a.Status != screen.None || a.Snapshot != "two" {
		t.Errorf("%+v", a)
	}
	s.announce("one", nil) // back again: it lies in the store
	s.until("register one", func(x replica.State) bool { return x.Snapshot == "one" })
	if a := s.asks("Marta Lindqvist"); a.Status != screen.Hits {
		t.Errorf("%+v", a)
	}
}

// TestWhatIsWrongIsRefusedAndTheOldAnswersOn: whatever is announced, the state says
// why, and the next that is right is taken over.
func TestWhatIsWrongIsRefusedAndTheOldAnswersOn(t *testing.T) {
	whole := compiled(t, "bad", "Jonas Whitfield")
	damaged, record := bytes.Clone(whole), bytes.Clone(whole)
	damaged[bytes.Index(damaged, []byte("whitfield"))] ^= 1   // a token of the index
	record[bytes.LastIndex(record, []byte("Whitfield"))] ^= 1 // the stored record of the subject
	foreign := bytes.Clone(whole)
	copy(foreign[16:32], "another-profile!") // in the head, whose hash no longer fits
	for name, x := range map[string]struct {
		do   func(s *stage)
		says string
	}{
		"damaged before it was pushed": {func(s *stage) { s.announce("bad", damaged) }, "damaged"},
		"a record damaged before":      {func(s *stage) { s.announce("bad", record) }, "damaged"},
		"a head of another profile":    {func(s *stage) { s.announce("bad", foreign) }, "damaged"},
		"another snapshot inside":      {func(s *stage) { s.announce("worse", whole) }, "and snapshot bad"},
		"no index":                     {func(s *stage) { s.announce("bad", []byte("hello")) }, "not an index file"},
		"nothing":                      {func(s *stage) { s.announce("bad", nil) }, "is empty"},
		"another profile announced": {func(s *stage) {
			r := s.announce("one", nil)
			r.Snapshot, r.Profile = "bad", "p-other"
			s.put(r)
		}, "made for profile p-other"},
		"another hash announced": {func(s *stage) {
			r, err := s.store.Push(t.Context(), "bad", "", writing(whole))
			if err != nil {
				t.Fatal(err)
			}
			r.Digest = "SHA-256=AAAA"
			s.put(r)
		}, "announced was SHA-256=AAAA"},
		"not in the store": {func(s *stage) {
			s.put(replica.Register{Snapshot: "gone", Profile: match.Profile(), Digest: "SHA-256=AAAA"})
		}, "does not lie in the store"},
		"a path": {func(s *stage) {
			s.put(replica.Register{Snapshot: "../../etc", Profile: match.Profile(), Digest: "SHA-256=AAAA"})
		}, "cannot be read"},
		"no announcement": {func(s *stage) { s.raw([]byte("hello")) }, "cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.announce("one", compiled(t, "one", "Marta Lindqvist"))
			s.until("register one", func(x replica.State) bool { return x.Snapshot == "one" })
			x.do(s)
			got := s.until("a refusal", func(x replica.State) bool { return x.Refused != "" })
			if !strings.Contains(got.Refused, x.says) || got.Snapshot != "one" {
				t.Errorf("%+v", got)
			}
			if a := s.asks("Marta Lindqvist"); a.Status != screen.Hits || a.Snapshot != "one" {
				t.Errorf("the old one answers %+v", a)
			}
			s.announce("next", compiled(t, "next", "Omar Hassan"))
			s.until("register next", func(x replica.State) bool { return x.Snapshot == "next" && x.Refused == "" })
		})
	}
}

func (s *stage) put(r replica.Register) {
	b, err := json.Marshal(r)
	if err != nil {
		s.t.Fatal(err)
	}
	s.raw(b)
}

func (s *stage) raw(b []byte) {
	kv, err := s.line.KeyValue(s.t.Context(), "interdict-register")
	if err == nil {
		_, err = kv.Put(s.t.Context(), "current", b)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestQuestionsRunWhileRegistersAreTakenOver: each answer is of one register from
// start to end, of which the person it was asked for is.
func TestQuestionsRunWhileRegistersAreTakenOver(t *testing.T) {
	s := newStage(t)
	people := map[string]string{}
	for i := range 6 {
		people[fmt.Sprintf("r%d", i)] = []string{"Marta Lindqvist", "Jonas Whitfield", "Omar Hassan", "Yuki Tanaka", "Carlos Garcia", "Ivan Petrov"}[i]
	}
	s.announce("r0", compiled(t, "r0", people["r0"]))
	s.until("register r0", func(x replica.State) bool { return x.Snapshot == "r0" })
	var asked atomic.Int64
	ended := make(chan struct{})
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-ended:
					return
				default:
				}
				e, done, err := s.rep.Engine()
				if err != nil {
					t.Error(err)
					return
				}
				a, err := e.Name(screen.Query{Name: people[e.Snapshot()]}, screen.Options{})
				if err != nil || a.Status != screen.Hits || a.Hits[0].Caption != people[a.Snapshot] {
					t.Errorf("%+v, error %v", a, err)
				}
				done()
				asked.Add(1)
			}
		})
	}
	for round := range 12 {
		id := fmt.Sprintf("r%d", (round+1)%6)
		s.announce(id, compiled(t, id, people[id]))
		s.until("register "+id, func(x replica.State) bool { return x.Snapshot == id })
	}
	close(ended)
	asking.Wait()
	t.Logf("%d questions", asked.Load())
	if asked.Load() < 20 {
		t.Errorf("only %d questions", asked.Load())
	}
}

// TestAWorkerGetsTheRegisterOfItsShard, in turns too.
func TestAWorkerGetsTheRegisterOfItsShard(t *testing.T) {
	s := newStage(t)
	for _, id := range []string{"a", "b"} {
		if _, err := s.store.Push(t.Context(), id, "", writing(compiled(t, id, "Marta Lindqvist"))); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"a", "b", "a"} {
		e, done, err := s.rep.At(t.Context(), id)
		if err != nil || e.Snapshot() != id {
			t.Fatal(id, err)
		}
		done()
	}
	for _, id := range []string{"c", "../a", ""} {
		if _, _, err := s.rep.At(t.Context(), id); err == nil {
			t.Errorf("%q is there", id)
		}
	}
}

// TestDamageOnTheWayIsSeen takes a piece of the object out of the store.
func TestDamageOnTheWayIsSeen(t *testing.T) {
	s := newStage(t)
	file := compiled(t, "one", "Marta Lindqvist")
	r, err := s.store.Push(t.Context(), "one", "", writing(bytes.Repeat(file, 1+400_000/len(file)))) // several chunks
	if err != nil {
		t.Fatal(err)
	}
	stream, err := s.line.Stream(t.Context(), "OBJ_interdict-registers")
	if err != nil {
		t.Fatal(err)
	}
	first, err := stream.GetMsg(t.Context(), 1)
	if err != nil || !strings.HasPrefix(first.Subject, "$O.interdict-registers.C.") {
		t.Fatal(first, err)
	}
	if err := stream.DeleteMsg(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	s.put(r)
	got := s.until("a refusal", func(x replica.State) bool { return x.Refused != "" })
	if got.Snapshot != "" {
		t.Errorf("%+v", got)
	}
}
