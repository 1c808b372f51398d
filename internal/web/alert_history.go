package web

import (
	"interdict/internal/alert"
	"interdict/internal/event"
)

// pastOf is what an event of an alert says happened, as a key of messages.
func pastOf(e event.Event) string {
	switch e.(type) {
	case alert.Raised:
		return "raised"
	case alert.Snooze:
		return "snoozed"
	case alert.Woken:
		return "brought back"
	case alert.SameHit:
		return "the listed subject"
	case alert.DifferentHit:
		return "somebody else"
	case alert.UnsureHit:
		return "not enough is known"
	case alert.Escalation:
		return "handed to a dossier"
	case alert.Closure:
		return "closed"
	case alert.Reopening:
		return "opened again"
	case alert.Reporting:
		return "reported"
	case alert.EntryEnded:
		return "a list ended an entry"
	}
	return stateWord(e.Kind())
}

// reasonOf is why it happened, as it was written.
func reasonOf(e event.Event) string {
	switch e := e.(type) {
	case alert.Snooze:
		return e.Reason
	case alert.Woken:
		return e.Why
	case alert.SameHit:
		return e.Reason
	case alert.DifferentHit:
		return e.Reason
	case alert.UnsureHit:
		return e.Reason
	case alert.Escalation:
		return e.Reason
	case alert.Closure:
		return e.Reason
	case alert.Reopening:
		return e.Reason
	case alert.EntryEnded:
		return joined(" ", e.Source, e.Reference, e.On)
	}
	return ""
}

// aboutHit is the listed name of the hit that an event is about.
func aboutHit(p alertPage, e event.Event) string {
	key := ""
	switch e := e.(type) {
	case alert.SameHit:
		key = e.Key
	case alert.DifferentHit:
		key = e.Key
	case alert.UnsureHit:
		key = e.Key
	case alert.EntryEnded:
		key = e.Key
	}
	for _, h := range p.Hits {
		if h.Key == key {
			return h.Name
		}
	}
	return ""
}
