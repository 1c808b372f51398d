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
			h := openHouse(t, e.open)
			begun := time.Now()
			told, err := demo.Tell(t.Context(), demo.House{Clerk: h.clerk, Archive: h.archive, Lookout: h.lookout}, h.clock)
			must(t, err)
			t.Logf("told in %s", time.Since(begun))
			verifier, err := ledger.NewVerifier(h.verify)
			must(t, err)
			if _, err := h.clerk.Store.Verify(t.Context(), verifier, nil, nil); err != nil {
				t.Errorf("the ledger of the story: %v", err)
			}
			rebuilt, err := h.clerk.Rebuild(t.Context(), nil)
			must(t, err)
			if len(rebuilt.Differ) > 0 {
				t.Errorf("views rebuilt otherwise: %q", rebuilt.Differ)
			}
			t.Log(told.Things)
		})
	}
}
