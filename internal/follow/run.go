package follow

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"interdict/internal/fault"
)

// Run looks again and again: when the authority hints at something new, and at
// the latest after Every. Each look is told to say. It ends with what must not
// go on unseen: something that was refused. What cannot be done now is told and
// tried again.
func (f *Follower) Run(ctx context.Context, say func(Outcome, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	hint := make(chan struct{}, 1)
	go f.listen(ctx, hint)
	for {
		out, err := f.Look(ctx)
		if ctx.Err() != nil {
			return nil
		}
		say(out, err)
		if fault.KindOf(err) == fault.Corrupt {
			return err
		}
		wait := time.NewTimer(f.Every + rand.N(f.Every/4+1)) // not all at once
		select {
		case <-ctx.Done():
			wait.Stop()
			return nil
		case <-hint:
			wait.Stop()
		case <-wait.C:
		}
	}
}

// listen passes the authority's hints on, and connects again and again.
func (f *Follower) listen(ctx context.Context, hint chan<- struct{}) {
	for pause := time.Second; ctx.Err() == nil; pause = min(2*pause, time.Minute) {
		if f.stream(ctx, hint) == nil {
			pause = time.Second
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause + rand.N(pause)):
		}
	}
}

// stream reads one stream of hints to its end.
func (f *Follower) stream(ctx context.Context, hint chan<- struct{}) error {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL+"/events", nil)
	if err != nil {
		return err
	}
	client := *f.Client
	client.Timeout = 0 // it is meant to last
	answer, err := client.Do(q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return errors.New(answer.Status)
	}
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data: ") {
			select {
			case hint <- struct{}{}:
			default:
			}
		}
	}
	return lines.Err()
}

// Says puts a look into words.
func (o Outcome) Says(err error) string {
	switch {
	case err != nil && o.Edition >= 0:
		return fmt.Sprintf("%v; edition %d stays in force, the authority was last seen %s ago", err, o.Edition, o.Age.Round(time.Second))
	case err != nil:
		return err.Error()
	case o.Waits != "":
		return "a new edition is not in force: " + o.Waits
	case o.Old:
		return fmt.Sprintf("nothing new: the authority shows an older state than before; edition %d stays in force", o.Edition)
	case o.Edition < 0:
		return "nothing is published yet"
	case !o.New:
		return fmt.Sprintf("nothing new: edition %d is in force", o.Edition)
	}
	text := fmt.Sprintf("edition %d is verified and in force, %d changed", o.Edition, o.Changed)
	if o.Ahead > 0 {
		text += fmt.Sprintf("; the authority's clock is ahead of ours by %s", o.Ahead.Round(time.Second))
	}
	if o.Untold != "" {
		text += "; not acknowledged yet: " + o.Untold
	}
	return text
}
