package cli

import (
	"context"
	"net"
	"sync"
	"time"

	"interdict/internal/webhook"
)

// onlyHere reports whether the server is for this machine alone: it listens on
// loopback, and no domain is named under which a proxy would show it to others.
func (s serving) onlyHere(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback() && s.host == "localhost"
}

// hint sends hints until the context ends or what it returns is called, which
// waits for the last of them: call it before the ledger is closed.
func (a *authority) hint(ctx context.Context, origin string) (stop func()) {
	sender := webhook.New(webhook.Config{
		Queries: a.ledger.Queries(), Vault: a.ledger.Vault, API: origin, Loopback: a.clerk.Loopback, Gone: a.clerk.EndpointGone, Now: time.Now,
	})
	ctx, cancel := context.WithCancel(ctx)
	var under sync.WaitGroup
	under.Go(func() { sender.Run(ctx) })
	return func() { cancel(); under.Wait() }
}
