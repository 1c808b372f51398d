package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"interdict/internal/cli"
	"interdict/internal/fault"
)

// publisher is a loopback server of one file that knows ETags.
type publisher struct {
	*httptest.Server
	text   atomic.Value // string; "" answers 404
	asked  atomic.Int32
	agents atomic.Value
}

func publish(t *testing.T, text string) *publisher {
	p := &publisher{}
	p.text.Store(text)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked.Add(1)
		p.agents.Store(r.Header.Get("User-Agent"))
		text := p.text.Load().(string)
		tag := fmt.Sprintf(`"%d"`, len(text))
		switch {
		case text == "" || r.URL.Path != "/consolidated.xml":
			http.NotFound(w, r)
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", tag)
			fmt.Fprint(w, text)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

const listXML = `<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-0%d-01T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM>
<FIRST_NAME>ANNA</FIRST_NAME><SECOND_NAME>%s</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.900</REFERENCE_NUMBER>
<LISTED_ON>2026-01-01</LISTED_ON></INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>`

func interdict(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = cli.Run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestSyncFetchesWhatChangedAndNothingElse(t *testing.T) {
	p, dir := publish(t, fmt.Sprintf(listXML, 1, "BERG")), t.TempDir()
	sync := func() (int, string, string) {
		return interdict(t, "register", "sync", "un", "--from", p.URL, "--data", dir)
	}
	if code, out, errs := sync(); code != 0 || !strings.Contains(out, "in force: snapshot") {
		t.Fatalf("first: %d\n%s%s", code, out, errs)
	}
	if agent := p.agents.Load().(string); !strings.HasPrefix(agent, "interdict/") {
		t.Errorf("asked as %q", agent)
	}
	if code, out, errs := sync(); code != 0 || !strings.Contains(out, "not modified") {
		t.Fatalf("second: %d\n%s%s", code, out, errs)
	}
	p.text.Store(fmt.Sprintf(listXML, 2, "BERG-STERN"))
	if code, out, errs := sync(); code != 0 || !strings.Contains(out, "1 kept; 0 of these under another key or reference, 1 with other content") {
		t.Fatalf("third: %d\n%s%s", code, out, errs)
	}
	if n := p.asked.Load(); n != 3 {
		t.Errorf("asked %d times", n)
	}
}

func TestSyncThatFailsLeavesTheOldListInForce(t *testing.T) {
	p, dir := publish(t, fmt.Sprintf(listXML, 1, "BERG")), t.TempDir()
	args := []string{"register", "sync", "un", "--from", p.URL, "--data", dir}
	if code, out, errs := interdict(t, args...); code != 0 {
		t.Fatalf("%s%s", out, errs)
	}
	_, before, _ := interdict(t, "register", "status", "--json", "--data", dir)
	for name, text := range map[string]string{
		"a file that is gone":      "",
		"a page instead of a list": "<html>be back soon</html>",
	} {
		p.text.Store(text)
		if code, _, errs := interdict(t, args...); code != 2 || errs == "" {
			t.Errorf("%s: exit %d, %q", name, code, errs)
		}
		if _, after, _ := interdict(t, "register", "status", "--json", "--data", dir); after != before {
			t.Errorf("%s changed the register:\n%s%s", name, before, after)
		}
	}
	p.text.Store(`<CONSOLIDATED_LIST dateGenerated="2026-03-01T00:00:00Z"><INDIVIDUALS/><ENTITIES/></CONSOLIDATED_LIST>`)
	if code, out, _ := interdict(t, args...); code != 2 || !strings.Contains(out, "pending") {
		t.Errorf("an empty list: exit %d\n%s", code, out)
	}
}

func TestSyncRefusesASourceWithoutAnAddress(t *testing.T) {
	if code, _, errs := interdict(t, "register", "sync", "starter", "--data", t.TempDir()); code != 2 || !strings.Contains(errs, "register load starter") {
		t.Errorf("exit %d, %q", code, errs)
	}
}

func TestFetchAsksAgainOnlyWhatMayPass(t *testing.T) {
	for _, x := range []struct {
		name   string
		codes  []int // answers in turn; the last one stays
		asked  int
		kind   fault.Kind
		waited []time.Duration
	}{
		{"a good answer", []int{200}, 1, fault.Internal, nil},
		{"a server that recovers", []int{503, 200}, 2, fault.Internal, []time.Duration{7 * time.Second}},
		{"a server that does not", []int{503}, 3, fault.Unavailable, []time.Duration{7 * time.Second, 7 * time.Second}},
		{"too many requests", []int{429, 200}, 2, fault.Internal, []time.Duration{7 * time.Second}},
		{"a file that is not there", []int{404}, 1, fault.Unavailable, nil},
		{"a door that is closed", []int{403}, 1, fault.Unavailable, nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			asked := 0
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(x.codes[min(asked, len(x.codes)-1)])
				asked++
				fmt.Fprint(w, "text")
			}))
			defer s.Close()
			body, _, waited, err := cli.Fetch(t.Context(), s.URL, "", 100)
			if asked != x.asked || !slices.Equal(waited, x.waited) {
				t.Errorf("asked %d times, waited %v", asked, waited)
			}
			if x.kind == fault.Internal && (err != nil || string(body) != "text") {
				t.Errorf("body %q, error %v", body, err)
			}
			if x.kind != fault.Internal && fault.KindOf(err) != x.kind {
				t.Errorf("error %v, want %v", err, x.kind)
			}
		})
	}
}

func TestFetchRefusesWhatIsTooLargeOrEmpty(t *testing.T) {
	for text, ok := range map[string]bool{"12345": true, "123456": false, "": false} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }))
		if _, _, _, err := cli.Fetch(t.Context(), s.URL, "", 5); (err == nil) != ok {
			t.Errorf("%q: error %v", text, err)
		}
		s.Close()
	}
}

func TestFetchStopsWhenItIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { cancel() }))
	defer s.Close()
	if _, _, waited, err := cli.Fetch(ctx, s.URL, "", 5); err == nil || len(waited) > 0 {
		t.Errorf("waited %v, error %v", waited, err)
	}
}

func TestEveryFeedIsASourceAtAnEncryptedAddress(t *testing.T) {
	known := cli.SourceIDs()
	for source, urls := range cli.Feeds() {
		if !slices.Contains(known, source) {
			t.Errorf("no source %s", source)
		}
		for _, s := range urls {
			if u, err := url.Parse(s); err != nil || u.Scheme != "https" || u.Host == "" {
				t.Errorf("%s: %s", source, s)
			}
		}
	}
}

func TestNoTwoSourcesShareAName(t *testing.T) {
	ids := cli.SourceIDs()
	slices.Sort(ids)
	if n := len(ids); n != len(slices.Compact(ids)) {
		t.Errorf("sources %v", ids)
	}
}
