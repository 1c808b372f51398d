package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"interdict/internal/demo"
	"interdict/internal/fault"
	"interdict/internal/follow"
	"interdict/internal/publish"
	"interdict/internal/web"
)

// toldFile keeps, in the folder of a demo, where its tour leads.
const toldFile = "demo.json"

// stage is the three houses of a demo on one clock.
type stage struct {
	c       *call
	dir     string
	passing bool // the folder goes at the end
	clock   *demo.Clock
	told    demo.Told
	houses  map[demo.Server]*onStage
}

// onStage is one of them.
type onStage struct {
	*authority
	server   demo.Server
	listener net.Listener
	place    ledgerPlace
	call     *call
	serving  serving
	in       *follow.Institution // of an institution
	mux      *http.ServeMux
}

func newStage(c *call, dir string, listeners map[demo.Server]net.Listener) *stage {
	s := &stage{c: c, dir: dir, clock: demo.NewClock(), houses: map[demo.Server]*onStage{}}
	for server, l := range listeners {
		own := *c
		own.Data, own.err = filepath.Join(dir, string(server)), io.Discard // they would all say that they serve
		s.houses[server] = &onStage{
			server: server, listener: l, call: &own, place: ledgerPlace{}.at(&own),
			serving: serving{host: "localhost", enter: demo.PagePath},
		}
	}
	return s
}

func (s *stage) url(server demo.Server) string {
	return "http://" + s.houses[server].listener.Addr().String()
}

// close closes what was opened.
func (s *stage) close(err *error) {
	for _, h := range s.houses {
		h.listener.Close() // closed already, if it served
		if h.authority != nil {
			*err = errors.Join(*err, h.authority.Close())
		}
	}
}

// raise opens the houses, and tells the story where there is none.
func (s *stage) raise(ctx context.Context) error {
	text, err := os.ReadFile(filepath.Join(s.dir, toldFile))
	isNew := errors.Is(err, os.ErrNotExist)
	if err == nil {
		err = json.Unmarshal(text, &s.told)
	}
	if err != nil && !isNew {
		return fault.Hint(fault.As(fault.Corrupt, fmt.Errorf("reading the demo in %s: %w", s.dir, err)), "remove the folder, or name another one")
	}
	if _, begun := os.Stat(s.houses[demo.Authority].place.data); isNew && begun == nil {
		return fault.Hint(fault.New(fault.Conflict, "the demo in %s was broken off before its story was told", s.dir), "remove the folder, or name another one")
	}
	if err := s.authority(ctx); err != nil {
		return err
	}
	if isNew {
		return s.tell(ctx)
	}
	for _, server := range demo.Servers()[1:] {
		if err := s.open(ctx, s.houses[server]); err != nil {
			return err
		}
		if err := s.rekey(ctx, server); err != nil {
			return err
		}
	}
	return nil
}

// open opens the folder of a house, on the clock of the stage.
func (s *stage) open(ctx context.Context, h *onStage) error {
	_, origin := h.serving.seenAt(h.listener.Addr())
	var err error
	if h.authority, err = openAuthority(ctx, h.call, h.place, h.serving.host, origin); err != nil {
		return err
	}
	h.clerk.Now, h.lookout.Now, h.clerk.Loopback = s.clock.Now, s.clock.Now, true
	return nil
}

func (s *stage) authority(ctx context.Context) error {
	h := s.houses[demo.Authority]
	if err := s.open(ctx, h); err != nil {
		return err
	}
	if err := h.publishes(h.place); err != nil {
		return err
	}
	var err error
	h.mux, err = h.faces(ctx, h.serving, s.url(demo.Authority), nil)
	return err
}

// tell tells the story; institutions follow over HTTP while it is told.
func (s *stage) tell(ctx context.Context) error {
	h := s.houses[demo.Authority]
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fault.As(fault.Unavailable, err)
	}
	meanwhile := &http.Server{Handler: h.mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = meanwhile.Serve(l) }() // until it is closed
	defer meanwhile.Close()
	join := func(ctx context.Context, server demo.Server, key string) (demo.Joined, error) {
		return s.join(ctx, server, "http://"+l.Addr().String(), key)
	}
	if s.told, err = demo.Tell(ctx, demo.House{Clerk: h.clerk, Archive: h.archive, Lookout: h.lookout}, join, s.clock); err != nil {
		return err
	}
	for _, server := range demo.Servers()[1:] { // from now on at the address that stays
		if err := s.rekey(ctx, server); err != nil {
			return err
		}
	}
	text, err := json.Marshal(s.told)
	if err != nil {
		return err
	}
	return publish.Place(s.dir, toldFile, text)
}

