package cli

import (
	"context"
	"net"
	"path/filepath"
	"sync"

	"interdict/internal/fault"
	"interdict/internal/follow"
)

// followDir is where a data folder remembers whom it follows.
func followDir(data string) string { return filepath.Join(data, "follow") }

// desk follows with the institution's own ledger, and serves its people.
func (s *following) desk(ctx context.Context, c *call, list string) (hits bool, err error) {
	switch {
	case s.once:
		return false, wrongUsage("--once looks once, and --listen serves until it is stopped: give one of them")
	case s.alerts != "":
		return false, wrongUsage("with --listen alerts stand in the ledger: leave --alerts out")
	}
	founded, err := isFounded(ctx, s.place)
	if err == nil && !founded {
		err = fault.Hint(fault.New(fault.Conflict, "%s holds no institution", c.Data), "found one: interdict institution found ID --name NAME --country CODE --admin ID --admin-name NAME --data %s", c.Data)
	}
	if err != nil {
		return false, err
	}
	l, err := net.Listen("tcp", s.serving.listen)
	if err != nil {
		return false, fault.As(fault.Unavailable, err)
	}
	defer l.Close()
	url, origin := s.serving.seenAt(l.Addr())
	a, err := openAuthority(ctx, c, s.place, s.serving.host, origin)
	if err != nil {
		return false, err
	}
	defer a.Close()
	a.clerk.Loopback = s.serving.onlyHere(l.Addr())
	in, err := s.institution(c, a, list)
	if err != nil {
		return false, err
	}
	mux, err := a.faces(ctx, s.serving, url, in.Status)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var under sync.WaitGroup
	defer under.Wait() // before the ledger is closed
	defer cancel()
	under.Go(func() {
		in.Run(ctx, func(o follow.Outcome, raised int, err error) { s.say(c, o, raised, "the ledger", err) })
	})
	return false, a.serveOn(ctx, c, l, s.serving, mux)
}

// institution joins an open data folder with the authority whose list it
// follows.
func (s *following) institution(c *call, a *authority, list string) (*follow.Institution, error) {
	config, err := s.config(c, a.archive, a.lookout, list)
	if err != nil {
		return nil, err
	}
	return follow.OpenInstitution(config, a.clerk, s.book)
}
