package wire

import (
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"interdict/internal/fault"
)

// Hub says how a server inside this process is seen.
type Hub struct {
	Listen      string // empty: nobody but this process enters
	Dir         string // for what is kept on disk; made if it is not there
	Credentials string // a file with a token on its first line
	Cert, Key   string // PEM files
}

// Open starts a hub and returns a line to it. A hub that other machines could
// reach wants a token and a certificate; without, it is refused as Invalid. What a
// run sends is kept in memory: a hub never writes names of customers to disk.
func Open(h Hub) (*Line, error) {
	o, err := h.options()
	if err != nil {
		return nil, err
	}
	s, err := server.NewServer(o)
	if err != nil {
		return nil, fault.As(fault.Invalid, fmt.Errorf("setting up the hub: %w", err))
	}
	s.Start()
	if !s.ReadyForConnections(20 * time.Second) {
		s.Shutdown()
		return nil, fault.Hint(fault.New(fault.Unavailable, "the hub does not start on %s", h.Listen), "is the address in use?")
	}
	login := []nats.Option{nats.InProcessServer(s), nats.Name("interdict hub")}
	if o.Authorization != "" {
		login = append(login, nats.Token(o.Authorization))
	}
	conn, err := nats.Connect("", login...)
	if err != nil {
		s.Shutdown()
		return nil, fmt.Errorf("entering the hub: %w", err)
	}
	return newLine(conn, jetstream.MemoryStorage, s)
}

// URL is where others enter the hub of the line, "" if there is none or nobody may.
func (l *Line) URL() string {
	if l.hub == nil || l.hub.Addr() == nil {
		return ""
	}
	return l.hub.ClientURL()
}

func (h Hub) options() (*server.Options, error) {
	o := &server.Options{
		ServerName: "interdict", JetStream: true, StoreDir: h.Dir, NoSigs: true, NoLog: true, DontListen: h.Listen == "",
		JetStreamMaxMemory: 2 << 30, JetStreamMaxStore: 1 << 40, // bounds, not reservations
	}
	if h.Listen == "" {
		return o, nil
	}
	host, port, err := net.SplitHostPort(h.Listen)
	if err == nil {
		o.Host = host
		o.Port, err = strconv.Atoi(port)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "%q is not an address such as 127.0.0.1:4222", h.Listen)
	}
	if o.Port == 0 {
		o.Port = server.RANDOM_PORT
	}
	if !Here(host) && (h.Credentials == "" || h.Cert == "") {
		return nil, fault.Hint(fault.New(fault.Invalid, "other machines could enter the hub at %s without TLS or a token", h.Listen),
			"give --credentials FILE, --tls-cert and --tls-key, or listen on 127.0.0.1")
	}
	if h.Credentials != "" {
		text, err := os.ReadFile(h.Credentials)
		if err != nil {
			return nil, fault.As(fault.Invalid, err)
		}
		if o.Authorization, err = tokenOf(h.Credentials, text); err != nil {
			return nil, err
		}
	}
	if h.Cert != "" {
		cert, err := tls.LoadX509KeyPair(h.Cert, h.Key)
		if err != nil {
			return nil, fault.As(fault.Invalid, fmt.Errorf("reading the TLS certificate: %w", err))
		}
		o.TLS, o.TLSTimeout = true, 10
		o.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	}
	return o, nil
}
