// Package screen asks whether a listed subject is in a name, a document, a
// payment or a customer book.
//
// It promises that an answer can be repeated: the same input on the same
// register snapshot and scoring profile gives the same bytes, but for the time
// that the caller states. "Not screened" is an answer of its own, never "no
// hit"; no hit is cut from an answer; a weak name is kept in its own band. It
// never decides anything: a hit is a question put to a person.
package screen
