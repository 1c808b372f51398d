package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestALaterStatuteChangesNothingPublished: what a decision says in public
// follows the statute that it rests on, not the one adopted since.
func TestALaterStatuteChangesNothingPublished(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.people()
	s := newStory(t, h, "model-1373")
	s.materials()
	s.dossier()
	s.withoutComposition()
	s.vote()
	s.sign()
	before, err := h.clerk.OwnList(t.Context())
	must(t, err)
	h.do("lead", "statute.adopt", "main", body{"preset": "ru-2015", "reason": "another law, which publishes no reasons"})
	after, err := h.clerk.OwnList(t.Context())
	must(t, err)
	if len(before) != 1 || len(before[0].Listings[0].Reasons) == 0 {
		t.Fatalf("the list before: %+v", before)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("a later statute changed what was published:\n%s", diff)
	}
}
