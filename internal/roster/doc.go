// Package roster says who there is: agencies, institutions, their people and
// machines, the roles they hold, and the seats of the commission.
//
// It promises that whoever acted can be named for ever: nobody is removed, people
// leave. A composition may be empty; then material comes in and nothing can be
// decided. Nobody gives a role or a seat to himself, and the last administrator
// cannot leave.
//
// It holds no credentials and answers no question of access; those belong to the
// sign-in and to the policies. It reads no clock: time comes in as an argument.
package roster
