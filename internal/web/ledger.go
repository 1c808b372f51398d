package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/ledger"
)

// oversight is for who holds the house to account: what happened, who saw what,
// and the proof of both.
func (s *server) oversight() {
	s.page("GET /ledger", (*visit).showLedger)
	s.page("GET /ledger/{index}", (*visit).showEntry)
	s.page("POST /ledger/verify", (*visit).verifyLedger)
	s.page("GET /receipts/{index}", (*visit).sendReceipt)
	s.page("GET /audit", (*visit).showAudit)
}

// entriesShown is how many entries a page of the ledger has.
const entriesShown = 50

// ledgerView is a part of the ledger, the newest entry first.
type ledgerView struct {
	Size    int64
	From    int64 // index of the oldest entry shown
	Entries []clerk.Entry
}

func (v *visit) showLedger() error {
	h, err := v.Clerk.Store.Head(v.ctx())
	if err != nil {
		return err
	}
	c, err := ledger.CheckHead(h, v.Clerk.Store.Verifier())
	if err != nil {
		return err
	}
	view := ledgerView{Size: c.Size, From: max(0, c.Size-entriesShown)}
	if text := v.r.FormValue("from"); text != "" {
		if view.From, err = strconv.ParseInt(text, 10, 64); err != nil || view.From < 0 {
			return fault.New(fault.Invalid, "from=%q is no entry of the ledger", text)
		}
	}
	if view.Entries, err = v.Clerk.Ledger(v.ctx(), v.Order, view.From, entriesShown); err != nil {
		return err
	}
	return v.show(say(v.own(), "Ledger"), ledgerPage(view))
}

// entryView is one entry with the proof that it stands in the ledger, checked.
type entryView struct {
	Index      int64
	Envelope   event.Envelope
	Checkpoint ledger.Checkpoint
	Receipt    string
	Hashes     []string // of the way from the entry to the root
	Trouble    string   // why the proof does not hold
}

func (v *visit) entry() (entryView, error) {
	var e entryView
	var err error
	if e.Index, err = strconv.ParseInt(v.r.PathValue("index"), 10, 64); err != nil || e.Index < 0 {
		return e, fault.New(fault.NotFound, "there is no entry %q", v.r.PathValue("index"))
	}
	text, err := v.Clerk.Receipt(v.ctx(), v.Order, e.Index)
	if err != nil {
		return e, err
	}
	e.Receipt = string(text)
	r, envelope, checkpoint, err := ledger.VerifyReceipt(text, v.Clerk.Store.Verifier())
	if err != nil {
		e.Trouble = err.Error()
	}
	e.Envelope, e.Checkpoint = envelope, checkpoint
	for _, h := range r.Proof {
		e.Hashes = append(e.Hashes, h.String())
	}
	return e, nil
}

func (v *visit) showEntry() error {
	e, err := v.entry()
	if err != nil {
		return err
	}
	return v.show(say(v.own(), "Entry %d", digits(e.Index)), entryPage(e))
}

// sendReceipt gives a receipt as a file that verifies offline.
func (v *visit) sendReceipt() error {
	e, err := v.entry()
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="receipt-%d.txt"`, e.Index))
	_, _ = v.w.Write([]byte(e.Receipt)) // a reader who left is no fault
	return nil
}

// verified is what walking the whole ledger came to.
type verified struct {
	Report  ledger.Report
	Trouble string
}

func (v *visit) verifyLedger() error {
	// Who may read the envelopes may have them counted again.
	if _, err := v.Clerk.Ledger(v.ctx(), v.Order, 0, 1); err != nil {
		return err
	}
	report, err := v.Clerk.Store.Verify(v.ctx(), v.Clerk.Store.Verifier(), nil, nil)
	view := verified{Report: report}
	if _, found := ledger.IsFinding(err); found {
		view.Trouble = err.Error()
	} else if err != nil {
		return err
	}
	status := http.StatusOK
	if view.Trouble != "" {
		status = http.StatusConflict
	}
	return v.render(status, frame(say(v.own(), "The ledger verified"), verifiedPage(view)))
}

// auditView is who saw a thing.
type auditView struct {
	Of       string
	Missing  bool // there is no such thing
	Readings []clerk.Reading
}

func (v *visit) showAudit() error {
	a := auditView{Of: strings.Trim(strings.TrimSpace(v.r.FormValue("of")), "/")}
	if !v.may("audit.read") {
		return fault.New(fault.NotFound, "there is no such page")
	}
	if a.Of != "" {
		var err error
		a.Readings, err = v.Clerk.WhoSaw(v.ctx(), v.Order, a.Of)
		if a.Missing = err != nil && fault.KindOf(err) == fault.NotFound; err != nil && !a.Missing {
			return err
		}
	}
	status := http.StatusOK
	if a.Missing {
		status = http.StatusNotFound
	}
	return v.render(status, frame(say(v.own(), "Audit"), auditPage(a)))
}
