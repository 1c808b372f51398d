package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"interdict/internal/fault"
)

// Far says where a cluster is and how it is entered.
type Far struct {
	URL         string // nats://, tls://; several with commas between
	Credentials string // a file: NATS credentials (.creds), or a token on its first line
	CA          string // a PEM file of who signs the cluster's certificates; empty: the system's
	Cert, Key   string // PEM files of a client certificate; may be empty
}

// Line is a connection with its streams and stores. Close it after use.
type Line struct {
	jetstream.JetStream
	Keep jetstream.StorageType // where what is sent is kept: on disk, or in a hub's memory

	conn *nats.Conn
	hub  *server.Server // nil for a cluster
}

// Dial connects to a cluster. It goes on trying while the cluster is away later, but
// the first connection must succeed. Errors: Invalid, if beyond this machine TLS
// or credentials are missing; Unavailable.
func Dial(f Far) (*Line, error) {
	near, err := loopback(f.URL)
	if err != nil {
		return nil, err
	}
	if !near && (f.Credentials == "" && f.Cert == "") {
		return nil, fault.Hint(fault.New(fault.Invalid, "%s is another machine, and no credentials are given: names of customers would lie open", f.URL),
			"give --credentials FILE, or a client certificate")
	}
	options := []nats.Option{nats.Name("interdict"), nats.MaxReconnects(-1), nats.ReconnectWait(time.Second)}
	if !near || strings.Contains(f.URL, "tls://") || f.CA != "" || f.Cert != "" {
		config, err := f.tls()
		if err != nil {
			return nil, err
		}
		options = append(options, nats.Secure(config)) // refuses a server without TLS
	}
	if f.Credentials != "" {
		o, err := credentials(f.Credentials)
		if err != nil {
			return nil, err
		}
		options = append(options, o)
	}
	conn, err := nats.Connect(f.URL, options...)
	if err != nil {
		return nil, fault.Hint(fault.As(fault.Unavailable, fmt.Errorf("connecting to %s: %w", f.URL, err)), "is NATS running there, with JetStream, and are the credentials right?")
	}
	return newLine(conn, jetstream.FileStorage, nil)
}

func newLine(conn *nats.Conn, keep jetstream.StorageType, hub *server.Server) (*Line, error) {
	js, err := jetstream.New(conn, jetstream.WithDefaultTimeout(20*time.Second))
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("opening JetStream: %w", err)
	}
	return &Line{js, keep, conn, hub}, nil
}

// Close ends the line, and the hub if there is one.
func (l *Line) Close() {
	l.conn.Close()
	if l.hub != nil {
		l.hub.Shutdown()
		l.hub.WaitForShutdown()
	}
}

// Up reports whether the other side is reached now.
func (l *Line) Up() bool { return l.conn.IsConnected() }

// Gone reports whether an error says that what was asked for is not there.
func Gone(err error) bool {
	return errors.Is(err, jetstream.ErrObjectNotFound) || errors.Is(err, jetstream.ErrKeyNotFound) || errors.Is(err, jetstream.ErrNoObjectsFound)
}

func (f Far) tls() (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if f.CA != "" {
		text, err := os.ReadFile(f.CA)
		if err != nil {
			return nil, fault.As(fault.Invalid, err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return nil, fault.New(fault.Invalid, "%s holds no certificate", f.CA)
		}
	}
	if f.Cert != "" {
		cert, err := tls.LoadX509KeyPair(f.Cert, f.Key)
		if err != nil {
			return nil, fault.As(fault.Invalid, fmt.Errorf("reading the client certificate: %w", err))
		}
		config.Certificates = []tls.Certificate{cert}
	}
	return config, nil
}

// credentials reads NATS credentials, or a token.
func credentials(file string) (nats.Option, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fault.As(fault.Invalid, err)
	}
	if bytes.Contains(text, []byte("-----BEGIN NATS USER JWT-----")) {
		return nats.UserCredentials(file), nil
	}
	token, err := tokenOf(file, text)
	return nats.Token(token), err
}

// tokenOf is the first line of a file, which must be hard to guess.
func tokenOf(file string, text []byte) (string, error) {
	line, _, _ := strings.Cut(string(text), "\n")
	if line = strings.TrimSpace(line); len(line) < minToken {
		return "", fault.Hint(fault.New(fault.Invalid, "the first line of %s is shorter than %d signs", file, minToken), "write a random token there, for instance of: openssl rand -hex 32")
	}
	return line, nil
}

const minToken = 24

// loopback reports whether all of some URLs are of this machine.
func loopback(urls string) (bool, error) {
	for _, text := range strings.Split(urls, ",") {
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil || u.Host == "" {
			return false, fault.Hint(fault.New(fault.Invalid, "%q is not the URL of a NATS server", text), "write it as tls://nats.example:4222")
		}
		if !Here(u.Hostname()) {
			return false, nil
		}
	}
	return true, nil
}

// Here reports whether a host is this machine, by its name or address.
func Here(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Ready waits until the streams of the line answer, or the context ends.
func (l *Line) Ready(ctx context.Context) error {
	for {
		_, err := l.AccountInfo(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fault.As(fault.Unavailable, fmt.Errorf("waiting for JetStream: %w", err))
		case <-time.After(100 * time.Millisecond):
		}
	}
}
