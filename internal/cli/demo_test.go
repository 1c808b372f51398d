package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"interdict/internal/cli"
	"interdict/internal/demo"
)

// staged is a demo that runs.
type staged struct {
	URL      string
	Accounts []demo.Account
	Tour     []demo.Step
	Servers  []struct {
		Server           demo.Server
		URL, Person, Key string
	}
	urls map[demo.Server]string
	stop func() int
}

// stage starts a demo and waits until it says where it is.
func stage(t *testing.T, args ...string) *staged {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	out, in := io.Pipe()
	var errs bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- cli.Run(ctx, append([]string{"demo", "--json", "--listen", "127.0.0.1:0"}, args...), strings.NewReader(""), in, &errs)
		in.Close()
	}()
	d := &staged{urls: map[demo.Server]string{}}
	if err := json.NewDecoder(out).Decode(d); err != nil {
		t.Fatalf("what the demo says: %v\n%s", err, errs.String())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	for _, s := range d.Servers {
		d.urls[s.Server] = s.URL
	}
	d.stop = func() int {
		cancel()
		return <-code
	}
	return d
}

// visitor is a browser.
type visitor struct {
	t *testing.T
	http.Client
}

func newVisitor(t *testing.T) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (v *visitor) post(address string, form url.Values) *http.Response {
	v.t.Helper()
	r, err := v.PostForm(address, form)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Body.Close()
	return r
}

// ask asks the API and reads the answer.
func (v *visitor) ask(method, address string, body any, into any) int {
	v.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		v.t.Fatal(err)
	}
	q, err := http.NewRequestWithContext(v.t.Context(), method, address, bytes.NewReader(text))
	if err != nil {
		v.t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Purpose", "a visit")
	r, err := v.Do(q)
	if err != nil {
		v.t.Fatal(err)
	}
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if into != nil && r.StatusCode/100 == 2 {
		if err := json.Unmarshal(answer, into); err != nil {
			v.t.Fatalf("%s: %v\n%s", address, err, answer)
		}
	}
	return r.StatusCode
}

// TestDemo starts the demo, is everybody, reads what the tour promises, carries a
// freeze to the bank, and finds nothing left.
func TestDemo(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	d := stage(t)
	d.everybody(t)
	d.promised(t)
	d.loop(t)
	if code := d.stop(); code != 0 {
		t.Errorf("stopped, it left with %d", code)
	}
	left, err := os.ReadDir(temp)
	if err != nil || len(left) > 0 {
		t.Errorf("what is left: %v %v", left, err)
	}
}

// everybody enters as each account, and as nobody else.
func (d *staged) everybody(t *testing.T) {
	v := newVisitor(t)
	for _, a := range d.Accounts {
		r := v.post(d.urls[a.Server]+demo.EnterPath, url.Values{"person": {string(a.Person)}, "next": {"/somewhere"}})
		if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/somewhere" {
			t.Errorf("entering as %s at %s: %d to %q", a.Person, a.Server, r.StatusCode, r.Header.Get("Location"))
		}
		var me struct{ ID, Name string }
		if got := v.ask(http.MethodGet, d.urls[a.Server]+"/v1/whoami", nil, &me); got != http.StatusOK || me.ID != string(a.Person) || me.Name != a.Name {
			t.Errorf("entered as %s at %s, the server says %d %+v", a.Person, a.Server, got, me)
		}
	}
	for _, who := range []string{"machine-kestrel", "system", "nobody", ""} {
		if r := v.post(d.urls[demo.Authority]+demo.EnterPath, url.Values{"person": {who}}); r.StatusCode != http.StatusNotFound {
			t.Errorf("entering as %q: %d", who, r.StatusCode)
		}
	}
	r := v.post(d.urls[demo.Authority]+demo.EnterPath, url.Values{"person": {"lead"}, "next": {"//elsewhere.example/"}})
	if r.Header.Get("Location") != "/" {
		t.Errorf("entering leads to %q", r.Header.Get("Location"))
	}
}

