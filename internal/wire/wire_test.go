package wire_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"interdict/internal/fault"
	"interdict/internal/wire"
)

// certificate writes a certificate of 127.0.0.1 that signs itself, and its key.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	x := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "hub"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, x, x, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	pkcs, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return file(t, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), file(t, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs}))
}

func file(t *testing.T, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestAHubLetsInWhoHasItsTokenOverTLS, and nobody else.
func TestAHubLetsInWhoHasItsTokenOverTLS(t *testing.T) {
	cert, key := certificate(t)
	foreign, _ := certificate(t)
	token, wrong := file(t, []byte(strings.Repeat("t", 32)+"\n")), file(t, []byte(strings.Repeat("w", 32)+"\n"))
	hub, err := wire.Open(wire.Hub{Dir: t.TempDir(), Listen: "127.0.0.1:0", Credentials: token, Cert: cert, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	if err := hub.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	url := hub.URL()
	if !strings.HasPrefix(url, "tls://127.0.0.1:") {
		t.Errorf("the hub says it is at %s", url)
	}
	plain := "nats" + strings.TrimPrefix(url, "tls")
	for name, x := range map[string]struct {
		far  wire.Far
		kind fault.Kind
		ok   bool
	}{
		"token and TLS":         {wire.Far{URL: url, Credentials: token, CA: cert}, 0, true},
		"no token":              {wire.Far{URL: url, CA: cert}, fault.Unavailable, false},
		"another token":         {wire.Far{URL: url, Credentials: wrong, CA: cert}, fault.Unavailable, false},
		"an unknown signer":     {wire.Far{URL: url, Credentials: token}, fault.Unavailable, false},
		"another signer":        {wire.Far{URL: url, Credentials: token, CA: foreign}, fault.Unavailable, false},
		"a CA without any":      {wire.Far{URL: url, Credentials: token, CA: token}, fault.Invalid, false},
		"no such file":          {wire.Far{URL: url, Credentials: token + "x", CA: cert}, fault.Invalid, false},
		"a key that is missing": {wire.Far{URL: url, Credentials: token, CA: cert, Cert: cert}, fault.Invalid, false},
		"plain, with the CA":    {wire.Far{URL: plain, Credentials: token, CA: cert}, 0, true}, // TLS all the same
	} {
		l, err := wire.Dial(x.far)
		if err == nil {
			err = l.Ready(t.Context())
			l.Close()
		}
		if x.ok != (err == nil) || err != nil && fault.KindOf(err) != x.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestALineNeverFallsBackFromTLS: a hub without it is refused by who asks for it.
func TestALineNeverFallsBackFromTLS(t *testing.T) {
	cert, _ := certificate(t)
	hub, err := wire.Open(wire.Hub{Dir: t.TempDir(), Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	for _, far := range []wire.Far{{URL: hub.URL(), CA: cert}, {URL: "tls" + strings.TrimPrefix(hub.URL(), "nats")}} {
		if _, err := wire.Dial(far); err == nil {
			t.Errorf("%+v is let in without TLS", far)
		}
	}
}

func TestAHubThatListensNowhereHasNoAddress(t *testing.T) {
	hub, err := wire.Open(wire.Hub{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	if hub.URL() != "" || hub.Ready(t.Context()) != nil || !hub.Up() {
		t.Errorf("URL %q, up %v", hub.URL(), hub.Up())
	}
}
