package cli

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"interdict/internal/api"
	"interdict/internal/fault"
	"interdict/internal/follow"
	"interdict/internal/font"
)

// flags declares how a server is to be seen.
func (s *serving) flags(f *flag.FlagSet, listen string) {
	f.StringVar(&s.listen, "listen", listen, "the `ADDRESS` to listen on")
	f.StringVar(&s.ready, "ready", "", "write the server's URL to `FILE` once it listens")
	f.StringVar(&s.host, "host", "localhost", "the `DOMAIN` under which browsers see it; passkeys are bound to it")
	f.StringVar(&s.cert, "tls-cert", "", "the `FILE` of the TLS certificate")
	f.StringVar(&s.key, "tls-key", "", "the `FILE` of its key")
	f.StringVar(&s.clientCA, "client-ca", "", "the `FILE` of the authorities whose client certificates are looked at")
	f.StringVar(&s.fonts, "fonts", "", "the `FOLDER` of the fonts that evidence packs are printed with (default: those of the system)")
	f.StringVar(&s.issuer, "oidc-issuer", "", "the `URL` of an OpenID Connect provider")
	f.StringVar(&s.client, "oidc-client", "", "our client `ID` there")
	f.StringVar(&s.idSecret, "oidc-secret", "", "the `FILE` of our client secret there")
}

// faces joins what an open data folder is seen by: the API, the pages, and the
// list if one is published here. Following tells how things stand with the
// authority that is followed; nil: none is.
func (a *authority) faces(ctx context.Context, s serving, url string, following func() (follow.Status, error)) (*http.ServeMux, error) {
	if err := font.Check(s.fonts); err != nil {
		return nil, fault.Hint(err, "name a folder with fonts by --fonts, or leave it out")
	}
	mux := http.NewServeMux()
	config := api.Config{
		Clerk: a.clerk, Version: readBuild().Version, Identify: api.ByGate(a.clerk, a.clerk.Now), Ready: a.ready, Following: following, Fonts: font.Find(s.fonts),
	}
	if s.issuer != "" {
		var err error
		if config.Identities, err = s.identities(ctx, a, url); err != nil {
			return nil, err
		}
	}
	api.Mount(mux, config)
	mountPages(mux, config, s.enter, ctx.Done())
	if a.feed != nil {
		mux.Handle("/list/", http.StripPrefix("/list", a.feed))
	}
	return mux, nil
}

// serveOn serves an open data folder on a listener until the context ends, and
// lets its clocks run. What a process that died had left undone is done first.
func (a *authority) serveOn(ctx context.Context, c *call, l net.Listener, s serving, mux *http.ServeMux) error {
	url, origin := s.seenAt(l.Addr())
	server := &http.Server{
		Handler: http.NewCrossOriginProtection().Handler(mux), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	if a.feed != nil {
		server.RegisterOnShutdown(a.feed.Close) // streams of events end by themselves never
	}
	var err error
	if server.TLSConfig, err = s.tls(); err != nil {
		return err
	}
	if err := a.catchUp(ctx); err != nil {
		return err
	}
	go a.tick(ctx)
	defer a.hint(ctx, origin)()
	fmt.Fprintf(c.err, "interdict serves on %s\n", url)
	if s.ready != "" {
		if err := os.WriteFile(s.ready, []byte(url+"\n"), 0o644); err != nil {
			return fault.As(fault.Unavailable, err)
		}
	}
	return untilDone(ctx, server, l)
}

// catchUp does what was decided when the last process died.
func (a *authority) catchUp(ctx context.Context) error {
	if _, err := a.clerk.PublishList(ctx); err != nil {
		return err
	}
	if err := a.clerk.NoteRegister(ctx); err != nil {
		return err
	}
	return a.clerk.FinishErasures(ctx)
}
