// Package dossier holds the case of one subject: what is alleged and what it
// rests on, what agencies and other states were asked and answered, what the
// parties say, and where it stands.
//
// It promises that every allegation names a ground of the statute and the spans
// of material that it rests on, that fact stays apart from assessment, and the
// open text from the closed one; that a dossier which was submitted is pinned by
// its version and its digest; that dossiers merge and split without losing which
// came from which; that a clock, once started, moves only by a recorded pause or
// extension.
//
// It decides nothing, it opens no vault, and it reads no clock.
package dossier
