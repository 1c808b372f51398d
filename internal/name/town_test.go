package name_test

import (
	"testing"

	"interdict/internal/name"
)

// An adjective made of a place is also the place, in organisations only.
func TestTowns(t *testing.T) {
	for text, want := range map[string]string{
		"Kazansky": "kazan", "Novosibirskaya": "novosibirsk", "Казанский": "kazan", "Новосибирская": "novosibirsk", "Mekhanicheskiy": "", "Omsky": "", "Sky": "",
	} {
		has := func(k name.Kind) bool {
			for _, a := range name.Analyse(text, k).Positions[0].Alts {
				if a.Surface == want {
					return true
				}
			}
			return want == "" && len(name.Analyse(text, k).Positions[0].Alts) < 2
		}
		if !has(name.AsOrganisation) {
			t.Errorf("%s of an organisation is not %q", text, want)
		}
		if want != "" && has(name.AsPerson) {
			t.Errorf("%s of a person is %q", text, want)
		}
	}
}
