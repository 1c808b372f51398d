package shard_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/mutate"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
	"interdict/internal/shard"
	"interdict/internal/wire"
)

// engine screens against fifty invented names.
var engine = sync.OnceValue(func() *screen.Engine {
	var subjects []register.Subject
	for i, x := range mutate.Invent(7, 50) {
		id := fmt.Sprintf("s-%03d", i)
		r := record.Record{
			Key: fmt.Sprint(i), Source: "test",
			Subject: record.Subject{Kind: record.Person, Names: []record.Name{{Full: x.Name, Type: record.Primary, Quality: record.Unspecified}}},
		}
		subjects = append(subjects, register.Subject{ID: id, Caption: x.Name, Kind: record.Person, Entries: []register.Entry{{ID: "e-" + id[2:], Record: r}}})
	}
	all, err := screen.Subjects(register.Snapshot{ID: "snap", Subjects: subjects})
	if err != nil {
		panic(err)
	}
	seg, err := index.Build(all)
	if err != nil {
		panic(err)
	}
	return screen.New(index.New(seg), "snap", "a notice")
})

func here(context.Context, string) (*screen.Engine, func(), error) { return engine(), func() {}, nil }

// customers is a book of n rows: some listed, some without a name, some broken.
func customers(n int) string {
	var b strings.Builder
	b.WriteString("id,name,birth date\n")
	listed := mutate.Invent(7, 50)
	for i, x := range mutate.Invent(8, n) {
		switch {
		case i%31 == 0:
			fmt.Fprintf(&b, "%d,\"%s\",1970\n", i, listed[i%50].Name)
		case i%37 == 0:
			fmt.Fprintf(&b, "%d,,\n", i)
		case i%41 == 0:
			fmt.Fprintf(&b, "%d,broken\n", i)
		default:
			fmt.Fprintf(&b, "%d,\"%s\",soon\n", i, x.Name)
		}
	}
	return b.String()
}

