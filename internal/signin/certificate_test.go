package signin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/signin"
)

// certificate returns a certificate of a key, good for an hour.
func certificate(t *testing.T, key *ecdsa.PrivateKey, from time.Time) *x509.Certificate {
	t.Helper()
	form := &x509.Certificate{SerialNumber: big.NewInt(from.Unix()), Subject: pkix.Name{CommonName: "robot"}, NotBefore: from, NotAfter: from.Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCertificates(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	var keys []*ecdsa.PrivateKey
	for range 3 {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
	}
	mine, theirs := certificate(t, keys[0], day), certificate(t, keys[1], day)
	grant := signin.Grant{Person: "robot", Scope: []access.Action{access.MaterialSubmit}, Until: day.AddDate(0, 6, 0)}
	h.do(h.gate.MapCertificate(ctx, day, mine, grant))
	grant.Person = "other"
	h.do(h.gate.MapCertificate(ctx, day, theirs, grant))

	who, err := h.gate.Certificate(ctx, day, mine)
	if err != nil || who.Person != "robot" || len(who.Scope) != 1 {
		t.Fatalf("%+v, %v", who, err)
	}
	if who, err := h.gate.Certificate(ctx, day, theirs); err != nil || who.Person != "other" {
		t.Errorf("%+v, %v", who, err)
	}
	renewed := certificate(t, keys[0], day.Add(2*time.Hour))
	if who, err := h.gate.Certificate(ctx, day.Add(2*time.Hour), renewed); err != nil || who.Person != "robot" {
		t.Errorf("the renewed certificate of the same key: %+v, %v", who, err)
	}
	_, err = h.gate.Certificate(ctx, day.Add(2*time.Hour), mine)
	is(t, "a certificate that is over", err, fault.Forbidden)
	_, err = h.gate.Certificate(ctx, day, renewed)
	is(t, "a certificate that has not begun", err, fault.Forbidden)
	_, err = h.gate.Certificate(ctx, day, certificate(t, keys[2], day))
	is(t, "a stranger of the same name", err, fault.Forbidden)
	_, err = h.gate.MapCertificate(ctx, day, mine, grant)
	is(t, "a key that is another's", err, fault.Conflict)
	h.do(h.gate.Revoke(ctx, day, who.With, "key lost"))
	_, err = h.gate.Certificate(ctx, day, mine)
	is(t, "a revoked key", err, fault.Forbidden)
}
