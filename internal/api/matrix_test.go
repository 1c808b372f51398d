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
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
)

// reads are the actions any of which shows something of a kind.
var reads = map[string][]string{
	"roster": {"roster.read"}, "statute": {"statute.read"},
	"material": {"material.read", "material.read_closed", "material.read_work"},
	"alert":    {"alert.read"}, "exclusion": {"exclusion.read"},
	"dossier":  {"dossier.read", "dossier.read_closed", "request.read"},
	"session":  {"session.read", "session.read_ballots"},
	"decision": {"decision.read", "decision.read_closed"},
	"petition": {"petition.read"}, "review": {"review.read"},
}

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
	t.Logf("%d allowed, %d denied", m.allowed, m.denied)
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

// expectation returns what checks a route for one person, nil if nothing is
// known of it.
func (m *matrix) expectation(method, path string, op *huma.Operation) func(asker) {
	for _, c := range clerk.Commands() {
		if method == http.MethodPost && op.OperationID == strings.ReplaceAll(c.Name, ".", "_") {
			return m.command(c, path)
		}
	}
	verb, kind, _ := strings.Cut(op.OperationID, "_")
	switch {
	case op.OperationID == "read_document":
		return m.documents(path)
	case op.OperationID == "read_receipt":
		return m.receipts(path)
	case op.OperationID == "read_checkpoint":
		return func(who asker) {
			if got := m.ask(who, probe{method: method, path: path}, ""); got.status != http.StatusOK {
				m.t.Errorf("the checkpoint is public, and %q gets %d", who.id, got.status)
			}
		}
	case op.OperationID == "read_ledger":
		return m.ofTheHouse("ledger.read", probe{method: method, path: path})
	case op.OperationID == "read_audit":
		return m.ofTheHouse("audit.read", probe{method: method, path: path + "?of=dossier/{id}"})
	case op.OperationID == "screen_name":
		return m.ofTheHouse("screen.name", probe{method: method, path: path, body: body{"subject": someone("Islamic State")}})
	case op.OperationID == "screen_document":
		return m.ofTheHouse("screen.document", probe{method: method, path: path + "?name=a.txt", body: body{}, headers: []string{"Content-Type", "application/octet-stream"}})
	case method == http.MethodGet && verb == "list":
		return m.lists(kind)
	case method == http.MethodGet && verb == "read" && reads[kind] != nil:
		return m.reading(kind, path)
	}
	return nil
}

// reading reads every thing of a kind, now and as it was, and with an ETag.
func (m *matrix) reading(kind, path string) func(asker) {
	return func(who asker) {
		for _, on := range m.objects {
			if on.kind != kind {
				continue
			}
			allowed := slices.ContainsFunc(reads[kind], func(a string) bool { return m.page.allows(m.t, who, a, on) })
			m.check(who, probe{method: http.MethodGet, path: path}, on, allowed)
			m.check(who, probe{method: http.MethodGet, path: path + fmt.Sprint("?as_of=", m.lastly)}, on, allowed)
			if !allowed {
				m.check(who, probe{method: http.MethodGet, path: path + "?as_of=3"}, on, false)
				for v := range 4 {
					m.check(who, probe{method: http.MethodGet, path: path, headers: []string{"If-None-Match", fmt.Sprintf("%q", fmt.Sprint(v))}}, on, false)
				}
			}
		}
	}
}

// documents reads a document of every material.
func (m *matrix) documents(path string) func(asker) {
	return func(who asker) {
		for _, on := range m.objects {
			if on.kind == "material" {
				allowed := m.page.allows(m.t, who, "material.read_closed", on)
				if allowed && on.id != m.ids[0] {
					continue // another material, which he may read, does not enclose it
				}
				m.check(who, probe{method: http.MethodGet, path: strings.ReplaceAll(path, "{hash}", m.document)}, on, allowed)
			}
		}
	}
}

// command sends a command to every thing that it can be sent to.
func (m *matrix) command(c clerk.Command, path string) func(asker) {
	switch c.Name {
	case "exclusion.request":
		return m.naming(c.Name, path, "alert", "alert.list", body{"alert": "{id}", "hit": "none"})
	case "decision.draft":
		return m.naming(c.Name, path, "dossier", "dossier.list", body{"dossier": "{id}", "measure": "freeze"})
	case "petition.lodge":
		return m.naming(c.Name, path, "decision", "decision.list", body{"plea": "namesake", "against": "{id}", "petitioner": someone("X")})
	}
	return func(who asker) {
		if c.New {
			on := object{kind: c.Kind(), owner: who.organisation}
			m.check(who, probe{method: http.MethodPost, path: path, body: body{}}, on, m.page.allows(m.t, who, c.Name, on))
			return
		}
		for _, on := range m.objects {
			if on.kind != c.Kind() {
				continue
			}
			// Nothing has that version, so what is allowed is a conflict and changes nothing.
			p := probe{method: http.MethodPost, path: path, body: body{}, headers: []string{"If-Match", `"999999"`}}
			m.check(who, p, on, m.page.allows(m.t, who, c.Name, on))
		}
	}
}

