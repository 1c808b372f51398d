// Package effect counts what the work of the commission came to in a period: the
// figures of FATF Immediate Outcome 10, as far as the ledger has them.
//
// It promises that every figure follows from recorded events alone, so that the
// same ledger gives the same report; that a report holds counts, sums, hours and
// codes, and no name, id or institution; that what is unknown is counted as
// unknown and never left out; and that in the version for the public no count of
// persons below five can be read or worked out from the others.
//
// It asks nobody, judges nothing, and reads no clock. What each figure means
// stands in docs/effectiveness.md.
package effect
