// Package webhook tells institutions that something happened: small signed JSON
// messages after Standard Webhooks (standardwebhooks.com, specification 1.0.0)
// to the addresses that they registered. A hint says what sort of thing happened
// to which thing and where to ask; never what it says.
//
// It promises that a hint which was written beside an event is sent until the
// receiver takes it, at least once and always under the same webhook-id, through
// deaths of the process; or lies in sight among the dead, to be sent again by
// hand, when every try has failed. Several processes on one database share the
// work: each try is claimed first. A receiver that hangs holds up only itself.
// What is connected to is a public address, whatever a name resolves to, or this
// machine where the address named it and the server listens on it alone.
//
// It never follows a redirect, never uses a proxy, never reads more than the
// beginning of an answer, promises no order, and decides on nobody's rights.
package webhook
