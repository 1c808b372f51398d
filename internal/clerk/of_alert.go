package clerk

import (
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// onHit is the judgement of one hit.
type onHit struct {
	Key    string `json:"key" doc:"of the hit in the alert"`
	Reason string `json:"reason" doc:"why; it stays in the ledger"`
}

// otherHit is the judgement that a hit is somebody else.
type otherHit struct {
	onHit
	Close bool `json:"close,omitempty" doc:"close the alert for the same reason, if no other hit waits"`
}

// raising screens somebody and raises an alert for the hits.
type raising struct {
	Channel alert.Channel `json:"channel" enum:"payment,book,rescreening,document,onboarding"`
	Source  string        `json:"source" doc:"the customer, payment or file, in your own words or number"`
	Subject who           `json:"subject"`
}

var alertCommands = []Command{
	making("alert.raise", "Screen somebody against the register and raise an alert for the hits. Hits that an exclusion covers are marked.", func(t *Turn, _ raising) access.Resource {
		return access.Resource{Owner: t.By.Organisation}
	}, func(t *Turn, b raising) error {
		s, err := b.Subject.subject()
		if err != nil {
			return err
		}
		hits, snapshot, err := t.hitsOf(s)
		if err != nil {
			return err
		}
		return t.raise(alert.Raised{Owner: t.By.Organisation, Channel: b.Channel, Source: b.Source, Subject: fingerprint(s), Screened: s, Snapshot: snapshot, Hits: hits})
	}),
	verb("alert.same", "Judge that a hit is the listed subject.", func(t *Turn, a alert.Alert, b onHit) ([]event.Event, error) {
		return a.Same(t.By, b.Key, b.Reason)
	}),
	verb("alert.different", "Judge that a hit is somebody else.", func(t *Turn, a alert.Alert, b otherHit) ([]event.Event, error) {
		return t.different(a, b)
	}),
	verb("alert.unsure", "Say that not enough is known to judge a hit.", func(t *Turn, a alert.Alert, b onHit) ([]event.Event, error) {
		return a.Unsure(t.By, b.Key, b.Reason)
	}),
	verb("alert.snooze", "Put an alert off until an instant.", func(t *Turn, a alert.Alert, b alert.Snooze) ([]event.Event, error) {
		return a.PutOff(t.By, t.At, b.Until, b.Reason)
	}),
	verb("alert.wake", "Bring a snoozed alert back.", func(t *Turn, a alert.Alert, b alert.Woken) ([]event.Event, error) {
		return a.Wake(t.By, t.At, b.Why)
	}),
	verb("alert.escalate", "Hand an alert to a dossier.", func(t *Turn, a alert.Alert, b alert.Escalation) ([]event.Event, error) {
		if err := t.reaches("dossier", b.Dossier); err != nil {
			return nil, err
		}
		return a.Escalate(t.By, b.Dossier, b.Reason)
	}),
	verb("alert.close", "Close an alert whose hits are all judged.", func(t *Turn, a alert.Alert, b because) ([]event.Event, error) {
		return a.Close(t.By, b.Reason)
	}),
	verb("alert.reopen", "Open a closed alert again.", func(t *Turn, a alert.Alert, b because) ([]event.Event, error) {
		return a.Reopen(t.By, b.Reason)
	}),
}

// different judges that a hit is somebody else, and closes the alert with it if
// that was wished, nothing in it waits, and the person may close it.
func (t *Turn) different(a alert.Alert, b otherHit) ([]event.Event, error) {
	events, err := a.Different(t.By, b.Key, b.Reason)
	if err != nil || !b.Close {
		return events, err
	}
	e := events[0]
	judged := a.Apply(e, event.Envelope{Kind: e.Kind(), By: string(t.By.ID), At: t.At, Version: a.Version + 1})
	for _, h := range judged.Hits {
		if h.State != alert.Different {
			return events, nil
		}
	}
	on := alertRoom.resource(judged)
	if err := t.standing(judged, &on); err != nil {
		return nil, err
	}
	if err := t.need(access.AlertClose, on); err != nil {
		return nil, err
	}
	closed, err := judged.Close(t.By, b.Reason)
	return append(events, closed...), err
}

// exclusionWish asks for an exclusion of one hit of one alert.
type exclusionWish struct {
	Alert    alert.ID  `json:"alert"`
	Hit      string    `json:"hit" doc:"key of the hit that was judged to be somebody else"`
	Code     string    `json:"code" doc:"coded reason"`
	Reason   string    `json:"reason"`
	Evidence []string  `json:"evidence,omitempty" doc:"hashes of evidence"`
	Until    time.Time `json:"until,omitzero" doc:"end; twelve months at most, and by default"`
}

var exclusionCommands = []Command{
	making("exclusion.request", "Ask that one hit, judged to be somebody else, be marked as such from now on.", func(t *Turn, _ exclusionWish) access.Resource {
		return access.Resource{Owner: t.By.Organisation}
	}, func(t *Turn, b exclusionWish) error {
		scope, owner, err := t.scopeOf(b)
		if err != nil {
			return err
		}
		id, err := newID[alert.Exclusion](t.clerk)
		if err != nil {
			return err
		}
		events, err := alert.Exclusion{}.Request(t.By, t.At, alert.Requested{
			ID: id, Owner: owner, Scope: scope, Code: b.Code, Reason: b.Reason, Evidence: b.Evidence, Until: b.Until,
		})
		if err != nil {
			return err
		}
		return t.add(alert.ExclusionStream(id), events...)
	}),
	verb("exclusion.approve", "Put an exclusion in force that another person asked for.", func(t *Turn, x alert.Exclusion, b alert.Approved) ([]event.Event, error) {
		return x.Approve(t.By, t.At, b.Note)
	}),
	verb("exclusion.deny", "Refuse an exclusion.", func(t *Turn, x alert.Exclusion, b alert.Denied) ([]event.Event, error) {
		return x.Deny(t.By, b.Reason)
	}),
	verb("exclusion.withdraw", "End an exclusion before its time.", func(_ *Turn, x alert.Exclusion, b because) ([]event.Event, error) {
		return x.Withdraw(alert.TakenBack, b.Reason)
	}),
}

// scopeOf returns the scope that excludes a hit, and whose alert it is in.
func (t *Turn) scopeOf(b exclusionWish) (alert.Scope, roster.OrganisationID, error) {
	if err := t.reaches("alert", b.Alert.String()); err != nil {
		return alert.Scope{}, "", err
	}
	a, err := get[alert.Alert](t, alert.Stream(b.Alert))
	if err != nil {
		return alert.Scope{}, "", err
	}
	for _, h := range a.Hits {
		if h.Key != b.Hit {
			continue
		}
		if h.State != alert.Different {
			return alert.Scope{}, "", fault.New(fault.Conflict, "hit %q of alert %s is %q: judge that it is somebody else first", b.Hit, b.Alert, h.State)
		}
		return scope(a, h.Hit), a.Owner, nil
	}
	return alert.Scope{}, "", fault.New(fault.NotFound, "alert %s has no hit %q", b.Alert, b.Hit)
}

func scope(a alert.Alert, h alert.Hit) alert.Scope {
	return alert.Scope{Subject: a.Subject, Entry: h.Entry, EntryVersion: h.EntryVersion, Name: h.Name, Channel: a.Channel, Profile: a.Profile}
}

var alertRoom = roomOf("alert", alert.Events,
	func(a alert.Alert) row { return row{string(a.State), string(a.Owner), micro(a.Until)} },
	func(a alert.Alert) []tie {
		ties := []tie{{"source", a.Source}, {"subject", "subject/" + a.Subject}}
		if a.Dossier != "" {
			ties = append(ties, tie{"dossier", "dossier/" + a.Dossier})
		}
		return ties
	},
	func(a alert.Alert) access.Resource {
		return access.Resource{Kind: "alert", ID: a.ID.String(), Owner: a.Owner, State: string(a.State)}
	})

var exclusionRoom = roomOf("exclusion", func(*event.Registry) {}, // those of alerts
	func(x alert.Exclusion) row {
		r := row{state: string(x.State), owner: string(x.Owner)}
		if x.State == alert.InForce || x.State == alert.Pending {
			r.due = micro(x.Until)
		}
		return r
	},
	func(x alert.Exclusion) []tie {
		ties := []tie{{"excludes", "subject/" + x.Scope.Subject}}
		if x.Certificate != "" {
			ties = append(ties, tie{"certificate", "decision/" + x.Certificate})
		}
		return ties
	},
	func(x alert.Exclusion) access.Resource {
		return access.Resource{Kind: "exclusion", ID: x.ID.String(), Owner: x.Owner, State: string(x.State)}
	})
