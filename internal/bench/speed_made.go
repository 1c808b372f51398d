package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/edsrzf/mmap-go"

	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/mutate"
	"interdict/internal/name"
	"interdict/internal/screen"
)

// sampled is how many subjects of a made register queries are made from.
const sampled = 50_000

// MeasureMade measures a made register: it is built once and saved, and all else
// is asked of the file, mapped, when nothing else is left in memory.
func MeasureMade(ctx context.Context, r MadeRegister, o SpeedOptions) (Speed, error) {
	f, err := os.CreateTemp("", "interdict-bench-*.idx")
	if err != nil {
		return Speed{}, fmt.Errorf("writing an index to map: %w", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	var early speeding
	early.out = &Speed{}
	early.o.Step = o.Step
	sample, err := early.making(r, f)
	if err != nil {
		return Speed{}, err
	}
	debug.FreeOSMemory()
	start := processTime()
	mapped, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return Speed{}, fmt.Errorf("mapping an index: %w", err)
	}
	defer mapped.Unmap()
	seg, _, err := index.Open(mapped)
	if err != nil {
		return Speed{}, fmt.Errorf("opening an index: %w", err)
	}
	early.add("opening the file by mmap, checks included", "ms", []float64{1000 * (processTime() - start).Seconds()})
	early.add("file of the index", "MB", []float64{float64(len(mapped)) / 1e6})
	debug.FreeOSMemory()
	early.add("memory with the file open", "MB", []float64{residentMemory() / 1e6})
	m := newSpeeding(screen.New(index.New(seg), fmt.Sprintf("made-%d", r.Seed), ""), sample, o)
	m.seg, m.nobody, m.out.Figures = seg, crowd, early.out.Figures
	if err := m.asking(ctx); err != nil {
		return *m.out, err
	}
	m.add("memory after all of it", "MB", []float64{residentMemory() / 1e6})
	return *m.out, nil
}

// crowd are people as made registers list them, who are not listed.
func crowd(seed uint64, n int) []string {
	w := mutate.NewCrowd(seed<<32+1, name.Common())
	out := make([]string, n)
	for i := range out {
		out[i] = w.Figure(i).Names[0]
	}
	return out
}

// making builds the index of a made register and writes it, and returns some of
// its subjects, without what is stored of them.
func (m *speeding) making(r MadeRegister, f *os.File) (sample []index.Subject, err error) {
	every := max(1, r.Names/(5*sampled))
	n := 0
	start := processTime()
	seg, berr := index.BuildOf(func(yield func(index.Subject) bool) {
		for s, serr := range r.Subjects() {
			if err = serr; err != nil {
				return
			}
			if n++; n%every == 0 {
				kept := s
				kept.Payload = nil
				sample = append(sample, kept)
			}
			if !yield(s) {
				return
			}
		}
	})
	if err != nil || berr != nil {
		return nil, fmt.Errorf("building a made register: %w", errors.Join(err, berr))
	}
	m.add("making the register and building its index", "s", []float64{(processTime() - start).Seconds()})
	m.add("peak memory while building", "MB", []float64{float64(ownPeak()) / 1e6})
	start = processTime()
	out := bufio.NewWriterSize(f, 1<<20)
	if err := seg.Write(out, index.Head{Profile: match.Profile()}); err != nil {
		return nil, fmt.Errorf("writing the index: %w", err)
	}
	if err := out.Flush(); err != nil {
		return nil, fmt.Errorf("writing the index: %w", err)
	}
	m.add("saving it", "s", []float64{(processTime() - start).Seconds()})
	return sample, nil
}
