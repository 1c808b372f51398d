// Package material holds what agencies and institutions hand in: structured
// statements, documents by their hash, and what became of them.
//
// It promises that a material stays as its sender gave it: the grade in the
// sender's own scheme, the open summary apart from the closed reasons, the
// originals beside every derived text, machine work marked as such. A mention
// is a proposal until a person judged it. Onward use of what its originator
// controls waits for the originator's consent, and ends with it.
//
// It never holds bytes of documents (they lie in the vault), it screens nothing
// itself, and it reads no clock.
package material
