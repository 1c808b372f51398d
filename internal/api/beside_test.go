package api_test

import (
	"fmt"
	"net/http"
	"strings"
)

// beside asks for things by the side door: named in a command on another thing,
// as of a time before one was told, in the minutes of a session.
func (m *matrix) beside() {
	analyst := asker{"analyst-1", "commission", []string{"analyst"}}
	other, red, escalated := m.of("dossier", 1), m.of("material", 3), m.of("alert", 0)
	span := body{"material": "{id}", "document": "x", "start": 0, "end": 1}
	for _, x := range []struct {
		command, id string
		hidden      object
		body        body
	}{
		{"dossier.merge", m.dossID, other, body{"into": "{id}", "reason": "the same"}},
		{"material.link_mention", m.ids[0], other, body{"key": "1", "dossier": "{id}", "reason": "the same"}},
		{"alert.escalate", escalated.id, other, body{"dossier": "{id}", "reason": "belongs there"}},
		{"dossier.allege", m.dossID, red, body{"key": "x", "ground": "act", "element": "part", "text": "x", "assertion": "fact", "spans": []body{span}}},
		{"dossier.say", m.dossID, red, body{"key": "x", "party": "P", "field": "f", "value": "v", "span": span}},
		{"decision.draft", "", other, body{"dossier": "{id}", "measure": "freeze", "open": "because"}},
	} {
		m.check(analyst, probe{method: http.MethodPost, path: path(x.command, x.id), body: x.body}, x.hidden, false)
	}

	bank := asker{"liaison-bank", "bank", []string{"liaison"}}
	asked := m.of("dossier", 0)
	m.check(bank, probe{method: http.MethodGet, path: "/v1/dossiers/{id}"}, asked, true)
	opened, err := m.store.Stream(m.t.Context(), "dossier/"+m.dossID, 0)
	must(m.t, err)
	m.check(bank, probe{method: http.MethodGet, path: fmt.Sprint("/v1/dossiers/{id}?as_of=", opened[0].Index)}, asked, false)

	sat := m.of("session", 0)
	for who, sees := range map[string]bool{"member-2": true, "member-7": false} {
		got := m.ask(asker{id: who}, probe{method: http.MethodGet, path: "/v1/sessions/" + sat.id}, "")
		if got.status != http.StatusOK || strings.Contains(got.body, m.dossID) != sees {
			m.t.Errorf("%s, recused from the item or not, reads the minutes: %d %s", who, got.status, got.body)
		}
	}
}

// of is a thing of a kind by its place among them.
func (n *town) of(kind string, place int) object {
	n.t.Helper()
	for _, o := range n.objects {
		if o.kind == kind {
			if place--; place < 0 {
				return o
			}
		}
	}
	n.t.Fatalf("the town has no such %s", kind)
	return object{}
}
