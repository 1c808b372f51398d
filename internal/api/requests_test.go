package api_test

import (
	"encoding/json"
	"net/http"

	"interdict/internal/clerk"
)

// requests: everybody who is signed in may ask what he was asked; he is told of
// cases only whose requests the page lets him see.
func (m *matrix) requests(path string) func(asker) {
	return func(who asker) {
		got := m.ask(who, probe{method: http.MethodGet, path: path}, "")
		if who.id == "" {
			if got.status != http.StatusUnauthorized {
				m.t.Errorf("nobody asks what he was asked: %d", got.status)
			}
			return
		}
		var answer struct{ Requests []clerk.Request }
		if got.status != http.StatusOK || json.Unmarshal([]byte(got.body), &answer) != nil {
			m.t.Errorf("%s asks what he was asked: %d %s", who.id, got.status, got.body)
			return
		}
		for _, r := range answer.Requests {
			for _, on := range m.objects {
				if on.id == r.Dossier && !m.page.allows(m.t, who, "request.list", on) {
					m.t.Errorf("%s is told of a request in %s; docs/access.md says nothing of the kind", who.id, r.Dossier)
				}
			}
		}
	}
}
