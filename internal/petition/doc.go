// Package petition holds the ways back: petitions for delisting, for a namesake,
// for an exemption, of third parties, and the calendar of reviews.
//
// It promises that a petition gets one outcome, by a person who did not
// recommend it, on a recommendation by a person who did not draft what is
// contested; or by silence, when its clock ran out and the statute says what
// silence means, and then at no earlier instant. A question to the petitioner
// stops the clock, and its answer lets it run by exactly as much.
//
// It changes no decision: what was granted is a new decision of the commission.
// It reads no clock.
package petition
