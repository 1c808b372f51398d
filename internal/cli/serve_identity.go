package cli

import (
	"context"

	"interdict/internal/signin"
)

// identities asks the OpenID Connect provider for its addresses and keys.
func (s serving) identities(ctx context.Context, a *authority, url string) (*signin.Identities, error) {
	secret := ""
	if s.idSecret != "" {
		var err error
		if secret, err = readSecret(s.idSecret); err != nil {
			return nil, err
		}
	}
	return a.clerk.Gate.Discover(ctx, signin.Provider{
		Issuer: s.issuer, ClientID: s.client, ClientSecret: secret, Redirect: url + "/v1/sign-in/identity/return",
	})
}
