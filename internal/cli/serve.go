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

	"interdict/internal/api"
	"interdict/internal/fault"
)

// serving is how the server is to be seen.
type serving struct {
	listen, ready, host      string
	cert, key, clientCA      string
	issuer, client, idSecret string
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
		f.StringVar(&s.listen, "listen", "127.0.0.1:8080", "the `ADDRESS` to listen on")
		f.StringVar(&s.ready, "ready", "", "write the server's URL to `FILE` once it listens")
		f.StringVar(&s.host, "host", "localhost", "the `DOMAIN` under which browsers see it; passkeys are bound to it")
		f.StringVar(&s.cert, "tls-cert", "", "the `FILE` of the TLS certificate")
		f.StringVar(&s.key, "tls-key", "", "the `FILE` of its key")
		f.StringVar(&s.clientCA, "client-ca", "", "the `FILE` of the authorities whose client certificates are looked at")
		f.StringVar(&s.issuer, "oidc-issuer", "", "the `URL` of an OpenID Connect provider")
		f.StringVar(&s.client, "oidc-client", "", "our client `ID` there")
		f.StringVar(&s.idSecret, "oidc-secret", "", "the `FILE` of our client secret there")
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
	scheme := "http"
	if s.cert != "" {
		scheme = "https"
	}
	url := fmt.Sprintf("%s://%s", scheme, l.Addr())
	a, err := openAuthority(ctx, c, p, s.host, originOf(scheme, s.host, l.Addr()))
	if err != nil {
		return err
	}
	defer a.Close()
	mux := http.NewServeMux()
	config := api.Config{Clerk: a.clerk, Version: readBuild().Version, Identify: api.ByGate(a.clerk, time.Now), Ready: a.ready}
	if s.issuer != "" {
		if config.Identities, err = s.identities(ctx, a, url); err != nil {
			return err
		}
	}
	api.Mount(mux, config)
	mux.Handle("/list/", http.StripPrefix("/list", a.feed))
	server := &http.Server{
		Handler: http.NewCrossOriginProtection().Handler(mux), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	server.RegisterOnShutdown(a.feed.Close) // streams of events end by themselves never
	if server.TLSConfig, err = s.tls(); err != nil {
		return err
	}
	if _, err := a.clerk.PublishList(ctx); err != nil { // what was decided when the last process died
		return err
	}
	if err := a.clerk.NoteRegister(ctx); err != nil {
		return err
	}
	if err := a.clerk.FinishErasures(ctx); err != nil {
		return err
	}
	go a.tick(ctx)
	fmt.Fprintf(c.err, "interdict serves on %s\n", url)
	if s.ready != "" {
		if err := os.WriteFile(s.ready, []byte(url+"\n"), 0o644); err != nil {
			return fault.As(fault.Unavailable, err)
		}
	}
	return untilDone(ctx, server, l)
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
