package clerk_test

import (
	"maps"
	"slices"
	"testing"

	"interdict/internal/clerk"
	"interdict/internal/event"
)

// An acceptance was a judgement beside the edition then in force: it is not there
// any more when the same bytes are held back again.
func TestAnAcceptanceHoldsUntilTheNextEdition(t *testing.T) {
	taken := func(un, eu string) event.Event {
		return clerk.RegisterTaken{Snapshot: un + eu, Editions: map[string]string{"un": un, "eu": eu}}
	}
	proposed, accepted := clerk.ListProposed{Source: "un", Edition: "b"}, clerk.ListAccepted{Source: "un", Edition: "b"}
	for name, c := range map[string]struct {
		happened []event.Event
		want     []string
	}{
		"nothing yet":               {[]event.Event{taken("a", "1"), proposed}, []string{"un"}},
		"accepted, not taken yet":   {[]event.Event{taken("a", "1"), proposed, accepted}, []string{"un"}},
		"another list changed":      {[]event.Event{taken("a", "1"), proposed, accepted, taken("a", "2")}, []string{"un"}},
		"taken":                     {[]event.Event{taken("a", "1"), proposed, accepted, taken("b", "1")}, nil},
		"another edition was taken": {[]event.Event{taken("a", "1"), proposed, taken("c", "1")}, nil},
		"proposed anew":             {[]event.Event{taken("a", "1"), proposed, accepted, taken("b", "1"), taken("c", "1"), proposed}, []string{"un"}},
	} {
		var r clerk.InForce
		for _, e := range c.happened {
			r = r.Apply(e, event.Envelope{By: "anna"})
		}
		if got := slices.Sorted(maps.Keys(r.Proposals)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v stand, not %v", name, got, c.want)
		}
		if p := r.Proposals["un"]; name == "proposed anew" && p.Accepted != "" {
			t.Error("the old acceptance stands for a new proposal")
		}
	}
}
