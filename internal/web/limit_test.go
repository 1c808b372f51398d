package web

import (
	"context"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"interdict/internal/archive"
	"interdict/internal/register"
	"interdict/internal/roster"
	"interdict/internal/screen"
)

// speaking is a visit of a reader of a language.
func speaking(code string) *visit {
	for _, t := range tongues {
		if t.Code == code {
			return &visit{server: &server{}, Tongue: t, printer: t.printer(), r: httptest.NewRequest(http.MethodGet, "/", nil)}
		}
	}
	panic(code)
}

func TestMoney(t *testing.T) {
	cases := []struct {
		code     string
		amount   int64
		currency string
		want     string
	}{
		{"en", 123456789, "EUR", "1,234,567.89\u00a0EUR"},
		{"fr", 123456, "EUR", "1\u00a0234,56\u00a0EUR"},
		{"en", 5, "EUR", "0.05\u00a0EUR"},
		{"en", -5, "EUR", "-0.05\u00a0EUR"},
		{"en", -123456, "EUR", "-1,234.56\u00a0EUR"},
		{"en", 1234, "JPY", "1,234\u00a0JPY"},
		{"en", 1234567, "KWD", "1,234.567\u00a0KWD"},
		{"en", 9007199254740993, "EUR", "90,071,992,547,409.93\u00a0EUR"},
		{"en", math.MinInt64, "EUR", "-92,233,720,368,547,758.08\u00a0EUR"},
		{"es", 123456789, "EUR", "1.234.567,89\u00a0EUR"},
	}
	for _, c := range cases {
		if got := speaking(c.code).money(c.amount, c.currency); got != c.want {
			t.Errorf("%d %s in %s: %q, want %q", c.amount, c.currency, c.code, got, c.want)
		}
	}
}

// The number of an entry and a year are no amounts: no language groups them.
func TestNumbersThatNameThings(t *testing.T) {
	for _, tongue := range tongues {
		ctx := speaking(tongue.Code).own()
		for text, want := range map[string]string{
			say(ctx, "Entry %d", digits(int64(12345))):             "12345",
			say(ctx, "Effectiveness in %d", digits(2026)):          "2026",
			say(ctx, "version %d", digits(uint64(math.MaxUint64))): "18446744073709551615",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q does not say %s", tongue.Code, text, want)
			}
		}
	}
}

// One person does not take all the room for watching; another still finds some.
func TestWatchersOfOnePerson(t *testing.T) {
	l := live{count: 1, of: map[string]*watched{}, each: map[roster.PersonID]int{}} // without its poller
	for range watchedBy {
		if _, err := l.join(nil, "analyst", "dossier/D1"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.join(nil, "analyst", "dossier/D2"); err == nil {
		t.Error("one page too many is watched")
	}
	if _, err := l.join(nil, "lead", "dossier/D1"); err != nil {
		t.Errorf("another person: %v", err)
	}
	l.leave("analyst", "dossier/D1")
	if _, err := l.join(nil, "analyst", "dossier/D2"); err != nil {
		t.Errorf("after one page was left: %v", err)
	}
}

// held is a run that does not end by itself.
func held(b *books, id string) *bookRun {
	ctx, stop := context.WithCancel(context.Background())
	r := &bookRun{ID: id, Owner: "analyst", Started: time.Now(), stop: stop, ended: make(chan struct{})}
	r.last = time.AfterFunc(runLifetime, func() { b.drop(r) })
	context.AfterFunc(ctx, func() { close(r.ended) })
	b.all = append(b.all, r)
	return r
}

// What was dropped or swept is held by no timer.
func TestARunThatIsForgottenIsLetGo(t *testing.T) {
	var b books
	r := held(&b, "a")
	b.drop(r)
	if r.last.Stop() {
		t.Error("the timer of a run that was dropped holds it")
	}
	old := held(&b, "b")
	b.sweep(old.Started.Add(runLifetime + 1))
	if old.last.Stop() || len(b.all) != 0 {
		t.Error("the timer of a run that was swept holds it")
	}
}

// A server that stops does not wait for who watches a book.
func TestProgressEndsWithTheServer(t *testing.T) {
	ends := make(chan struct{})
	s := &server{Config: Config{Ends: ends}}
	r := held(&s.books, "a")
	v := speaking("en")
	w := httptest.NewRecorder()
	v.server, v.w = s, w
	told := make(chan error)
	go func() { told <- v.progressOf(r) }()
	close(ends)
	select {
	case err := <-told:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("it goes on")
	}
	r.stop()
}

// Editions of one list are compared, and not those of another.
func TestEditionsOfOneList(t *testing.T) {
	edition := func(id string) *archive.Stored { return &archive.Stored{Info: register.Info{ID: id}} }
	x := listView{InForce: edition("b"), Waiting: edition("c"), Before: []archive.Stored{*edition("a")}}
	for id, want := range map[string]bool{"a": true, "b": true, "c": true, "d": false, "": false} {
		if x.keeps(id) != want {
			t.Errorf("%q: %t", id, !want)
		}
	}
}

func TestZonesAreReadOnce(t *testing.T) {
	of := func(name string) *time.Location {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: zoneCookie, Value: name})
		return zoneOf(r)
	}
	if a, b := of("Europe/Vienna"), of("Europe/Vienna"); a != b || a.String() != "Europe/Vienna" {
		t.Errorf("%p and %p, %s", a, b, a)
	}
	for _, name := range []string{"Local", "Europe//Vienna", "Europe/./Vienna", "Nowhere/Town", ""} {
		if of(name) != time.UTC {
			t.Errorf("%q is a zone", name)
		}
	}
}

// Why nothing was screened is said in the reader's language.
func TestWhyNothingWasScreened(t *testing.T) {
	for _, c := range []struct{ code, reason, want string }{
		{"en", "the name has no letter", "the name has no letter"},
		{"fr", "the name has no letter", "le nom n’a aucune lettre"},
		{"ru", "65 words are more than a name has", "65 words are more than a name has"},
	} {
		var b strings.Builder
		ctx := context.WithValue(t.Context(), visitKey{}, speaking(c.code))
		if err := verdictOf(screen.NotScreened, 0, c.reason).Render(ctx, &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), c.want) {
			t.Errorf("%s: no %q in %s", c.code, c.want, b.String())
		}
	}
}
