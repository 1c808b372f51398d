// Package clientele keeps the customers of a book in comparable form, so that a
// changed list is asked against them instead of them against the list.
//
// It promises that whoever it does not call touched by a difference of two
// registers has the same answer on both, but for the stamp, at the same
// threshold: the same hits with the same integers, confidence and band, or none.
// It may call somebody touched whose answer is the same. It keeps of a customer
// what screening and alerts read, and nothing else.
//
// It never screens: answers come from package screen. It never writes to a disk,
// and never decides whether an answer matters.
package clientele
