package mutate_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"interdict/internal/mutate"
	"interdict/internal/script"
)

func TestProseFollowsFromItsSeedAndIsInItsScript(t *testing.T) {
	for _, tt := range []struct {
		language mutate.Language
		script   string
	}{{mutate.English, "Latn"}, {mutate.Russian, "Cyrl"}} {
		text := tt.language.Prose(7, 20_000)
		if text != tt.language.Prose(7, 20_000) || text == tt.language.Prose(8, 20_000) {
			t.Errorf("%s prose does not follow from its seed", tt.script)
		}
		if len(text) < 20_000 || len(text) > 30_000 || !utf8.ValidString(text) {
			t.Errorf("%s prose has %d bytes", tt.script, len(text))
		}
		if got := script.Of(text); got != tt.script {
			t.Errorf("prose is in %s, want %s", got, tt.script)
		}
		if n := strings.Count(text, "\n\n"); n < 10 {
			t.Errorf("%d paragraphs", n)
		}
	}
}
