// Package session holds the sittings of the commission: who was called, who was
// there, who stood aside, what was asked, how each seat voted, and what follows.
//
// It promises that no item is decided without the quorum of its statute, that
// the ballot of a person who was absent or recused never counts, that a seat
// votes once and a ballot is never deleted or changed, and that anybody who may
// see the ballots can count them again and check every signature (Recount).
// A commission with no seats can be called together and decides nothing.
//
// It holds no private key, signs nothing, and reads no clock.
package session
