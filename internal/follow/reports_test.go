package follow_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/follow"
	"interdict/internal/report"
)

// A freeze that is filed when its entry has ended is to be released like one filed
// before, with the next look and without another edition.
func TestAFreezeFiledAfterTheLiftingIsToBeReleased(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	entry := c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	o.look()
	c.lifts()
	o.look()
	o.open(t, c) // another process
	late := o.files(frozen(entry, "2026/17"))
	c.loses(func(*http.Request) (bool, bool) { return true, false }) // also while nobody can be told
	o.institution.Look(t.Context())
	for range 2 {
		got := must(o.house.clerk.ToRelease(t.Context(), clerk.Order{By: "olga", Purpose: "release"}))
		if len(got) != 1 || got[0].Report != late || got[0].Lifted.Edition != 1 || got[0].Lifted.On == "" {
			t.Fatalf("to be released: %+v", got)
		}
		c.loses(nil)
		o.look()
	}
	if r := o.report(late); r.Delivery.As == "" {
		t.Errorf("it was not carried: %+v", r)
	}
}

// A receipt that cannot be had now is waited for; one that the key may not have is not.
func TestAReceiptIsWaitedFor(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	entry := c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	o.look()
	answers := func(status int) func(*http.Request) int {
		return func(r *http.Request) int {
			if strings.HasPrefix(r.URL.Path, "/v1/receipts/") {
				return status
			}
			return 0
		}
	}
	first := o.files(frozen(entry, "1"))
	c.fails(answers(http.StatusServiceUnavailable))
	if _, _, err := o.institution.Look(t.Context()); fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "503") {
		t.Errorf("%v", err)
	}
	c.fails(nil)
	o.look()
	if r := o.report(first); !strings.HasPrefix(r.Delivery.Receipt, "interdict receipt v1") {
		t.Errorf("the receipt is lost: %+v", r.Delivery)
	}
	second := o.files(frozen(entry, "2"))
	c.fails(answers(http.StatusForbidden))
	o.look()
	if r := o.report(second); r.Delivery.As == "" || r.Delivery.Receipt != "" {
		t.Errorf("without a right to receipts: %+v", r.Delivery)
	}
	if got := must(c.clerk.List(t.Context(), clerk.Order{By: "lead"}, "report", "", "", 50)).Rows; len(got) != 2 {
		t.Errorf("the authority has %d reports", len(got))
	}
}

// An answer that cannot be read holds up no other, and is told beside what could not
// be handed over: neither hides the other.
func TestOneAnswerHoldsUpNoOther(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	entry := c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	o.look()
	ids := []string{o.files(frozen(entry, "1")), o.files(frozen(entry, "2")), o.files(frozen(entry, "3"))}
	o.look()
	broken := map[string]bool{}
	for i, id := range ids {
		as := o.report(id).Delivery.As
		c.do("lead", "report.answer", as, body{"verdict": "noted"})
		broken["/v1/reports/"+as] = i < 2
	}
	o.files(frozen(entry, "4"))
	c.fails(func(r *http.Request) int {
		if broken[r.URL.Path] || r.Method == http.MethodPost && r.URL.Path == "/v1/reports" {
			return http.StatusInternalServerError
		}
		return 0
	})
	o.institution.Look(t.Context())
	for i, want := range []report.State{report.Filed, report.Filed, report.Answered} {
		if got := o.report(ids[i]).State; got != want {
			t.Errorf("report %d is %s, want %s", i+1, got, want)
		}
	}
	if e := must(o.institution.Status()).Reports; !strings.Contains(e.Why, "delivering") || !strings.Contains(e.AnswersWhy, "2 answers") || e.Unanswered != 2 || e.Untold != 1 {
		t.Errorf("%+v", e)
	}
	c.fails(nil)
	o.look()
	if e := must(o.institution.Status()).Reports; e.Why != "" || e.AnswersWhy != "" || e.Unanswered != 1 || e.Untold != 0 {
		t.Errorf("%+v", e)
	}
}

// journal keeps what is logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) counts(word string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return strings.Count(j.text.String(), word)
}

// A ledger that the courier cannot read is told to somebody, and not each second.
func TestFaultsOfTheLedgerAreLogged(t *testing.T) {
	c := newCommission(t, time.Now)
	c.freezes("Ivan Primerov")
	o := newOffice(t, c, nil)
	var j journal
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&j, nil)))
	defer slog.SetDefault(before)
	must(0, o.close())
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		o.institution.Run(ctx, func(follow.Outcome, int, error) {})
	}()
	for deadline := time.Now().Add(time.Minute); j.counts("asking for answers failed") == 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nothing is logged within a minute")
		}
	}
	time.Sleep(5 * time.Second / 2) // it is tried again
	cancel()
	<-ended
	for _, what := range []string{"looking for reports to carry failed", "asking for answers failed"} {
		if n := j.counts(what); n != 1 {
			t.Errorf("%q is logged %d times", what, n)
		}
	}
}
