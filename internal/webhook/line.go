package webhook

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"interdict/internal/subscription"
)

// timeout is how long one try may take, from the first question for the name to
// the end of what is read of the answer.
const timeout = 15 * time.Second

var (
	errNotPublic = errors.New("the name leads to an address that is not public")
	errNotHere   = errors.New("hints to this machine are sent only by a server that listens on it alone")
)

// newLine returns what messages are sent with. Each connection is looked at when
// its very address is known, so that a name cannot lead elsewhere the second time
// it is asked for.
func newLine(may func(netip.Addr) error) *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return errNotPublic
		}
		return may(to.Addr())
	}}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, DisableCompression: true,
			TLSHandshakeTimeout: 5 * time.Second, MaxResponseHeaderBytes: 16 << 10,
			MaxIdleConnsPerHost: 1, MaxIdleConns: 100, IdleConnTimeout: time.Minute,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func public(ip netip.Addr) error {
	if !subscription.Public(ip) {
		return errNotPublic
	}
	return nil
}

func here(ip netip.Addr) error {
	if !ip.Unmap().IsLoopback() {
		return errNotHere
	}
	return nil
}

// line returns what an address is sent to with. That it is this machine must
// stand in the address itself, and the server must be seen by this machine alone:
// else a stranger could have the server speak to what only it can reach.
func (s *Sender) line(a subscription.Address) (*http.Client, error) {
	switch {
	case !a.Loopback:
		return s.outward, nil
	case s.Loopback:
		return s.inward, nil
	}
	return nil, errNotHere
}
