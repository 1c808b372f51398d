// Package starter holds the starter register: some fifty long-listed
// organisations and historic persons, written by us from public facts, so that
// the system shows something on its first start.
//
// It promises that its data is one readable file (register.yaml) read by the
// same seam as every list, that every record says it is not for compliance
// use, and that a date or reference stands there only where it is public
// knowledge and sure; a date that is not sure is left out, not guessed.
//
// It never replaces a list: it is small, old, and of one day.
package starter
