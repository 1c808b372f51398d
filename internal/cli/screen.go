package cli

import (
	"flag"
	"fmt"
	"math"
	"strconv"
	"time"

	"interdict/internal/fault"
	"interdict/internal/screen"
)

// screenFlags are the flags that every screen verb has.
type screenFlags struct {
	lowest     int // threshold, 1/1000
	threshold  string
	exhaustive bool
	at         string
}

// declare declares the flags; of says what the threshold is about, and its
// default.
func (s *screenFlags) declare(f *flag.FlagSet, of string, lowest, usual int) {
	s.lowest = lowest
	what := fmt.Sprintf("the lowest `SCORE` of %s that is a hit, %.2f to 1 (default %.2f)", of, float64(lowest)/1000, float64(usual)/1000)
	if usual == screen.DefaultThreshold {
		what += ": " + screen.CostWords() + "; of your own register and customers says bench quality --thresholds"
	}
	f.StringVar(&s.threshold, "threshold", "", what)
	f.BoolVar(&s.exhaustive, "exhaustive", false, "score every listed name instead of using the index; slow, the same answer")
	f.StringVar(&s.at, "at", "", "the `TIME` that answers carry, RFC 3339 (default now); for repeating an answer to the byte")
}

// read returns the threshold in 1/1000, 0 if none was given, and the time.
func (s *screenFlags) read() (threshold int, at time.Time, err error) {
	if s.threshold != "" {
		t, err := strconv.ParseFloat(s.threshold, 64)
		lowest := float64(s.lowest) / 1000
		if err != nil || !(t >= lowest && t <= 1) {
			return 0, at, wrongUsage("--threshold %s is not a number from %.2f to 1", s.threshold, lowest)
		}
		threshold = int(math.Round(t * 1000))
	}
	at = time.Now().UTC().Truncate(time.Second)
	if s.at != "" {
		if at, err = time.Parse(time.RFC3339, s.at); err != nil {
			return 0, at, wrongUsage("--at %s is not a time such as 2026-01-31T12:00:00Z", s.at)
		}
	}
	return threshold, at, nil
}

// tally counts the answers of a verb; the exit code follows from it.
type tally struct{ all, hits, unscreened int }

func (t *tally) count(s screen.Status) {
	t.all++
	switch s {
	case screen.Hits:
		t.hits++
	case screen.NotScreened:
		t.unscreened++
	}
}

// result is what the verb returns. Where nothing was found and something was
// not screened, that is bad input: exit code 0 says that all was screened.
func (t *tally) result(one, many string) (hits bool, err error) {
	if t.hits == 0 && t.unscreened > 0 {
		err = fault.New(fault.Invalid, "nothing found, but %d of %s not screened", t.unscreened, plural(t.all, one, many))
	}
	return t.hits > 0, err
}
