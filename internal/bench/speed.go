package bench

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/mutate"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// Speed is how fast one register answers on one machine. Times are of the
// processor, so that rates are for each core and neighbours matter less.
type Speed struct {
	Machine  Machine  `json:"machine"`
	Snapshot string   `json:"snapshot"`
	Profile  string   `json:"profile"`
	Subjects int      `json:"subjects"`
	Names    int      `json:"names"`
	Seed     uint64   `json:"seed"`
	Runs     int      `json:"runs"`
	Figures  []Figure `json:"figures"`
}

// Figure is one thing measured several times.
type Figure struct {
	What   string  `json:"what"`
	Unit   string  `json:"unit"`
	Median float64 `json:"median"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// NewFigure takes the median of the values of several runs.
func NewFigure(what, unit string, values []float64) Figure {
	s := slices.Sorted(slices.Values(values))
	return Figure{what, unit, s[len(s)/2], s[0], s[len(s)-1]}
}

// SpeedOptions say what is measured.
type SpeedOptions struct {
	Seed      uint64
	Runs      int      // each figure is the median of so many
	Queries   int      // in one run
	Bytes     int      // of each made text
	Documents []Sample // texts measured besides
	Payments  []Sample // files with payment messages
	Step      func()   // called after each figure
}

// Sample is a file that is screened.
type Sample struct {
	Name string
	Body []byte
}

// speeding is one measurement.
type speeding struct {
	e      *screen.Engine
	seg    *index.Segment
	listed []index.Subject // the register, or a sample of it
	nobody func(seed uint64, n int) []string
	o      SpeedOptions
	out    *Speed
}

// MeasureSpeed measures an engine.
func MeasureSpeed(ctx context.Context, e *screen.Engine, o SpeedOptions) (Speed, error) {
	all, err := subjects(e)
	if err != nil {
		return Speed{}, err
	}
	listed, err := screen.Subjects(register.Snapshot{Subjects: all})
	if err != nil {
		return Speed{}, err
	}
	m := newSpeeding(e, listed, o)
	m.nobody = invented
	if err := m.building(); err != nil {
		return *m.out, err
	}
	return *m.out, m.asking(ctx)
}

func newSpeeding(e *screen.Engine, listed []index.Subject, o SpeedOptions) *speeding {
	out := &Speed{Machine: ThisMachine(), Snapshot: e.Snapshot(), Profile: match.Profile(), Seed: o.Seed, Runs: o.Runs}
	size := e.Index().Size()
	out.Subjects, out.Names = size.Subjects, size.Names
	return &speeding{e: e, listed: listed, o: o, out: out}
}

// invented are names of nobody, of few different words.
func invented(seed uint64, n int) []string {
	var out []string
	for _, x := range mutate.Invent(seed, n) {
		out = append(out, x.Name)
	}
	return out
}

// asking measures what is asked of the register.
func (m *speeding) asking(ctx context.Context) error {
	for _, measure := range []func() error{m.queries, m.customers, m.documents, m.payments} {
		if err := stopped(ctx); err != nil {
			return err
		}
		if err := measure(); err != nil {
			return err
		}
	}
	return nil
}

func (m *speeding) add(what, unit string, values []float64) {
	m.out.Figures = append(m.out.Figures, NewFigure(what, unit, values))
	if m.o.Step != nil {
		m.o.Step()
	}
}

// building measures a segment from its subjects to a mapped file.
func (m *speeding) building() error {
	var build, save, open []float64
	var heap float64
	var file bytes.Buffer
	for range m.o.Runs {
		m.seg = nil
		before := heapInUse()
		start := processTime()
		seg, err := index.Build(m.listed)
		if err != nil {
			return fmt.Errorf("building the index: %w", err)
		}
		build = append(build, (processTime() - start).Seconds())
		heap = heapInUse() - before
		m.seg = seg
		file.Reset()
		start = processTime()
		if err := seg.Write(&file, index.Head{Profile: match.Profile()}); err != nil {
			return fmt.Errorf("writing the index: %w", err)
		}
		save = append(save, (processTime() - start).Seconds())
		took, err := openMapped(file.Bytes())
		if err != nil {
			return err
		}
		open = append(open, 1000*took.Seconds())
	}
	m.add("building the index of a read register", "s", build)
	m.add("saving it", "s", save)
	m.add("opening the file by mmap, checks included", "ms", open)
	m.add("heap of a built index", "MB", []float64{heap / 1e6})
	m.add("file of the index", "MB", []float64{float64(file.Len()) / 1e6})
	m.add("of it, records for answers", "MB", []float64{payloadBytes(m.listed) / 1e6})
	return nil
}

func heapInUse() float64 {
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return float64(s.HeapAlloc)
}

func payloadBytes(listed []index.Subject) (n float64) {
	for _, s := range listed {
		n += float64(len(s.Payload))
	}
	return n
}

// mixes are sorts of query: of all, listed names, mutated, have far more hits than
// a book of customers.
var mixes = []string{"one name", "one listed name, mutated", "one name of nobody"}

// queries measures single names, words asked for the first time and again.
func (m *speeding) queries() error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	texts := m.texts()
	for _, k := range []struct {
		what string
		ask  func(e *screen.Engine, text string) error
	}{{"search", search}, {"whole answer", answer}} {
		spent := map[string][]float64{}
		for range m.o.Runs {
			e := screen.New(index.New(m.seg), m.e.Snapshot(), "")
			// Memories of words go with the second collection after their use.
			runtime.GC()
			runtime.GC()
			if err := k.ask(e, "warm up"); err != nil {
				return err
			}
			for _, state := range states {
				times, err := timed(texts, func(t string) error { return k.ask(e, t) })
				if err != nil {
					return err
				}
				for mix, t := range mixed(times) {
					what := mixes[mix] + ", " + k.what + ", " + state
					spent[what+", median"] = append(spent[what+", median"], micros(t[len(t)/2]))
					spent[what+", 99th percentile"] = append(spent[what+", 99th percentile"], micros(t[len(t)*99/100]))
				}
			}
		}
		for _, state := range slices.Backward(states) {
			for _, mix := range mixes {
				for _, share := range []string{"median", "99th percentile"} {
					what := mix + ", " + k.what + ", " + state + ", " + share
					m.add(what, "µs", spent[what])
				}
			}
		}
	}
	return nil
}

var states = []string{"asked the first time", "asked again"}

// mixed sorts the times of all queries, of listed names and of nobody, which come
// in turn.
func mixed(times []time.Duration) (out [3][]time.Duration) {
	for i, t := range times {
		out[0] = append(out[0], t)
		out[1+i%2] = append(out[1+i%2], t)
	}
	for i := range out {
		slices.Sort(out[i])
	}
	return out
}

func search(e *screen.Engine, text string) error {
	p, err := index.NewProbe(text)
	if err != nil {
		return err
	}
	_, err = e.Index().Search(p, screen.DefaultThreshold, match.NameCosts)
	return err
}

func answer(e *screen.Engine, text string) error {
	_, err := e.Name(screen.Query{Name: text}, screen.Options{Brief: true})
	return err
}

// timed returns the thread times of calls.
func timed(texts []string, call func(string) error) ([]time.Duration, error) {
	times := make([]time.Duration, len(texts))
	for i, t := range texts {
		start := threadTime()
		if err := call(t); err != nil {
			return nil, err
		}
		times[i] = threadTime() - start
	}
	return times, nil
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
