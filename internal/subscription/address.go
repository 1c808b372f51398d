package subscription

import (
	"net/netip"
	"net/url"
	"strings"

	"interdict/internal/fault"
)

// longest is how many bytes an address may have.
const longest = 500

// Address is an address that hints may go to.
type Address struct {
	URL      *url.URL
	Loopback bool // it names this machine by a name or number that can mean no other
}

// ParseAddress reads the address of an endpoint: https, or http to this machine.
// Anything else, and the number of a network that is not public, is Invalid.
func ParseAddress(text string) (Address, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "" || len(text) > longest:
		return Address{}, fault.New(fault.Invalid, "reading the address of an endpoint: %.60q is none; want one such as https://bank.example/hints", text)
	case u.User != nil || u.Fragment != "":
		return Address{}, fault.New(fault.Invalid, "reading the address of an endpoint: it holds a password or a fragment; the signature says who sends")
	}
	a := Address{URL: u, Loopback: strings.EqualFold(u.Hostname(), "localhost")}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		a.Loopback = ip.Unmap().IsLoopback()
		if !a.Loopback && !Public(ip) {
			return Address{}, fault.New(fault.Invalid, "reading the address of an endpoint: %s is not public", ip)
		}
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && a.Loopback) {
		return Address{}, fault.New(fault.Invalid, "reading the address of an endpoint: %q; want https, or http to this machine", u.Scheme)
	}
	return a, nil
}

// special are the networks of IPv4, and those within the global unicast of IPv6,
// that are for special use: the registries of IANA after RFC 6890. What tunnels
// IPv4 is among them, for it can lead anywhere.
var special = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/3",
	"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
)

// global is what IANA has given out of IPv6 as global unicast (RFC 4291 section 2.4).
var global = netip.MustParsePrefix("2000::/3")

func prefixes(all ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range all {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

// Public reports whether an address can be one of the open Internet: neither of
// this machine, nor of a network of its own, nor for special use.
func Public(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsValid() || ip.Zone() != "" || ip.Is6() && !global.Contains(ip) {
		return false
	}
	for _, p := range special {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
