package web

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// What a reader's browser keeps for the pages, and nothing else keeps.
const (
	languageCookie = "interdict-language"
	themeCookie    = "interdict-theme"
	zoneCookie     = "interdict-zone"
	purposeCookie  = "interdict-purpose"
	saidCookie     = "interdict-said" // what a command did, until the next page shows it
)

// v1 returns the value of a cookie, "" if there is none or it cannot be read.
func v1(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	text, err := url.QueryUnescape(c.Value)
	if err != nil {
		return ""
	}
	return text
}

// keep lets the browser keep a preference; for 0 until it is closed.
func (v *visit) keep(name, value string, long time.Duration) {
	c := &http.Cookie{
		Name: name, Value: url.QueryEscape(value), Path: "/", HttpOnly: name != zoneCookie,
		Secure: v.r.TLS != nil, SameSite: http.SameSiteStrictMode, MaxAge: int(long.Seconds()),
	}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(v.w, c)
}

// forget lets the browser forget a preference that it keeps.
func (v *visit) forget(name string) {
	if _, err := v.r.Cookie(name); err == nil {
		v.keep(name, "", 0)
	}
}

// mostPurpose is how many letters of a purpose are kept.
const mostPurpose = 300

func purposeOf(text string) string {
	r := []rune(strings.TrimSpace(text))
	return string(r[:min(len(r), mostPurpose)])
}

const aYear = 365 * 24 * time.Hour

// settings are the forms that every page carries.
func (s *server) settings() {
	s.open("POST /settings", func(v *visit) error {
		for _, name := range []string{"language", "theme", "zone"} {
			if v.r.PostForm == nil {
				if err := v.r.ParseForm(); err != nil {
					return badForm(err)
				}
			}
			if v.r.PostForm.Has(name) {
				v.keep("interdict-"+name, v.r.PostFormValue(name), aYear)
			}
		}
		return v.goTo(v.r.PostFormValue("next"))
	})
	s.page("POST /purpose", func(v *visit) error {
		v.keep(purposeCookie, purposeOf(v.r.PostFormValue("purpose")), 0)
		return v.goTo(v.r.PostFormValue("next"))
	})
}

// zones are the zones that were read, by name.
var zones sync.Map

// zoneOf is the zone in which a reader sees times.
func zoneOf(r *http.Request) *time.Location {
	name := v1(r, zoneCookie)
	if name == "" || name == "Local" || path.Clean(name) != name {
		return time.UTC
	}
	if zone, ok := zones.Load(name); ok {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, zone)
	return zone
}

// themes are what a reader may choose; "" leaves it to the system.
var themes = []string{"", "light", "dark"}

func (v *visit) theme() string {
	if slices.Contains(themes, v.Theme) {
		return v.Theme
	}
	return ""
}
