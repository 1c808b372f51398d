package alert_test

import (
	"testing"

	"interdict/internal/alert"
	"interdict/internal/event"
	"interdict/internal/event/eventtest"
)

func TestWhatIsReportedAndWhatEnds(t *testing.T) {
	ended := alert.EntryEnded{Key: "h1", Source: "followed", Reference: "OWN-1"}
	same := []event.Event{raised(), alert.SameHit{"h1", "x"}, alert.DifferentHit{"h2", "x"}}
	for name, c := range map[string]struct {
		given []event.Event
		when  func(alert.Alert) ([]event.Event, error)
		err   string
		kinds []string
	}{
		"a person reports":             {same, func(a alert.Alert) ([]event.Event, error) { return a.Report(ann, "R1") }, "", []string{"alert.reported"}},
		"a machine does not":           {same, func(a alert.Alert) ([]event.Event, error) { return a.Report(robot, "R1") }, "forbidden", nil},
		"a report has an id":           {same, func(a alert.Alert) ([]event.Event, error) { return a.Report(ann, "") }, "invalid", nil},
		"the subject is not waved off": {same, func(a alert.Alert) ([]event.Event, error) { return a.Close(ann, "done") }, "conflict", nil},
		"what is reported may close": {append(same[:3:3], alert.Reporting{"R1"}), func(a alert.Alert) ([]event.Event, error) {
			return a.Close(ann, "frozen")
		}, "", []string{"alert.closed"}},
		"a closed one is not reported": {append(same[:3:3], alert.Reporting{"R1"}, alert.Closure{"x"}), func(a alert.Alert) ([]event.Event, error) {
			return a.Report(ann, "R2")
		}, "conflict", nil},
		"an end is said":             {same, func(a alert.Alert) ([]event.Event, error) { return a.End(ended), nil }, "", []string{"alert.entry_ended"}},
		"and to a snoozed one":       {[]event.Event{raised(), alert.Snooze{day, "x"}}, func(a alert.Alert) ([]event.Event, error) { return a.End(ended), nil }, "", []string{"alert.entry_ended"}},
		"once":                       {append(same[:3:3], ended), func(a alert.Alert) ([]event.Event, error) { return a.End(ended), nil }, "", nil},
		"of a hit that it has":       {same, func(a alert.Alert) ([]event.Event, error) { return a.End(alert.EntryEnded{Key: "h9"}), nil }, "", nil},
		"a closed one is left alone": {[]event.Event{raised(), alert.Closure{"x"}}, func(a alert.Alert) ([]event.Event, error) { return a.End(ended), nil }, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := story()
			s.Tell(t, "ann", "bank", day, c.given...)
			before := s.Now.State
			events, err := c.when(s.Now)
			eventtest.Want(t, events, err, c.err, c.kinds...)
			s.Tell(t, "ann", "bank", day, events...)
			if err == nil && len(c.kinds) > 0 && c.kinds[0] != "alert.closed" && s.Now.State != before {
				t.Errorf("the state moved from %s to %s", before, s.Now.State)
			}
		})
	}
}
