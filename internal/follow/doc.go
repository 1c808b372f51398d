// Package follow is the institution's side of the published list: it fetches the
// log of another authority, verifies it, loads the list into the register here,
// has it screened against, and tells the authority how far it came.
//
// It promises that nothing is loaded before its signature, its place in the log
// and the log's consistency with what was seen last are verified; that a fork, a
// rollback and altered files are refused by an error, and the last good state
// stays; that a stop between any two steps is gone on from; and that nothing of
// a customer is sent: an acknowledgement holds an edition, a hop and a time.
//
// It never signs, never judges a hit, and never accepts an edition that the
// register holds back.
package follow
