package subscription

import (
	"slices"
	"strings"

	"interdict/internal/event"
	"interdict/internal/fault"
)

// Make begins a subscription. An address or a topic that cannot be is Invalid.
func (s Subscription) Make(m Made) ([]event.Event, error) {
	switch {
	case s.State != "":
		return nil, fault.New(fault.Conflict, "subscribing: %s is there", s.ID)
	case m.ID.IsZero() || m.Owner == "":
		return nil, fault.New(fault.Invalid, "subscribing: for whom?")
	case len(m.Topics) == 0:
		return nil, fault.New(fault.Invalid, "subscribing to nothing: want some of the topics %q", Topics())
	}
	for i, topic := range m.Topics {
		if !slices.Contains(Topics(), topic) {
			return nil, fault.New(fault.Invalid, "subscribing: topics[%d] is %q; want one of %q", i, topic, Topics())
		}
	}
	if _, err := ParseAddress(m.URL); err != nil {
		return nil, err
	}
	m.Topics = slices.Compact(slices.Sorted(slices.Values(m.Topics)))
	return []event.Event{m}, nil
}

// Rotate takes another secret into use.
func (s Subscription) Rotate() ([]event.Event, error) {
	return s.to(Rotated{}, "rotating the secret of")
}

// Pause lets hints wait.
func (s Subscription) Pause(reason string) ([]event.Event, error) {
	return s.because(Held{reason}, "pausing", reason)
}

// Resume lets hints be sent again, also those that waited.
func (s Subscription) Resume() ([]event.Event, error) { return s.to(Resumed{}, "resuming") }

// Disable records that the endpoint said that it is gone.
func (s Subscription) Disable() ([]event.Event, error) { return s.to(Gone{}, "disabling") }

// End ends it for good.
func (s Subscription) End(reason string) ([]event.Event, error) {
	return s.because(Over{reason}, "ending", reason)
}

// Resend sends a hint once more, whether it had arrived or not.
func (s Subscription) Resend(hint string) ([]event.Event, error) {
	if hint == "" {
		return nil, fault.New(fault.Invalid, "sending a hint again: which?")
	}
	return s.to(Resent{hint}, "sending a hint again by")
}

func (s Subscription) because(e event.Event, doing, reason string) ([]event.Event, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, fault.New(fault.Invalid, "%s subscription %s: say why", doing, s.ID)
	}
	return s.to(e, doing)
}

func (s Subscription) to(e event.Event, doing string) ([]event.Event, error) {
	if _, ok := Transitions.Next(s.State, e.Kind()); !ok {
		return nil, fault.New(fault.Conflict, "%s subscription %s: it is %s", doing, s.ID, s.State)
	}
	return []event.Event{e}, nil
}
