package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"interdict/internal/api"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/list/starter"
	"interdict/internal/lookout"
	"interdict/internal/match"
	"interdict/internal/replica"
	"interdict/internal/wire"
)

var replicaVerb = verb{
	name: "replica", short: "answer screening questions from a register that another machine pushes", data: true,
	long: "Serves /v1/screen/name, /v1/screen/document and /v1/screen/payment as serve does, and holds nothing else. A\n" +
		"register that replica push announces is checked and taken over while questions run; one that is damaged or\n" +
		"of another profile is refused, and /readyz says so. It knows no keys: beyond this machine it listens only\n" +
		"with --tls-cert and --client-ca (every caller shows a certificate), or with --behind-gateway where a gateway\n" +
		"of yours decides who may ask.",
	examples: []string{
		"replica --nats tls://nats.bank.example:4222 --credentials replica.creds",
		"replica --nats tls://10.0.0.5:4222 --credentials token --nats-ca hub.pem --listen :8443 --tls-cert c.pem --tls-key k.pem --client-ca callers.pem",
	},
	setup: func(f *flag.FlagSet) action {
		var r replicaRun
		r.wire.declare(f)
		f.StringVar(&r.listen, "listen", "127.0.0.1:8081", "the `ADDR` to listen on")
		f.StringVar(&r.cert, "tls-cert", "", "PEM `FILE` with the certificate")
		f.StringVar(&r.key, "tls-key", "", "PEM `FILE` with its key")
		f.StringVar(&r.clientCA, "client-ca", "", "PEM `FILE` of who signs the certificates of callers; others are turned away")
		f.StringVar(&r.ready, "ready", "", "write the URL to `FILE` when the replica listens")
		f.BoolVar(&r.gateway, "behind-gateway", false, "listen beyond this machine without client certificates: a gateway decides who may ask")
		return r.run
	},
}

// replicaRun is how a replica is seen and fed.
type replicaRun struct {
	serving
	wire    wireFlags
	gateway bool
}

func (r *replicaRun) run(ctx context.Context, c *call, args []string) (bool, error) {
	switch {
	case len(args) > 0:
		return false, wrongUsage("replica takes no argument, but was given %q", args[0])
	case r.wire.far.URL == "":
		return false, wrongUsage("give --nats URL")
	}
	config, err := r.guarded()
	if err != nil {
		return false, err
	}
	l, err := wire.Dial(r.wire.far)
	if err != nil {
		return false, err
	}
	defer l.Close()
	s, err := replica.OpenStore(ctx, l)
	if err != nil {
		return false, err
	}
	rep, err := replica.New(s, replicaDir(c))
	if err != nil {
		return false, err
	}
	defer rep.Close()
	return false, r.answer(ctx, c, rep, config)
}

// answer follows the announced registers and answers until the context ends.
func (r *replicaRun) answer(ctx context.Context, c *call, rep *replica.Replica, config *tls.Config) error {
	l, err := net.Listen("tcp", r.listen)
	if err != nil {
		return fault.As(fault.Unavailable, err)
	}
	defer l.Close()
	mux := http.NewServeMux()
	api.MountReplica(mux, rep, readBuild().Version)
	server := &http.Server{
		Handler: http.NewCrossOriginProtection().Handler(mux), TLSConfig: config,
		ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	ctx, stop := context.WithCancel(ctx)
	followed := make(chan error, 1)
	go func() {
		defer stop() // a replica that no longer follows must not answer for ever
		followed <- rep.Follow(ctx)
	}()
	url, _ := r.seenAt(l.Addr())
	fmt.Fprintf(c.err, "interdict replica answers on %s, profile %s\n", url, match.Profile())
	if r.ready != "" {
		if err := os.WriteFile(r.ready, []byte(url+"\n"), 0o644); err != nil {
			return fault.As(fault.Unavailable, err)
		}
	}
	err = untilDone(ctx, server, l)
	stop()
	return errors.Join(err, <-followed)
}

// guarded returns the settings of TLS. It refuses an address beyond this machine
// where nobody would decide who may ask.
func (r *replicaRun) guarded() (*tls.Config, error) {
	host, _, err := net.SplitHostPort(r.listen)
	if err != nil {
		return nil, wrongUsage("--listen %s is not an address such as 127.0.0.1:8081", r.listen)
	}
	if !wire.Here(host) && !r.gateway && r.clientCA == "" {
		return nil, fault.Hint(fault.New(fault.Invalid, "anybody who reaches %s could ask", r.listen),
			"give --tls-cert, --tls-key and --client-ca, or --behind-gateway if a gateway of yours decides who may ask")
	}
	config, err := r.tls()
	if config != nil && r.clientCA != "" {
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	return config, err
}

// registerFile is a compiled register as it is sent.
type registerFile struct {
	snapshot, notice string
	write            func(io.Writer) error
}

// compiledRegister is the register in force, compiled now if it must be.
func compiledRegister(c *call) (registerFile, func() error, error) {
	none := func() error { return nil }
	a, err := openArchive(c)
	if err != nil {
		return registerFile{}, none, err
	}
	m, err := a.Current()
	if err != nil {
		a.Close()
		return registerFile{}, none, err
	}
	if len(m.InForce) == 0 {
		defer a.Close()
		return starterFile()
	}
	mapped, err := openCompiled(c, a, m.Snapshot)
	if err != nil {
		a.Close()
		return registerFile{}, none, err
	}
	out := registerFile{snapshot: mapped.snapshot, write: func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(mapped.Bytes))
		return err
	}}
	if m.InForce[starter.Source.ID] != "" {
		out.notice = starterNotice
	}
	return out, func() error { return errors.Join(mapped.Close(), a.Close()) }, nil
}

func starterFile() (registerFile, func() error, error) {
	snap, err := starterSnapshot()
	if err != nil {
		return registerFile{}, nil, err
	}
	seg, err := lookout.Build(snap)
	if err != nil {
		return registerFile{}, nil, err
	}
	head := index.Head{Profile: match.Profile(), Snapshot: snap.ID}
	return registerFile{snap.ID, starterNotice, func(w io.Writer) error { return seg.Write(w, head) }}, func() error { return nil }, nil
}
