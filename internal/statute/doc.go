// Package statute holds the law of a commission as data: its seats, quorum and
// majority, grounds and standard of proof, the stages of every measure, clocks
// with the effect of silence, petitions, review, exemptions, publication.
//
// It promises that a statute speaks the words of the rooms that it rules
// (session.Rules, decision.Stage, deadline.Rule …); that every rule says where it
// stands in the law and how far that was verified, so that what nobody verified
// is never taken for law; that a file with an unknown key, a missing clock or a
// way on which no decision could come into force is refused with its line; and
// that the same content has the same digest, whatever its layout.
//
// It decides nothing, starts no clock by itself, and is no legal advice.
package statute
