package web

import (
	"slices"
	"strings"

	"interdict/internal/access"
	"interdict/internal/signin"
)

// credentialWords are what somebody signs in with, as keys of messages.
var credentialWords = map[signin.Kind]string{
	signin.Code: "enrolment code", signin.Password: "password with one-time codes", signin.Passkey: "passkey",
	signin.Identity: "identity at a provider", signin.Key: "API key", signin.Certificate: "client certificate",
}

func scopeText(all []access.Action) string {
	words := make([]string, len(all))
	for i, a := range all {
		words[i] = string(a)
	}
	return strings.Join(words, ", ")
}

// hasPassword reports whether the reader has a password that is good.
func (p mePage) hasPassword(v *visit) bool {
	return slices.ContainsFunc(p.Held, func(h signin.Held) bool { return h.Kind == signin.Password && v.good(h) })
}