// naming sends a command that makes something of a thing which it names: the
// command must be allowed, and the thing known.
func (m *matrix) naming(name, path, kind, sight string, b body) func(asker) {
	return func(who asker) {
		for _, on := range m.objects {
			if on.kind != kind {
				continue
			}
			of := object{owner: who.organisation, recused: on.recused}
			if name == "decision.draft" {
				of.owner = "commission"
			}
			known := on.public || m.page.allows(m.t, who, sight, on)
			m.check(who, probe{method: http.MethodPost, path: path, body: b}, on, known && m.page.allows(m.t, who, name, of))
		}
	}
}

// ofTheHouse asks for something that belongs to no case.
func (m *matrix) ofTheHouse(action string, p probe) func(asker) {
	return func(who asker) {
		allowed := m.page.allows(m.t, who, action, object{owner: who.organisation}) && who.id != ""
		for _, on := range m.objects {
			if on.kind != "dossier" {
				continue
			}
			got, absent := m.ask(who, p, on.id), m.ask(who, p, m.idLike(on))
			m.compare(who, p, on, allowed, got, absent)
		}
	}
}

// receipts asks for the proof of every entry.
func (m *matrix) receipts(path string) func(asker) {
	return func(who asker) {
		p := probe{method: http.MethodGet, path: strings.ReplaceAll(path, "{index}", "{id}")}
		absent := m.ask(who, p, "999999")
		for index := range m.lastly {
			e, err := m.store.Entry(m.t.Context(), index)
			must(m.t, err)
			kind, id, _ := strings.Cut(e.Stream, "/")
			env := m.envelope(e.Leaf)
			allowed := env.By == who.id || m.page.allows(m.t, who, "ledger.read", object{})
			if env.For == who.organisation && m.page[kind+".list"] != nil {
				for _, on := range m.objects {
					allowed = allowed || on.kind == kind && on.id == id && m.page.allows(m.t, who, kind+".list", on)
				}
			}
			about := object{kind: "receipt", id: fmt.Sprint(index, " of ", e.Stream)}
			m.compare(who, p, about, allowed && who.id != "", m.ask(who, p, fmt.Sprint(index)), absent)
		}
	}
}

// lists walks the list of a kind by pages of one: it holds what the person may
// know of, that and nothing else, and ends with it.
func (m *matrix) lists(kind string) func(asker) {
	return func(who asker) {
		if who.id == "" {
			if got := m.ask(who, probe{method: http.MethodGet, path: path(kind+".", "")}, ""); got.status != http.StatusUnauthorized {
				m.t.Errorf("nobody lists %s: %d", kind, got.status)
			}
			return
		}
		var want, got []string
		for _, on := range m.objects {
			if on.kind == kind && m.page.allows(m.t, who, kind+".list", on) {
				want = append(want, on.id)
			}
		}
		for after := ""; ; {
			page := m.list(who, kind, "limit=1&after="+after)
			for _, r := range page.Rows {
				if m.made(r.ID) {
					got = append(got, r.ID)
				}
			}
			if after = page.Next; after == "" {
				break
			}
			if len(page.Rows) == 0 {
				m.t.Errorf("%s lists %s: a cursor after an empty page tells that there is more", who.id, kind)
				break
			}
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			m.t.Errorf("%s lists of %s %q; docs/access.md says %q", who.id, kind, got, want)
		}
		if nothing := m.list(who, kind, "state=no-such-state"); len(want) == 0 && len(nothing.Rows) != 0 {
			m.t.Errorf("%s lists %s of no state: %v", who.id, kind, nothing)
		}
	}
}

// made reports whether the test knows a thing: intake raises alerts by itself.
func (m *matrix) made(id string) bool {
	return slices.ContainsFunc(m.objects, func(o object) bool { return o.id == id })
}

func (n *town) list(who asker, kind, query string) clerk.Page {
	n.t.Helper()
	status, text, _ := n.send(who.id, http.MethodGet, path(kind+".", "")+"?"+query, nil, "Purpose", "test")
	if status != http.StatusOK {
		n.t.Fatalf("%s lists %s: %d %s", who.id, kind, status, text)
	}
	var page clerk.Page
	must(n.t, json.Unmarshal(text, &page))
	return page
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
	case got.asked > 2*absent.asked || absent.asked > 2*got.asked:
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
