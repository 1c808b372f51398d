// Package report holds what institutions report on the commission's list: that
// an edition was received, loaded and screened, and what was frozen, attempted,
// rejected, released, or not found. It also holds who owes an acknowledgement of
// an edition, and until when.
//
// It promises that a report says numbers, amounts, codes and instants only: it
// has no place for a customer's name, nor for free text that could hold one;
// that the institution's own time stands beside the time of receipt, and neither
// in the place of the other; that silence is recorded once, by name, when the
// statute's time is over.
//
// It judges no institution, sends nothing and reads no clock.
package report
