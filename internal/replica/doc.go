// Package replica carries compiled registers to machines that screen and hold
// nothing else.
//
// It promises that a replica takes over a register whole or not at all, after its
// hash and its profile have been checked, in one step while questions run; that
// one which is damaged or made for another profile is refused, the register before
// it answers on, and the replica says so. It never compiles a register, never keeps
// a question, and never says which register should be in force.
package replica
