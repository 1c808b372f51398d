package cli

import (
	"context"
	"flag"
	"net"
	"os"
	"path/filepath"

	"interdict/internal/wire"
)

// wireFlags say how machines are joined: by a cluster of NATS, or by a hub here.
type wireFlags struct {
	far wire.Far
	hub string // address; where hubs are allowed
}

func (w *wireFlags) declare(f *flag.FlagSet) {
	f.StringVar(&w.far.URL, "nats", "", "the `URL` of NATS with JetStream, or of a hub: tls://nats.example:4222")
	f.StringVar(&w.far.Credentials, "credentials", "", "`FILE` with NATS credentials, or with a token on its first line")
	f.StringVar(&w.far.CA, "nats-ca", "", "PEM `FILE` of who signed the certificate there (default the system's)")
	f.StringVar(&w.far.Cert, "nats-cert", "", "PEM `FILE` with the certificate to show there; of a hub, its own")
	f.StringVar(&w.far.Key, "nats-key", "", "PEM `FILE` with the key of that certificate")
}

func (w *wireFlags) declareHub(f *flag.FlagSet, usual string) {
	f.StringVar(&w.hub, "hub", usual, "the `ADDR` where this process itself is the NATS that others come to")
}

// open returns a line: to NATS where it is named, else to a hub in this process.
func (w *wireFlags) open(ctx context.Context, c *call) (l *wire.Line, closeIt func(), err error) {
	if w.far.URL != "" {
		l, err := wire.Dial(w.far)
		if err != nil {
			return nil, nil, err
		}
		return l, l.Close, nil
	}
	h := wire.Hub{Listen: w.hub, Credentials: w.far.Credentials, Cert: w.far.Cert, Key: w.far.Key}
	gone := func() {}
	if w.hub == "" { // nothing that is worth keeping
		if h.Dir, err = os.MkdirTemp("", "interdict-hub-"); err != nil {
			return nil, nil, err
		}
		gone = func() { _ = os.RemoveAll(h.Dir) }
	} else if _, port, err := net.SplitHostPort(w.hub); err == nil {
		h.Dir = filepath.Join(c.Data, "hub-"+port)
	}
	if l, err = wire.Open(h); err != nil {
		gone()
		return nil, nil, err
	}
	return l, func() { l.Close(); gone() }, nil
}
