package api_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interdict/internal/decision"
)

// A decision whose publication fails, as on a full disk, is in force all the
// same; the clocks publish it once they can, and it is one edition.
func TestAListThatCouldNotBePublishedIsPublishedLater(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.people()
	s := newStory(t, h, "model-1373")
	s.materials()
	s.dossier()
	s.request()
	s.withoutComposition()
	s.vote()
	feed := h.clerk.Feed
	block := filepath.Join(feed.Dir(), "file") // stands where a folder is to be made
	must(t, os.WriteFile(block, nil, 0o600))
	var d struct {
		decision.Decision
		Digest string `json:"digest"`
	}
	h.read("member-1", "decision", s.decision, "", &d)
	status, text, _ := h.send("member-1", http.MethodPost, "/v1/decisions/"+s.decision+"/sign", body{"office": "chair", "digest": d.Digest})
	if status != http.StatusOK || !strings.Contains(string(text), `"remark":`) {
		t.Errorf("signed, and not published: %d %s", status, text)
	}
	if h.read("member-1", "decision", s.decision, "", &d); d.State != decision.InForce {
		t.Errorf("the decision is %s", d.State)
	}
	if _, err := h.clerk.Tick(t.Context()); err == nil || feed.Size() != 0 {
		t.Errorf("ticked with %d editions: %v", feed.Size(), err)
	}
	must(t, os.Remove(block))
	for range 2 {
		if _, err := h.clerk.Tick(t.Context()); err != nil || feed.Size() != 1 {
			t.Errorf("ticked with %d editions: %v", feed.Size(), err)
		}
	}
	if h.read("member-1", "decision", s.decision, "", &d); len(d.Editions) != 1 {
		t.Errorf("it stands in the editions %v of the register", d.Editions)
	}
}
