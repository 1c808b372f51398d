package web

import (
	"cmp"
	"net/http"
	"slices"

	"interdict/internal/fault"
	"interdict/internal/screen"
)

// paymentView is a file of payment messages that is screened, and the answers.
type paymentView struct {
	Pasted   string
	Failure  *failure
	Messages []messageView
	Stale    []staleList
}

// messageView is one message.
type messageView struct {
	screen.PaymentAnswer
	Facts    [][2]string // what tells the message from others
	Mentions []wordingView
}

func (v *visit) showPayments(p paymentView) error {
	if !v.may("screen.payment") {
		return fault.New(fault.NotFound, "there is no such page")
	}
	var err error
	if p.Stale, err = v.staleLists(); err != nil {
		return err
	}
	status := http.StatusOK
	if p.Failure != nil {
		status = p.Failure.Status
	}
	return v.render(status, frame(say(v.own(), "Screen a payment"), paymentPage(p)))
}

func (v *visit) screenPayment() error {
	if !v.may("screen.payment") {
		return fault.New(fault.NotFound, "there is no such page")
	}
	e, err := v.entryOf()
	if err != nil {
		return err
	}
	p := paymentView{Pasted: e.values.Get("text")}
	name, content, err := v.given(e)
	var answers []screen.PaymentAnswer
	if err == nil {
		answers, err = v.Clerk.ScreenPayment(v.ctx(), v.Order, name, content)
	}
	if err == nil && len(answers) == 0 {
		err = fault.New(fault.Invalid, "%s: not screened: there is no message in the file", name)
	}
	if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.Conflict) {
		f := failureOf(err)
		p.Failure = &f
		return v.showPayments(p)
	}
	if err != nil {
		return err
	}
	shown := seriousFirst(answers)[:min(len(answers), mostMessages)]
	var hits []screen.Hit
	for _, a := range shown {
		hits = append(hits, hitsOf(a.Mentions)...)
	}
	listed, err := v.listed(answers[0].Snapshot, hits...)
	if err != nil {
		return err
	}
	for _, a := range shown {
		m := messageView{PaymentAnswer: a, Mentions: cards(listed, a.Mentions, "")}
		for field, value := range a.Evidence {
			m.Facts = append(m.Facts, [2]string{field, value})
		}
		slices.SortFunc(m.Facts, func(a, b [2]string) int { return cmp.Compare(a[0], b[0]) })
		p.Messages = append(p.Messages, m)
	}
	if len(answers) > mostMessages {
		f := failure{Status: http.StatusUnprocessableEntity, Title: "Not all of it is shown", Text: say(v.own(), "Of %d messages %d have hits and %d were not screened. Those come first; %d are shown. Use the terminal for all: interdict screen payment FILE", len(answers), countOf(answers, screen.Hits), len(answers)-countOf(answers, screen.Hits)-countOf(answers, screen.None), mostMessages)}
		p.Failure = &f
	}
	return v.showPayments(p)
}

// seriousFirst are the messages with those first that somebody must look at: what
// has hits, and what was not screened.
func seriousFirst(all []screen.PaymentAnswer) []screen.PaymentAnswer {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b screen.PaymentAnswer) int {
		return compareBool(a.Status == screen.None, b.Status == screen.None)
	})
	return out
}

func countOf(all []screen.PaymentAnswer, is screen.Status) int {
	n := 0
	for _, a := range all {
		if a.Status == is {
			n++
		}
	}
	return n
}

// mostMessages is how many messages of a file are shown.
const mostMessages = 40

// source is how an alert names a message.
func (m messageView) source() string {
	for _, key := range []string{"UETR", "EndToEndId", "TxId", "MsgId"} {
		if id := m.Evidence[key]; id != "" {
			return key + " " + id
		}
	}
	return m.Document
}
