// Package access says who may do what: every verb and every read of the house is
// an action of one table, and Cedar policies that a lawyer can read allow it or
// not. The files lie in the folder policy, one a subject.
//
// It promises that whatever no policy allows is denied, and that every doubt is a
// denial: an action or a kind that is not in the table, a policy that fails, a
// reader without a name. An answer names the policies that made it. What the
// policies allow is written down in docs/access.md and compared with them by a
// test, so that no change of a policy passes unseen.
//
// It reads nothing: whom a case belongs to, with whom it is shared, who works on
// it and who is recused is said in the request. What may not be listed does not
// exist for the one who asks: the door answers "not found" in lists, search,
// counts, graph and audit alike. It knows nothing of states; those are for the
// rooms.
package access
