package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

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
	"petition": {"petition.read"}, "review": {"review.read"}, "erasure": {"erasure.read"},
	"edition": {"edition.read"}, "acknowledgement": {"acknowledgement.read"}, "report": {"report.read"},
	"subscription": {"subscription.read"},
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
	case op.OperationID == "sign_in_password":
		return m.toEverybody(probe{method: method, path: path, body: body{"person": "{id}", "password": "wrong", "code": "000000"}})
	case op.OperationID == "begin_sign_in_passkey", op.OperationID == "sign_out":
		return func(asker) {} // they ask about nobody and show nothing
	case op.Tags[0] == "sign-in":
		return func(who asker) {
			if got := m.ask(who, probe{method: method, path: path, body: body{"code": "wrong"}}, ""); got.status != http.StatusUnauthorized && got.status != http.StatusUnprocessableEntity {
				m.t.Errorf("%q: %s with a wrong code: %d %s", who.id, path, got.status, got.body)
			}
		}
	case op.OperationID == "who_am_i":
		return func(who asker) {
			if got := m.ask(who, probe{method: method, path: path}, ""); (got.status == http.StatusOK) != (who.id != "") {
				m.t.Errorf("%q asks who that is: %d", who.id, got.status)
			}
		}
	case op.Tags[0] == "credential":
		return m.credentials(op.OperationID, probe{method: method, path: strings.ReplaceAll(strings.ReplaceAll(path, "{id}", "none"), "{person}", "{id}")})
	case op.OperationID == "list_duplicates":
		return m.ofMaterials(path, "material.read")
	case op.OperationID == "list_requests":
		return m.requests(path)
	case op.OperationID == "read_deliveries":
		return m.reading("edition", path)
	case op.OperationID == "read_hints":
		return m.reading("subscription", path)
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
	case op.OperationID == "read_effectiveness":
		return m.effectiveness(probe{method: method, path: path})
	case op.OperationID == "read_audit":
		return m.ofTheHouse("audit.read", probe{method: method, path: path + "?of=dossier/{id}"})
	case op.OperationID == "screen_name":
		return m.ofTheHouse("screen.name", probe{method: method, path: path, body: body{"subject": someone("Islamic State")}})
	case op.OperationID == "screen_document", op.OperationID == "screen_payment":
		p := probe{method: method, path: path + "?name=a.txt", body: body{}, headers: []string{"Content-Type", "application/octet-stream"}}
		return m.ofTheHouse(strings.ReplaceAll(op.OperationID, "_", "."), p)
	case verb == "pack" && reads[kind] != nil:
		return m.reading(kind, path)
	case method == http.MethodGet && verb == "list":
		return m.lists(kind)
	case method == http.MethodGet && verb == "read" && reads[kind] != nil:
		return m.reading(kind, path)
	}
	return nil
}

// toEverybody sends something that needs nobody signed in, about a person who is
// here and about one who is not: the answers are the same.
func (m *matrix) toEverybody(p probe) func(asker) {
	return func(who asker) {
		got, absent := m.ask(who, p, "analyst-1"), m.ask(who, p, "nobody-1")
		if got.status != absent.status || got.body != absent.body || got.header != absent.header {
			m.t.Errorf("%q: %s tells who is here:\n%+v\n%+v", who.id, p.path, got, absent)
		}
	}
}

// credentials keeps the credentials of oneself, of another person and of a machine.
func (m *matrix) credentials(operation string, p probe) func(asker) {
	action := map[string]string{"list_credentials": "credential.list", "invite": "credential.invite", "revoke_credential": "credential.revoke", "issue_key": "credential.equip"}[operation]
	if action == "" {
		return nil
	}
	p.body = body{"reason": "test"}
	if operation == "issue_key" {
		p.body = body{"person": "{id}", "scope": []string{"material.submit"}, "label": "test"}
	}
	return func(who asker) {
		if who.id == "late" {
			return // everybody keeps his own; the page has no column for who holds no role
		}
		for _, of := range []string{who.id, "member-2", "machine-bank"} {
			own := of == who.id && of != ""
			on := object{kind: "credential", id: of}
			if own {
				on.team = []string{of}
			}
			act := action
			if own && act == "credential.equip" {
				act = "credential.add"
			}
			allowed := m.page.allows(m.t, who, act, on)
			switch {
			case of == "" || allowed && who.columns[0] == "administrator" && own:
				continue // access_test says why nobody invites himself
			case operation == "issue_key" && !own && of == "member-2":
				allowed = false // only a machine is equipped
			}
			m.check(who, p, on, allowed)
		}
	}
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

// ofMaterials asks for something of every material.
func (m *matrix) ofMaterials(path, action string) func(asker) {
	return func(who asker) {
		for _, on := range m.objects {
			if on.kind == "material" {
				m.check(who, probe{method: http.MethodGet, path: path}, on, m.page.allows(m.t, who, action, on))
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
	case "erasure.request": // of anything, by its id
		return m.naming(c.Name, path, "petition", "", body{"of": "petition/{id}"})
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
			known := on.public || sight == "" || m.page.allows(m.t, who, sight, on)
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

// effectiveness asks for the numbers of the whole house: there is one report, and
// who may not read it hears of none.
func (m *matrix) effectiveness(p probe) func(asker) {
	return func(who asker) {
		want := http.StatusNotFound
		switch {
		case who.id == "":
			want = http.StatusUnauthorized
		case m.page.allows(m.t, who, "effectiveness.read", object{owner: "commission"}):
			want = http.StatusOK
		}
		if got := m.ask(who, p, ""); got.status != want || want == http.StatusNotFound && !strings.Contains(got.body, "there is no such thing") {
			m.t.Errorf("%q asks for the effectiveness report: %d, want %d: %s", who.id, got.status, want, got.body)
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
