package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"interdict/internal/access"
)

// navGroup is a part of the navigation.
type navGroup struct {
	Title string // key of a message
	Links []navLink
}

// navLink leads to a page; it is shown to whom one of its actions may ever be
// allowed.
type navLink struct {
	Title string // key of a message
	Path  string
	Key   string // pressed after g
	For   []access.Action
}

var navGroups = []navGroup{
	{"Work", []navLink{
		{"Desk", "/", "d", nil},
		{"Requests", "/requests", "q", []access.Action{"request.list"}},
		{"Materials", "/materials", "m", []access.Action{"material.list"}},
		{"Alerts", "/alerts", "a", []access.Action{"alert.list"}},
		{"Dossiers", "/dossiers", "o", []access.Action{"dossier.list"}},
		{"Sessions", "/sessions", "s", []access.Action{"session.list"}},
		{"Decisions", "/decisions", "c", []access.Action{"decision.list"}},
		{"Petitions", "/petitions", "p", []access.Action{"petition.list"}},
		{"Clocks", "/clocks", "k", nil},
	}},
	{"Screening", []navLink{
		{"Screen", "/screen", "n", []access.Action{"screen.name"}},
		{"Register", "/register", "r", []access.Action{"register.read"}},
		{"Exclusions", "/exclusions", "x", []access.Action{"exclusion.list"}},
	}},
	{"The list", []navLink{
		{"Following", "/following", "y", []access.Action{"alert.list"}},
		{"Editions", "/editions", "e", []access.Action{"edition.list"}},
		{"Reports", "/reports", "f", []access.Action{"report.list"}},
		{"Effectiveness", "/effectiveness", "i", []access.Action{"effectiveness.read"}},
	}},
	{"Oversight", []navLink{
		{"Ledger", "/ledger", "l", []access.Action{"ledger.read"}},
		{"Audit", "/audit", "u", []access.Action{"audit.read"}},
		{"Erasures", "/erasures", "z", []access.Action{"erasure.list"}},
	}},
	{"House", []navLink{
		{"People", "/people", "w", []access.Action{"roster.read"}},
		{"Statute", "/statute", "t", []access.Action{"statute.read"}},
		{"Lists", "/lists", "b", []access.Action{"register.read"}},
		{"Hints", "/subscriptions", "v", []access.Action{"subscription.list"}},
	}},
}

// shown reports whether a link leads to a page that is there and may be the
// visitor's.
func (l navLink) shown(v *visit) bool {
	return v.served[l.Path] && (l.For == nil || v.may(l.For...))
}

func (g navGroup) shown(v *visit) bool {
	for _, l := range g.Links {
		if l.shown(v) {
			return true
		}
	}
	return false
}

// servedBy returns the links that lead to a page here: an institution has fewer of
// them.
func servedBy(mux *http.ServeMux) map[string]bool {
	out := map[string]bool{}
	for _, g := range navGroups {
		for _, l := range g.Links {
			_, pattern := mux.Handler(&http.Request{Method: http.MethodGet, URL: &url.URL{Path: l.Path}})
			out[l.Path] = pattern != "" && pattern != anyOther
		}
	}
	return out
}

// phone guesses whether the reader has a small screen; the sheet decides, this
// only folds the menu before script or touch.
func (v *visit) phone() bool {
	return v.r.Header.Get("Sec-CH-UA-Mobile") == "?1" || strings.Contains(v.r.UserAgent(), "Mobi")
}

// back is the page to return to: this one, or where a form that was sent stands.
func (v *visit) back() string {
	if v.r.Method == http.MethodGet {
		return v.here()
	}
	return within(v.r.FormValue("_next"))
}

func receiptPath(index int64) string { return "/receipts/" + strconv.FormatInt(index, 10) }
