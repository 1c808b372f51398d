package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func TestThePublicList(t *testing.T) {
	h := newHouse(t)
	_, p := h.get("", "/public")
	p.says("Nobody is listed here")
	_, p = h.get("", "/public/petition")
	p.says("To be taken off the list", "To be told apart", "To a court")
	_, p = h.get("", "/public/checkpoint")
	p.says("commission.example/ledger", "No edition is published yet.")

	h.frozen("Order of the Brass Lantern")
	h.clock.move(2 * time.Minute)
	_, p = h.get("", "/public")
	p.says("Order of the Brass Lantern", "1 entry")
	p.silent("Closed reasons of the analyst")
	links := p.all(func(n *html.Node) bool {
		return n.Data == "a" && text(n) == "Order of the Brass Lantern"
	})
	if len(links) != 1 {
		t.Fatalf("%d links to the entry", len(links))
	}
	entry := attr(links[0], "href")
	status, p := h.get("", entry)
	if status != http.StatusOK {
		t.Fatal(status)
	}
	p.says("in force", "Open reasons of the analyst")
	p.silent("Closed reasons of the analyst", "analyst-2", "member-1")

	_, p = h.get("", "/public?q=brass+nothing")
	p.says("Nobody is listed here")
	if status, _ := h.get("", "/public/entries/none"); status != http.StatusNotFound {
		t.Errorf("an entry that is not there: %d", status)
	}
}

func TestNamesakes(t *testing.T) {
	h := newHouse(t)
	h.frozen("Order of the Brass Lantern")
	h.clock.move(2 * time.Minute)
	cases := []struct {
		name string
		form url.Values
		says string
	}{
		{"the listed name with a slip", url.Values{"name": {"Order of the Bras Lantern"}, "kind": {"organisation"}}, "1 entry could be taken for you"},
		{"somebody else", url.Values{"name": {"Maria Quintero"}, "kind": {"person"}}, "Nobody on this list is near"},
		{"no date", url.Values{"name": {"Maria"}, "born": {"yesterday"}}, "yesterday"},
		{"no name", url.Values{"name": {"?"}}, "could not be checked"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, p := h.post("", "/public/namesake", c.form)
			p.says(c.says)
		})
	}
}
