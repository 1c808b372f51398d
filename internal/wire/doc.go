// Package wire connects machines that share work: a line to a NATS cluster of the
// house's own, or a hub inside this process.
//
// It promises that beyond this machine nothing is said without TLS and credentials:
// a line or a hub that would is refused. It never decides what is sent, and it opens
// no port unless it is told an address.
package wire
