// Package notice turns a decision into what the public reads: the text of the
// publication and the entry of the commission's own list.
//
// It promises that both say only what may leave: it reads decision.Public, which
// has no closed reasons, and of the subject only the fields that the statute
// names. The same decision gives the same bytes. The entry is a record like that
// of any other list, so that a screening finds it on the same way.
//
// It sends nothing, it writes no file format, and it reads no clock.
package notice
