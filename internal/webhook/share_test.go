package webhook_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"interdict/internal/query"
	"interdict/internal/vault"
	"interdict/internal/webhook"
)

// Several senders on one database send each hint once.
func severalShareTheWork(t *testing.T, h *house) {
	r := newReceiver(t)
	var secrets, want []string
	for i := range 5 {
		endpoint := fmt.Sprint("H", i)
		secrets = append(secrets, h.endpoint(endpoint, r.URL))
		for range 10 {
			want = append(want, h.hint(endpoint))
		}
	}
	r.knows(secrets...)
	senders := []*webhook.Sender{h.sender, h.another(true), h.another(true)}
	for range 20 {
		var all sync.WaitGroup
		for _, s := range senders {
			s.SetPatience(20 * time.Second)
			all.Go(func() {
				if err := s.Pass(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	got := r.came()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("of %d hints there came %d: %q", len(want), len(got), got)
	}
}

// A process that is killed while it waits for the answer has sent, perhaps: the
// next one sends again under the same id, and not before the first counts as lost.
func killedBetweenClaimAndAnswer(t *testing.T, h *house) {
	r := newReceiver(t)
	r.knows(h.endpoint("H1", r.URL))
	id := h.hint("H1")
	arrived, release := make(chan struct{}), make(chan struct{})
	r.answers(func(_ http.ResponseWriter, n int) {
		if n == 1 {
			close(arrived)
			<-release
		}
	})
	dies := exec.CommandContext(t.Context(), os.Args[0])
	dies.Env = append(os.Environ(), "WEBHOOK_TEST_PLACE="+string(h.place), "WEBHOOK_TEST_MASTER="+h.master)
	var said bytes.Buffer
	dies.Stdout, dies.Stderr = &said, &said
	must(t, dies.Start())
	select {
	case <-arrived:
	case <-time.After(time.Minute):
		t.Errorf("the process sends nothing: %s", said.String())
	}
	must(t, dies.Process.Kill())
	dies.Wait()
	close(release)

	row := h.rows("H1")[id]
	if row.State != webhook.Waiting || row.Claim == "" || row.Tries != 1 || len(h.tries("H1")) != 0 {
		t.Fatalf("after the death: %+v", row)
	}
	h.clock.mu.Lock()
	h.clock.at = time.UnixMicro(row.Due).Add(-time.Microsecond)
	h.clock.mu.Unlock()
	h.pass()
	if got := r.came(); len(got) != 1 {
		t.Errorf("before the claim ran out there came %q", got)
	}
	h.clock.move(time.Microsecond)
	h.pass()
	if got := r.came(); !slices.Equal(got, []string{id, id}) {
		t.Errorf("there came %q; want %s twice", got, id)
	}
	if row := h.rows("H1")[id]; row.State != webhook.Delivered || row.Tries != 2 {
		t.Errorf("at the end: %+v", row)
	}
}

// sendUntilKilled is the process that dies.
func sendUntilKilled() {
	ctx := context.Background()
	e, keys, err := place(os.Getenv("WEBHOOK_TEST_PLACE")).open(ctx)
	if err != nil {
		panic(err)
	}
	v, err := vault.New(os.Getenv("WEBHOOK_TEST_MASTER"), keys, vault.DefaultMaxBytes)
	if err != nil {
		panic(err)
	}
	s := webhook.New(webhook.Config{Queries: query.New(e.DB), Vault: v, API: "https://commission.example", Loopback: true, Now: time.Now})
	s.SetPatience(time.Hour)
	s.Run(ctx)
}

// What is still answered after its claim ran out changes nothing: another process
// has the hint by then.
func lateAnswer(t *testing.T, h *house) {
	h.sender.SetPatience(20 * time.Second)
	r := newReceiver(t)
	r.knows(h.endpoint("H1", r.URL))
	id := h.hint("H1")
	second := h.another(true)
	r.answers(func(w http.ResponseWriter, n int) {
		if n > 1 {
			return
		}
		h.clock.move(webhook.Lease)
		if err := second.Pass(context.Background()); err != nil {
			t.Error(err)
		}
		w.WriteHeader(http.StatusInternalServerError)
	})
	h.pass()
	if row := h.rows("H1")[id]; row.State != webhook.Delivered || len(r.came()) != 2 {
		t.Errorf("%+v; there came %q", row, r.came())
	}
}
