// Package event says what happened: an envelope that the ledger keeps for ever,
// and the registry that turns the sealed body of an event into a value and back.
//
// It promises one canonical text for every envelope: Decode(Encode(e)) is e, and
// no other bytes decode to it, so that the hash in the tree is the hash of what
// was said. A body that names an unknown kind is Corrupt, a body with an unknown
// field is Corrupt too: nothing is read half. Kinds are stored for ever and never
// renamed.
//
// It never holds personal data in an envelope: the body lies sealed in the vault,
// and here is its hash. It reads no clock and keeps nothing.
package event
