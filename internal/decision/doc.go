// Package decision holds what the commission decides: freeze, refuse, amend,
// lift, extend, grant an exemption, certify that somebody is another.
//
// It promises that a decision rests on a count that holds, on the dossier as it
// was voted on, on one version of the statute and one snapshot of the register;
// that nobody signs what he drafted and nobody signs twice; that it passes the
// stages of its statute one after the other, each on its clock, and is in force
// only from the stage that says so; that what has ended never comes back.
//
// Its reasons are two texts, and what leaves the restricted side (Public) has no
// field for the closed one. It publishes nothing and reads no clock.
package decision
