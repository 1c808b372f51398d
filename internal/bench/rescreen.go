package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"interdict/internal/clientele"
	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/screen"
)

// Rescreen is what it takes to screen a book again after a few entries of the
// register changed, and whether that is the same as screening it whole.
type Rescreen struct {
	Machine   Machine `json:"machine"`
	Profile   string  `json:"profile"`
	Seed      uint64  `json:"seed"`
	Subjects  int     `json:"subjects"` // of the register
	Changed   int     `json:"changed"`  // of them, by the difference that was found
	Customers int     `json:"customers"`
	Rows      int     `json:"readings"`          // of their names
	Distinct  int     `json:"distinct_readings"` // of these
	Words     int     `json:"words"`             // distinct
	Touched   int     `json:"touched"`           // customers screened again
	Hits      int     `json:"hits"`              // of them, who have one now

	Sample   int      `json:"sample"`             // customers screened whole on both registers
	Differ   int      `json:"differ"`             // of them, with another answer than before
	Missed   int      `json:"missed"`             // of these, not touched
	Examples []string `json:"examples,omitempty"` // of missed ones
	Figures  []Figure `json:"figures"`
}

// RescreenOptions say what is measured.
type RescreenOptions struct {
	Seed      uint64
	Customers int
	Changes   int // entries of the delta
	Sample    int // customers that are compared with a whole run
	Runs      int
	Step      func() // called after each step
}

// rescreening is one measurement.
type rescreening struct {
	before, after *screen.Engine
	book          *madeBook
	kept          *clientele.Clientele
	o             RescreenOptions
	out           *Rescreen
}

var brief = screen.Options{Brief: true}

// MeasureRescreen changes some entries of the register of an engine, makes a
// book of customers, and measures what it takes to screen it again.
func MeasureRescreen(ctx context.Context, e *screen.Engine, o RescreenOptions) (Rescreen, error) {
	out := Rescreen{Machine: ThisMachine(), Profile: match.Profile(), Seed: o.Seed, Customers: o.Customers}
	all, err := subjects(e)
	if err != nil {
		return out, err
	}
	if len(all) < 3*o.Changes {
		return out, fault.New(fault.Invalid, "the register has %d subjects: too few to change %d", len(all), o.Changes)
	}
	out.Subjects = len(all)
	r := rescreening{o: o, out: &out}
	if r.before, r.after, r.book, err = changed(all, o); err != nil {
		return out, err
	}
	for _, step := range []func(context.Context) error{r.enrol, r.rescreen, r.compare} {
		if err := step(ctx); err != nil {
			return out, err
		}
		o.Step()
	}
	return out, nil
}

// spend is the time of the clock on the wall and of the processor, in seconds.
type spend struct{ wall, processor []float64 }

func (s *spend) of(do func() error) error {
	start, used := time.Now(), processTime()
	err := do()
	s.wall = append(s.wall, time.Since(start).Seconds())
	s.processor = append(s.processor, (processTime() - used).Seconds())
	return err
}

func (r *rescreening) add(what string, s spend) {
	r.out.Figures = append(r.out.Figures, NewFigure(what+", on the wall", "s", s.wall), NewFigure(what+", processor", "s", s.processor))
}

// enrol keeps the book.
func (r *rescreening) enrol(ctx context.Context) error {
	var b clientele.Builder
	var s spend
	memory := heap()
	err := s.of(func() (err error) {
		for i := range r.o.Customers {
			if i%batch == 0 && ctx.Err() != nil {
				return fault.As(fault.Unavailable, ctx.Err())
			}
			if err := b.Add(r.book.customer(i)); err != nil {
				return err
			}
		}
		r.kept, err = b.Clientele()
		return err
	})
	if err != nil {
		return fmt.Errorf("keeping the book: %w", err)
	}
	r.add("making and keeping the book, once", s)
	r.out.Figures = append(r.out.Figures, NewFigure("memory of the kept book", "MB", []float64{float64(heap()-memory) / 1e6}))
	size := r.kept.Size()
	r.out.Rows, r.out.Distinct, r.out.Words = size.Rows, size.Distinct, size.Words
	return nil
}

// batch is how many customers are made between two looks at the context.
const batch = 4096

// heap is the memory in use, in bytes.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// rescreen measures the three steps of screening again, and all of them.
func (r *rescreening) rescreen(ctx context.Context) error {
	var difference, touching, screening, whole spend
	for range r.o.Runs {
		err := whole.of(func() error {
			var d screen.Difference
			var places []int
			steps := []struct {
				spend *spend
				do    func() (err error)
			}{
				{&difference, func() (err error) { d, err = screen.Compare(r.before, r.after); return err }},
				{&touching, func() (err error) { places, err = r.kept.Touched(d, brief); return err }},
				{&screening, func() error { return r.screen(ctx, places) }},
			}
			for _, s := range steps {
				if err := s.spend.of(s.do); err != nil {
					return err
				}
			}
			r.out.Changed, r.out.Touched = d.Subjects, len(places)
			return nil
		})
		if err != nil {
			return fmt.Errorf("screening again: %w", err)
		}
	}
	r.add("finding what the registers differ in", difference)
	r.add("finding whom it touches", touching)
	r.add("screening them again", screening)
	r.add("all of it", whole)
	return nil
}

// screen screens some customers again, as a follower does.
func (r *rescreening) screen(ctx context.Context, places []int) error {
	r.out.Hits = 0
	run := screen.Run{Options: brief, Workers: runtime.GOMAXPROCS(0)}
	return r.after.Book(ctx, r.kept.Customers(places), run, func(x screen.Row) error {
		if x.Answer.Status == screen.Hits {
			r.out.Hits++
		}
		return nil
	})
}