// promised reads by the API every thing that the tour names, as whom it names.
func (d *staged) promised(t *testing.T) {
	if len(d.Tour) < 10 {
		t.Errorf("a tour of %d steps", len(d.Tour))
	}
	v := newVisitor(t)
	things := 0
	for _, s := range d.Tour {
		if s.Account == "" {
			continue
		}
		v.post(d.urls[s.Server]+demo.EnterPath, url.Values{"person": {string(s.Account)}})
		kind, id, one := strings.Cut(strings.TrimPrefix(s.Path, "/"), "/")
		switch {
		case one:
			things++
			if got := v.ask(http.MethodGet, d.urls[s.Server]+"/v1/"+kind+"/"+id, nil, nil); got != http.StatusOK {
				t.Errorf("%s: %s as %s: %d", s.Title, s.Path, s.Account, got)
			}
		case kind != "audit":
			var page struct{ Rows []any }
			if got := v.ask(http.MethodGet, d.urls[s.Server]+"/v1/"+kind, nil, &page); got != http.StatusOK || len(page.Rows) == 0 {
				t.Errorf("%s: %s as %s: %d, %d rows", s.Title, s.Path, s.Account, got, len(page.Rows))
			}
		}
	}
	if things < 6 {
		t.Errorf("the tour names %d things", things)
	}
	for _, s := range d.Servers {
		q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/v1/whoami", nil)
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("Authorization", "Bearer "+s.Key)
		r, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusOK {
			t.Errorf("the key of %s at %s: %d", s.Person, s.Server, r.StatusCode)
		}
	}
}

// loop casts the chair's vote, signs what waits for it, and finds it at the bank.
func (d *staged) loop(t *testing.T) {
	v := newVisitor(t)
	authority := d.urls[demo.Authority]
	v.post(authority+demo.EnterPath, url.Values{"person": {"chair"}})
	session, decision := d.step(t, "/sessions/"), d.step(t, "/decisions/")
	if r := v.post(authority+demo.VotePath, url.Values{"session": {session}, "item": {"1"}, "choice": {"yes"}, "next": {"/sessions/" + session}}); r.StatusCode != http.StatusSeeOther {
		t.Errorf("the chair votes: %d", r.StatusCode)
	}
	var seen struct {
		Content struct{ Digest, State string }
	}
	v.ask(http.MethodGet, authority+"/v1/decisions/"+decision, nil, &seen)
	if got := v.ask(http.MethodPost, authority+"/v1/decisions/"+decision+"/sign", map[string]string{"office": "chair", "digest": seen.Content.Digest}, nil); got != http.StatusOK {
		t.Fatalf("the chair signs: %d", got)
	}
	for _, s := range []demo.Server{demo.Harbour, demo.Kestrel} {
		v.post(d.urls[s]+demo.EnterPath, url.Values{"person": {"officer"}})
		customer := map[demo.Server]string{demo.Harbour: "H-20118", demo.Kestrel: "K-5044"}[s]
		for !d.alerted(v, s, customer) {
			select {
			case <-t.Context().Done():
				t.Fatalf("no alert on %s at %s", customer, s)
			case <-time.After(100 * time.Millisecond):
			}
		}
	}
}

func (d *staged) step(t *testing.T, path string) string {
	for _, s := range d.Tour {
		if id, ok := strings.CutPrefix(s.Path, path); ok {
			return id
		}
	}
	t.Fatalf("no step of the tour leads to %s", path)
	return ""
}

func (d *staged) alerted(v *visitor, s demo.Server, customer string) bool {
	var page struct{ Rows []struct{ Title string } }
	v.ask(http.MethodGet, d.urls[s]+"/v1/alerts?limit=200", nil, &page)
	for _, r := range page.Rows {
		if r.Title == customer {
			return true
		}
	}
	return false
}

// TestDemoGoesOn keeps a folder, and starts the demo on it again.
func TestDemoGoesOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	d := stage(t, "--data", dir)
	first := d.step(t, "/dossiers/")
	d.stop()
	d = stage(t, "--data", dir)
	if again := d.step(t, "/dossiers/"); again != first {
		t.Errorf("another story: %s, then %s", first, again)
	}
	d.promised(t)
	d.loop(t)
	d.stop()
}

// A demo that was broken off while its story was told cannot go on, and says so.
func TestADemoThatWasBrokenOff(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, string(demo.Authority)), 0o700); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	code := cli.Run(t.Context(), []string{"demo", "--listen", "127.0.0.1:0", "--data", dir}, strings.NewReader(""), &out, &errs)
	if code != 2 || !strings.Contains(errs.String(), "broken off") || !strings.Contains(errs.String(), "remove the folder") {
		t.Errorf("%d %s", code, errs.String())
	}
}
