// Package name takes names apart: from a string as printed to readings, rows
// of positions that hold classed, romanised, weighted tokens.
//
// It promises that [Analyse] is a pure function of its string and the tables
// in this package: no clock, no locale, no register. Nothing of a name is cut
// or dropped; a word that no table knows is a name word. The original string
// and the span of each position in it are kept. It never compares names: that
// is package match.
//
// The design is matching.md section 3; the names of its steps are used here.
package name
