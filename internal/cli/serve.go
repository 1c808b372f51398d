package cli

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"interdict/internal/fault"
)

// serving is how the server is to be seen.
type serving struct {
	listen, ready, host      string
	cert, key, clientCA      string
	issuer, client, idSecret string
	fonts                    string
	enter                    string // page on which a visitor of the demo chooses whom to be
}

var serveVerb = verb{
	name:  "serve",
	short: "serve the commission's work over HTTP",
	long: `The API is described at /openapi.json; /healthz says that the process lives, /readyz that it can work.
Found a commission first (commission found). Without --tls-cert only this machine can reach it; put it behind a
proxy that speaks TLS, or name a certificate. With --client-ca machines may come with client certificates.
With --oidc-issuer people may sign in with their identity there, once they added it.`,
	examples: []string{
		"serve",
		"serve --data /var/lib/interdict --listen :8443 --host commission.example --tls-cert cert.pem --tls-key key.pem",
		"serve --postgres postgres://interdict@db.example/interdict --keys /etc/interdict/keys",
	},
	data: true,
	setup: func(f *flag.FlagSet) action {
		place := ledgerFlags(f)
		var s serving
		s.flags(f, "127.0.0.1:8080")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 {
				return false, wrongUsage("serve takes no argument, but was given %q", args[0])
			}
			return false, serve(ctx, c, place.at(c), s)
		}
	},
}

// serve serves until the context ends, then lets requests under way finish.
func serve(ctx context.Context, c *call, p ledgerPlace, s serving) error {
	l, err := net.Listen("tcp", s.listen)
	if err != nil {
		return fault.As(fault.Unavailable, err)
	}
	defer l.Close()
	url, origin := s.seenAt(l.Addr())
	a, err := openAuthority(ctx, c, p, s.host, origin)
	if err != nil {
		return err
	}
	defer a.Close()
	a.clerk.Loopback = s.onlyHere(l.Addr())
	if err := a.publishes(p); err != nil {
		return err
	}
	mux, err := a.faces(ctx, s, url, nil)
	if err != nil {
		return err
	}
	return a.serveOn(ctx, c, l, s, mux)
}

// seenAt returns the URL of what is listened on, and the origin that browsers see.
func (s serving) seenAt(addr net.Addr) (url, origin string) {
	scheme := "http"
	if s.cert != "" {
		scheme = "https"
	}
	return fmt.Sprintf("%s://%s", scheme, addr), originOf(scheme, s.host, addr)
}

func originOf(scheme, host string, addr net.Addr) string {
	if _, port, err := net.SplitHostPort(addr.String()); err == nil && host == "localhost" {
		return scheme + "://" + net.JoinHostPort(host, port)
	}
	return scheme + "://" + host
}

func untilDone(ctx context.Context, server *http.Server, l net.Listener) error {
	ended := make(chan error, 1)
	go func() {
		if server.TLSConfig != nil {
			ended <- server.ServeTLS(l, "", "")
			return
		}
		ended <- server.Serve(l)
	}()
	select {
	case err := <-ended:
		return fault.As(fault.Unavailable, err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// tls returns the settings of TLS, nil without a certificate.
func (s serving) tls() (*tls.Config, error) {
	if s.cert == "" {
		if s.clientCA != "" {
			return nil, wrongUsage("--client-ca wants --tls-cert and --tls-key")
		}
		return nil, nil
	}
	cert, err := tls.LoadX509KeyPair(s.cert, s.key)
	if err != nil {
		return nil, fault.As(fault.Invalid, fmt.Errorf("reading the TLS certificate: %w", err))
	}
	config := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	if s.clientCA == "" {
		return config, nil
	}
	text, err := os.ReadFile(s.clientCA)
	if err != nil {
		return nil, fault.As(fault.Invalid, err)
	}
	config.ClientCAs, config.ClientAuth = x509.NewCertPool(), tls.VerifyClientCertIfGiven
	if !config.ClientCAs.AppendCertsFromPEM(text) {
		return nil, fault.New(fault.Invalid, "%s holds no certificate", s.clientCA)
	}
	return config, nil
}

// ready reports whether the ledger can be read.
func (a *authority) ready(ctx context.Context) error {
	_, err := a.clerk.Store.Head(ctx)
	return err
}

// tick lets the clocks run and takes up registers that others loaded, until the
// context ends.
func (a *authority) tick(ctx context.Context) {
	every := time.NewTicker(10 * time.Second)
	defer every.Stop()
	for {
		if _, err := a.clerk.Tick(ctx); err != nil && ctx.Err() == nil {
			slog.Error("clocks", "error", err)
		}
		if err := a.lookout.Reload(); err != nil && ctx.Err() == nil {
			slog.Error("register", "error", err)
		} else if err := a.clerk.NoteRegister(ctx); err != nil && ctx.Err() == nil {
			slog.Error("register", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}
