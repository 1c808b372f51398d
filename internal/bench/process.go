package bench

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"interdict/internal/fault"
	"interdict/internal/mutate"
)

// Program is a program whose processes are measured whole: start, opening the
// register, work, end.
type Program struct {
	Path string
	Data string // data folder
}

// process is what one run of a program took.
type process struct {
	wall, cpu time.Duration
	peak      int64 // bytes of memory, 0 where the system does not say
}

// run lets the program run to its end. Exit codes 0 and 1 are answers.
func (p Program) run(ctx context.Context, args ...string) (process, error) {
	cmd := exec.CommandContext(ctx, p.Path, append(args, "--data", p.Data)...)
	var complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.Discard, &complaint
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 1 || cmd.ProcessState.ExitCode() < 0 {
		return process{}, fault.As(fault.Internal, fmt.Errorf("running %s: %w: %s", strings.Join(cmd.Args, " "), err, strings.TrimSpace(complaint.String())))
	}
	s := cmd.ProcessState
	return process{wall, s.UserTime() + s.SystemTime(), peakMemory(s)}, nil
}

// MeasureProgram measures whole processes: one name, and a book of made
// customers with one worker.
func MeasureProgram(ctx context.Context, p Program, o SpeedOptions) (out []Figure, err error) {
	dir, err := os.MkdirTemp("", "interdict-bench-")
	if err != nil {
		return nil, fmt.Errorf("making a customer book: %w", err)
	}
	defer os.RemoveAll(dir)
	customers := filepath.Join(dir, "customers.csv")
	rows := 10 * o.Queries
	if err := writeBook(customers, o.Seed, rows); err != nil {
		return nil, err
	}
	for _, w := range []struct {
		what string
		args []string
		rows int
	}{
		{"process: screen name, one name", []string{"screen", "name", "Marta Lindqvist"}, 1},
		{fmt.Sprintf("process: screen book, %d customers, one worker", rows), []string{"screen", "book", customers, "--workers", "1"}, rows},
	} {
		var wall, rate, peak []float64
		for range o.Runs {
			r, err := p.run(ctx, w.args...)
			if err != nil {
				return nil, err
			}
			wall = append(wall, 1000*r.wall.Seconds())
			rate = append(rate, float64(w.rows)/max(r.cpu, time.Microsecond).Seconds())
			peak = append(peak, float64(r.peak)/1e6)
		}
		out = append(out, NewFigure(w.what+", time on the wall", "ms", wall))
		if w.rows > 1 {
			out = append(out, NewFigure(w.what+", a core", "names/s", rate))
		}
		out = append(out, NewFigure(w.what+", peak memory", "MB", peak))
		if o.Step != nil {
			o.Step()
		}
	}
	return out, nil
}

// writeBook writes customers who are nobody.
func writeBook(path string, seed uint64, rows int) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	lines := [][]string{{"name", "date_of_birth", "nationality"}}
	c := mutate.NewChance(seed)
	for _, n := range mutate.Invent(seed+3, rows) {
		born := fmt.Sprintf("%d-%02d-%02d", 1940+c.N(65), 1+c.N(12), 1+c.N(28))
		lines = append(lines, []string{n.Name, born, mutate.Pick(c, []string{"DE", "FR", "TR", "EG", "RU", "CN", "IN", "BR"})})
	}
	if err := w.WriteAll(lines); err != nil {
		return fmt.Errorf("making a customer book: %w", err)
	}
	return os.WriteFile(path, b.Bytes(), 0o600)
}
