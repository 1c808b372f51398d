package demo_test

import (
	"testing"
	"time"

	"interdict/internal/demo"
	"interdict/internal/ledger"
)

// TestStory tells the story on both engines; what it tells verifies.
func TestStory(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			n := &town{t: t, open: e.open, clock: demo.NewClock()}
			h := n.authority()
			begun := time.Now()
			told, err := demo.Tell(t.Context(), h.House, n.join, n.clock)
			must(t, err)
			t.Logf("told in %s", time.Since(begun))
			verifier, err := ledger.NewVerifier(h.verify)
			must(t, err)
			if _, err := h.Clerk.Store.Verify(t.Context(), verifier, nil, nil); err != nil {
				t.Errorf("the ledger of the story: %v", err)
			}
			rebuilt, err := h.Clerk.Rebuild(t.Context(), nil)
			must(t, err)
			if len(rebuilt.Differ) > 0 {
				t.Errorf("views rebuilt otherwise: %q", rebuilt.Differ)
			}
			t.Log(told.Things)
		})
	}
}