func work(json bool) shard.Work {
	return shard.Work{
		Snapshot: "snap", Profile: match.Profile(), Options: screen.Options{Brief: !json}, JSON: json, All: json,
		Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}

// alone is what one machine writes.
func alone(t *testing.T, text string, w shard.Work) string {
	t.Helper()
	var out bytes.Buffer
	lines := csv.NewWriter(&out)
	read := book.Read("book.csv", strings.NewReader(text), book.Options{})
	err := engine().Book(t.Context(), read, screen.Run{Options: w.Options, Workers: 2}, func(x screen.Row) error {
		x.Answer.At = w.Time
		switch {
		case x.Answer.Status == screen.None && !w.All:
			return nil
		case w.JSON:
			return x.WriteJSON(&out)
		}
		return lines.WriteAll(x.Lines())
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func hub(t *testing.T) *wire.Line {
	t.Helper()
	l, err := wire.Open(wire.Hub{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

var quick = shard.Patience{Silence: 400 * time.Millisecond, Tries: 3}

func open(t *testing.T, l *wire.Line) *shard.Queue {
	t.Helper()
	q, err := shard.Open(t.Context(), l, quick)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// workers start workers that are stopped with the test.
func workers(t *testing.T, q *shard.Queue, n int, e shard.Engines) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() {
		if err := q.Work(ctx, n, e); err != nil && ctx.Err() == nil {
			t.Error(err)
		}
	})
	stop = func() { cancel(); all.Wait() }
	t.Cleanup(stop)
	return stop
}

// run runs a book behind its first rows, and appends to out.
func run(ctx context.Context, q *shard.Queue, name, text string, skip int, w shard.Work, out *bytes.Buffer) (rows int, err error) {
	rows = skip
	err = q.Run(ctx, screen.Rows(book.Read("book.csv", strings.NewReader(text), book.Options{}), skip), shard.Run{
		Name: name, Work: w,
		Join: func(p shard.Part) error {
			rows += p.Rows
			out.Write(p.Text)
			return nil
		},
	})
	return rows, err
}

// empty makes sure that nothing of a customer is left with the queue.
func empty(t *testing.T, l *wire.Line) {
	t.Helper()
	s, err := l.Stream(t.Context(), "INTERDICT_SHARDS")
	if err != nil {
		t.Fatal(err)
	}
	if i, err := s.Info(t.Context()); err != nil || i.State.Msgs != 0 {
		t.Errorf("%d messages are left in the queue, error %v", i.State.Msgs, err)
	}
	bodies, err := l.ObjectStore(t.Context(), "interdict-shards")
	if err != nil {
		t.Fatal(err)
	}
	if all, err := bodies.List(t.Context()); !errors.Is(err, jetstream.ErrNoObjectsFound) {
		t.Errorf("%d objects are left, error %v", len(all), err)
	}
	answers, err := l.KeyValue(t.Context(), "interdict-answers")
	if err != nil {
		t.Fatal(err)
	}
	if all, err := answers.Keys(t.Context()); !errors.Is(err, jetstream.ErrNoKeysFound) {
		t.Errorf("answers are left: %v, error %v", all, err)
	}
}

func TestManyWorkersWriteWhatOneMachineWrites(t *testing.T) {
	text := customers(5300)
	for _, json := range []bool{false, true} {
		l := hub(t)
		q := open(t, l)
		workers(t, q, 2, here)
		entered, err := shard.Enter(t.Context(), l, quick)
		if err != nil {
			t.Fatal(err)
		}
		workers(t, entered, 2, here)
		var got bytes.Buffer
		rows, err := run(t.Context(), q, "one", text, 0, work(json), &got)
		if err != nil || rows != 5300 {
			t.Fatalf("json %v: %d rows, error %v", json, rows, err)
		}
		if diff := cmp.Diff(alone(t, text, work(json)), got.String()); diff != "" {
			t.Errorf("json %v (-alone +joined)\n%.2000s", json, diff)
		}
		empty(t, l)
	}
}

// TestWorkersWaitForARun: they make no queue of their own, which would keep names of
// customers where the run does not want them.
func TestWorkersWaitForARun(t *testing.T) {
	l := hub(t)
	ctx, stop := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer stop()
	if _, err := shard.Enter(ctx, l, quick); fault.KindOf(err) != fault.Unavailable {
		t.Error(err)
	}
	if _, err := l.Stream(t.Context(), "INTERDICT_SHARDS"); !errors.Is(err, jetstream.ErrStreamNotFound) {
		t.Errorf("a worker made the queue: %v", err)
	}
	entered := make(chan *shard.Queue)
	go func() {
		q, err := shard.Enter(t.Context(), l, quick)
		if err != nil {
			t.Error(err)
		}
		entered <- q
	}()
	open(t, l)
	if <-entered == nil {
		t.Error("no worker enters the queue")
	}
}

// TestTwoRunsOfOneBookAtATimeDoNotMeet: each gets its own answers, and again at once.
func TestTwoRunsOfOneBookAtATimeDoNotMeet(t *testing.T) {
	l, text := hub(t), customers(2100)
	want := alone(t, text, work(false))
	workers(t, open(t, l), 2, here)
	var both sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		q := open(t, l)
		both.Go(func() {
			for _, again := range []string{"1", "2"} {
				var got bytes.Buffer
				if _, err := run(t.Context(), q, name+again, text, 0, work(false), &got); err != nil || got.String() != want {
					t.Errorf("run %s%s: error %v, the same: %v", name, again, err, got.String() == want)
				}
			}
		})
	}
	both.Wait()
	empty(t, l)
}

// TestACoordinatorThatIsStoppedGoesOn stops a run after each of its parts in turn.
func TestACoordinatorThatIsStoppedGoesOn(t *testing.T) {
	l, text := hub(t), customers(6200)
	q := open(t, l)
	workers(t, q, 2, here)
	var got bytes.Buffer
	rows, stops := 0, 0
	for {
		ctx, stop := context.WithCancel(t.Context())
		err := q.Run(ctx, screen.Rows(book.Read("book.csv", strings.NewReader(text), book.Options{}), rows), shard.Run{
			Name: "again", Work: work(true),
			Join: func(p shard.Part) error {
				rows += p.Rows
				got.Write(p.Text)
				stop()
				return nil
			},
		})
		stop()
		if err == nil {
			break
		}
		if stops++; fault.KindOf(err) != fault.Unavailable || stops > 10 {
			t.Fatal(stops, err)
		}
	}
	if stops < 3 || rows != 6200 || got.String() != alone(t, text, work(true)) {
		t.Errorf("%d stops, %d rows, the same: %v", stops, rows, got.String() == alone(t, text, work(true)))
	}
	q.Run(t.Context(), func(func(screen.Row, error) bool) {}, shard.Run{Name: "again", Work: work(true), Join: func(shard.Part) error { return nil }}) // clears
	empty(t, l)
}

// TestAShardThatNobodyCanEndStopsTheRun: with its rows and the reason, after so many
// tries; under another name the run goes on.
func TestAShardThatNobodyCanEndStopsTheRun(t *testing.T) {
	l, text := hub(t), customers(2500)
	q := open(t, l)
	var tries atomic.Int32
	stop := workers(t, q, 1, func(context.Context, string) (*screen.Engine, func(), error) {
		if n := tries.Add(1); n == 1 {
			return here(t.Context(), "")
		}
		return nil, nil, fault.New(fault.Unavailable, "no memory for the register")
	})
	var got bytes.Buffer
	rows, err := run(t.Context(), q, "poisoned", text, 0, work(false), &got)
	if !errors.Is(err, shard.ErrShard) || !strings.Contains(err.Error(), "tried 3 times; the last: opening register snap: no memory for the register") ||
		!strings.Contains(err.Error(), "rows ") || fault.Hints(err) == "" {
		t.Fatalf("after %d rows: %v", rows, err)
	}
	stop()
	empty(t, l)
	workers(t, q, 1, here)
	if rows, err = run(t.Context(), q, "anew", text, rows, work(false), &got); err != nil || rows != 2500 || got.String() != alone(t, text, work(false)) {
		t.Errorf("%d rows, error %v, the same: %v", rows, err, got.String() == alone(t, text, work(false)))
	}
}

// TestAShardThatStopsItsWorkersIsTold: who takes it is never heard of again.
func TestAShardThatStopsItsWorkersIsTold(t *testing.T) {
	l, text := hub(t), customers(300)
	q := open(t, l)
	c := consumer(t, l)
	go func() {
		for range quick.Tries {
			for {
				if _, err := c.Next(jetstream.FetchMaxWait(5 * time.Second)); err == nil || t.Context().Err() != nil {
					break // taken, and never answered
				}
			}
		}
		workers(t, q, 1, here)
	}()
	var got bytes.Buffer
	_, err := run(t.Context(), q, "deadly", text, 0, work(false), &got)
	if !errors.Is(err, shard.ErrShard) || !strings.Contains(err.Error(), "rows 2 to 301, tried 3 times; the last: every worker that took it stopped") {
		t.Error(err)
	}
	empty(t, l)
}

func consumer(t *testing.T, l *wire.Line) jetstream.Consumer {
	t.Helper()
	s, err := l.Stream(t.Context(), "INTERDICT_SHARDS")
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.CreateOrUpdateConsumer(t.Context(), jetstream.ConsumerConfig{
		Durable: "workers-" + match.Profile(), FilterSubject: "interdict.shards." + match.Profile() + ".*", AckPolicy: jetstream.AckExplicitPolicy,
		AckWait: quick.Silence, MaxDeliver: -1, MaxAckPending: 10_000,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestAWorkerThatIsSlowKeepsItsShard: it works longer than the silence allowed, and
// says so; nobody begins beside it.
func TestAWorkerThatIsSlowKeepsItsShard(t *testing.T) {
	l, text := hub(t), customers(300)
	q := open(t, l)
	var tries atomic.Int32
	workers(t, q, 2, func(context.Context, string) (*screen.Engine, func(), error) {
		tries.Add(1)
		time.Sleep(4 * quick.Silence)
		return engine(), func() {}, nil
	})
	var got bytes.Buffer
	if _, err := run(t.Context(), q, "slow", text, 0, work(false), &got); err != nil || tries.Load() != 1 || got.String() != alone(t, text, work(false)) {
		t.Errorf("error %v, %d tries", err, tries.Load())
	}
}

// TestAnAnswerIsWrittenOnce: it stands whoever comes later; a failure gives way to
// it, and another answer is told, for a machine with other data must not pass unseen.
func TestAnAnswerIsWrittenOnce(t *testing.T) {
	q := open(t, hub(t))
	for i, x := range []struct {
		puts []shard.Ticket
		want shard.Ticket
	}{
		{[]shard.Ticket{{Answer: "a"}, {Answer: "a"}}, shard.Ticket{Answer: "a"}},
		{[]shard.Ticket{{Answer: "a"}, {Failed: "no"}}, shard.Ticket{Answer: "a"}},
		{[]shard.Ticket{{Failed: "no"}, {Answer: "a"}}, shard.Ticket{Answer: "a"}},
		{[]shard.Ticket{{Failed: "no"}, {Failed: "again"}}, shard.Ticket{Failed: "no"}},
		{[]shard.Ticket{{Answer: "a"}, {Answer: "b"}}, shard.Ticket{Failed: "two workers answered differently: are their programs and data the same?"}},
	} {
		name := fmt.Sprintf("run.%d", i)
		for _, p := range x.puts {
			p.Name = name
			if err := q.Put(t.Context(), p); err != nil {
				t.Fatal(err)
			}
		}
		x.want.Name = name
		if got, err := q.Get(t.Context(), name); err != nil || got != x.want {
			t.Errorf("%v leave %v, error %v", x.puts, got, err)
		}
	}
}

// TestABookThatEndsInAnErrorEndsTheRun: also where its reader panics.
func TestABookThatEndsInAnErrorEndsTheRun(t *testing.T) {
	l := hub(t)
	q := open(t, l)
	workers(t, q, 1, here)
	for name, read := range map[string]func(yield func(book.Customer, error) bool){
		"an error": func(yield func(book.Customer, error) bool) {
			_ = yield(book.Customer{Row: 1, Name: "Anna"}, nil) && yield(book.Customer{}, fault.New(fault.Invalid, "the end is missing"))
		},
		"a panic": func(yield func(book.Customer, error) bool) {
			yield(book.Customer{Row: 1, Name: "Anna"}, nil)
			panic("the end is missing")
		},
	} {
		err := q.Run(t.Context(), screen.Rows(read, 0), shard.Run{Name: "broken", Work: work(false), Join: func(shard.Part) error { return nil }})
		if err == nil || !strings.Contains(err.Error(), "the end is missing") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
