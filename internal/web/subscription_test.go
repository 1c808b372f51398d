package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestSecretOfHintsIsShownOnce(t *testing.T) {
	h := newHouse(t)
	status, p := h.post("liaison-bank", "/do/subscription.make", url.Values{
		"url": {"https://bank.example/hints"}, "topics.0": {"edition.published"}, "topics.2": {"report.answered"},
	})
	if status != http.StatusOK || !strings.Contains(p.source, "whsec_") {
		t.Fatalf("%d: the secret is not shown\n%s", status, p.source)
	}
	_, p = h.get("liaison-bank", "/subscriptions")
	links := p.all(with("a"))
	path := ""
	for _, a := range links {
		if strings.HasPrefix(attr(a, "href"), "/subscriptions/") {
			path = attr(a, "href")
		}
	}
	_, p = h.get("liaison-bank", path)
	p.says("https://bank.example/hints", "an edition of the list was published")
	p.silent("whsec_")
	if status, _ := h.get("liaison-prosecution", path); status != http.StatusNotFound {
		t.Errorf("another agency reads the address: %d", status)
	}
	id := strings.TrimPrefix(path, "/subscriptions/")
	h.give("liaison-bank", "subscription.pause", id, url.Values{"reason": {"Our server moves."}})
	_, p = h.get("liaison-bank", path)
	p.says("paused", "Our server moves.")
	h.give("liaison-bank", "subscription.resume", id, nil)
	if _, p = h.post("liaison-bank", "/do/subscription.rotate/"+id, nil); !strings.Contains(p.source, "whsec_") {
		t.Error("the new secret is not shown")
	}
	h.give("liaison-bank", "subscription.end", id, url.Values{"reason": {"Over."}})
	_, p = h.get("liaison-bank", path)
	p.says("ended")
}
