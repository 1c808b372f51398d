package api_test

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// TestNeedToKnow asks for everything as everybody: each route of the API as it
// is mounted, each command, on each thing. What docs/access.md allows is not
// answered as missing; everything else is answered, to the byte, as what is not
// there is, by about as many questions to the database.
func TestNeedToKnow(t *testing.T) {
	var a asked
	n := buildTown(t, &a)
	m := &matrix{town: n, page: readRights(t), asked: &a, absent: map[string]answerOf{}}
	for path, item := range n.routes.Paths {
		for method, op := range map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodDelete: item.Delete, http.MethodPut: item.Put} {
			if op == nil {
				continue
			}
			expect := m.expectation(method, path, op)
			if expect == nil {
				t.Errorf("%s %s (%s) has no expectation: say in expectation what docs/access.md lets whom do there", method, path, op.OperationID)
				continue
			}
			for _, who := range n.people {
				expect(who)
			}
		}
	}
	if m.denied < 2000 || m.allowed < 300 {
		t.Errorf("%d answers were denied and %d allowed: is the town empty?", m.denied, m.allowed)
	}
	m.beside()
	m.closed()
	t.Logf("%d allowed, %d denied", m.allowed, m.denied)
}

// closed compares what a list says of its rows with what reading them answers.
func (m *matrix) closed() {
	said := map[bool]int{}
	for _, who := range m.people {
		if who.id == "" {
			continue
		}
		reader := clerk.Order{By: roster.PersonID(who.id), Purpose: "test of need to know"}
		for _, kind := range []string{"material", "dossier", "decision", "session", "petition", "alert", "report"} {
			for _, purpose := range []string{reader.Purpose, ""} {
				page, err := m.clerk.List(m.t.Context(), clerk.Order{By: reader.By, Purpose: purpose}, kind, "", "", 100)
				must(m.t, err)
				for _, row := range page.Rows {
					_, err := m.clerk.Read(m.t.Context(), reader, kind, row.ID, clerk.When{})
					if missing := fault.KindOf(err) == fault.NotFound && err != nil; missing != row.Closed {
						m.t.Errorf("%s, %s %s, purpose %q: closed is %v, and reading it says %v", who.id, kind, row.ID, purpose, row.Closed, err)
					}
					said[row.Closed]++
				}
			}
		}
	}
	if said[true] == 0 || said[false] == 0 {
		m.t.Errorf("rows closed and open: %v: is the town empty?", said)
	}
}

type matrix struct {
	*town
	page            rights
	asked           *asked
	absent          map[string]answerOf // by person and route
	allowed, denied int
}

// answerOf is an answer with what it took.
type answerOf struct {
	status int
	header string
	body   string
	asked  int64
}

// probe is a request about a thing.
type probe struct {
	method, path string // {id} stands for the thing
	body         body
	headers      []string
}

// check asks about a thing and about one of the kind that is not there.
func (m *matrix) check(who asker, p probe, on object, allowed bool) {
	key := who.id + " " + p.method + " " + p.path + " " + strings.Join(p.headers, " ") + fmt.Sprint(p.body)
	absent, ok := m.absent[key]
	if !ok {
		absent = m.ask(who, p, m.idLike(on))
		m.absent[key] = absent
	}
	m.compare(who, p, on, allowed && who.id != "", m.ask(who, p, on.id), absent)
}

func (m *matrix) compare(who asker, p probe, on object, allowed bool, got, absent answerOf) {
	m.t.Helper()
	where := fmt.Sprintf("%q: %s %s on %s %s", cmp.Or(who.id, "nobody"), p.method, p.path, on.kind, on.id)
	if allowed {
		if m.allowed++; got.status == http.StatusNotFound && got.body == absent.body || got.status >= http.StatusInternalServerError || got.status == http.StatusUnauthorized {
			m.t.Errorf("%s: docs/access.md allows it, and it is answered %d %s", where, got.status, got.body)
		}
		return
	}
	m.denied++
	want := http.StatusNotFound
	if who.id == "" {
		want = http.StatusUnauthorized
	}
	switch {
	case got.status != want:
		m.t.Errorf("%s: docs/access.md does not allow it, and it is answered %d %s", where, got.status, got.body)
	case got.status != absent.status, got.body != absent.body, got.header != absent.header:
		m.t.Errorf("%s: told from what is not there:\n%d %s%s\n%d %s%s", where, got.status, got.header, got.body, absent.status, absent.header, absent.body)
	case on.kind != "credential" && (got.asked > 2*absent.asked || absent.asked > 2*got.asked):
		m.t.Errorf("%s: %d questions to the database, %d about what is not there", where, got.asked, absent.asked)
	}
}

// ask sends a probe about a thing. In the answer the thing is called ID.
func (m *matrix) ask(who asker, p probe, id string) answerOf {
	m.t.Helper()
	text, err := json.Marshal(p.body)
	must(m.t, err)
	text = bytes.ReplaceAll(text, []byte("{id}"), []byte(id))
	r := httptest.NewRequestWithContext(m.t.Context(), p.method, strings.ReplaceAll(p.path, "{id}", id), bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Purpose", "test of need to know")
	if who.id != "" {
		r.Header.Set("Authorization", "Bearer "+who.id)
	}
	for i := 0; i+1 < len(p.headers); i += 2 {
		r.Header.Set(p.headers[i], p.headers[i+1])
	}
	before := m.asked.Load()
	w := httptest.NewRecorder()
	m.mux.ServeHTTP(w, r)
	out := answerOf{status: w.Code, body: w.Body.String(), asked: m.asked.Load() - before}
	if id != "" { // whole words, for an index may be one digit
		out.body = regexp.MustCompile(`\b`+id+`\b`).ReplaceAllString(out.body, "ID")
	}
	var header bytes.Buffer
	must(m.t, w.Header().Write(&header))
	out.header = header.String()
	return out
}

// idLike is an id as the thing's that nothing has.
func (m *matrix) idLike(on object) string {
	var random [10]byte
	rand.Read(random[:])
	return absentID(on.kind, random)
}