// rekey gives an institution a new key at the authority, and has it follow there.
func (s *stage) rekey(ctx context.Context, server demo.Server) error {
	key, err := demo.MachineKey(ctx, s.houses[demo.Authority].clerk, server)
	if err != nil {
		return err
	}
	return s.follows(s.houses[server], s.url(demo.Authority), key)
}

// join opens the house of an institution that follows the authority at a URL.
func (s *stage) join(ctx context.Context, server demo.Server, url, key string) (demo.Joined, error) {
	h := s.houses[server]
	if err := s.open(ctx, h); err != nil {
		return demo.Joined{}, err
	}
	return demo.Joined{
		House: demo.House{Clerk: h.clerk, Archive: h.archive, Lookout: h.lookout}, Book: h.book(),
		Look: func(ctx context.Context) error {
			_, _, err := h.in.Look(ctx)
			return err
		},
		Key: func(key string) error { return s.follows(h, url, key) },
	}, s.follows(h, url, key)
}

func (h *onStage) book() string { return filepath.Join(h.place.data, "customers.csv") }

// follows has an institution follow the list at a URL, with a key of the authority.
func (s *stage) follows(h *onStage, url, key string) error {
	f := following{
		key: filepath.Join(s.houses[demo.Authority].place.data, listVerifierFile), book: h.book(),
		every: 5 * time.Second, place: h.place,
	}
	config, err := f.config(h.call, h.archive, h.lookout, url+"/list")
	if err != nil {
		return err
	}
	config.Now, config.Desk = s.clock.Now, &follow.Desk{URL: url, Key: key, Client: config.Client}
	h.in, err = follow.OpenInstitution(config, h.clerk, f.book)
	return err
}

// keys issues an API key for one person of each house, for a day.
func (s *stage) keys(ctx context.Context) (map[demo.Server]demo.Key, error) {
	keys := map[demo.Server]demo.Key{}
	for server, h := range s.houses {
		k, err := demo.IssueKey(ctx, h.clerk, server)
		if err != nil {
			return nil, err
		}
		keys[server] = k
	}
	return keys, nil
}

// serve serves the three until the context ends or one of them fails. Ready is
// called when all of them listen.
func (s *stage) serve(ctx context.Context, ready func() error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	urls := map[demo.Server]string{}
	for server := range s.houses {
		urls[server] = s.url(server)
	}
	var running sync.WaitGroup
	ended := make(chan error, len(s.houses))
	for _, h := range s.houses {
		if err := s.mount(ctx, h, urls); err != nil {
			return err
		}
	}
	for server, h := range s.houses {
		if h.in != nil {
			running.Go(func() { h.in.Run(ctx, tellRefusals(server)) })
		}
		running.Go(func() {
			ended <- h.serveOn(ctx, h.call, h.listener, h.serving, h.mux)
			cancel()
		})
	}
	err := ready()
	if err != nil {
		cancel()
	}
	running.Wait()
	for range s.houses {
		err = errors.Join(err, <-ended)
	}
	return err
}

// mount puts the pages of a house on its mux, and what only the demo has.
func (s *stage) mount(ctx context.Context, h *onStage, urls map[demo.Server]string) error {
	if h.in != nil {
		var err error
		if h.mux, err = h.faces(ctx, h.serving, urls[h.server], h.in.Status); err != nil {
			return err
		}
	}
	h.mux.Handle("GET "+demo.PagePath, demo.Page(h.server, urls, s.told, web.Sheet()))
	h.mux.Handle("POST "+demo.EnterPath, demo.Enter(h.clerk, h.server))
	if h.server == demo.Authority {
		h.mux.Handle("POST "+demo.VotePath, demo.Vote(h.clerk, s.told))
	}
	return nil
}

func tellRefusals(server demo.Server) func(follow.Outcome, int, error) {
	return func(_ follow.Outcome, _ int, err error) {
		if fault.KindOf(err) == fault.Corrupt {
			slog.Error("the list was refused", "at", server, "error", err)
		}
	}
}
