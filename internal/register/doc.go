// Package register turns editions of lists into one snapshot of subjects:
// who is listed, by whom, since when, under which reference.
//
// It promises that an edition which lost something, or whose counts fall out
// of bounds, is named as a concern and replaces nothing by itself ([Check]);
// that an entry keeps one id of ours through every change of its list's keys,
// references and names ([State.Take]); that entries of several lists become
// one subject only on a printed reference or a strong identifier that their
// names or births do not contradict, or on a named person's decision, each
// time with the reason and undoably ([Build]); and that equal input gives an
// equal snapshot with an equal id. Names alone never merge anybody.
//
// It never reads a disk or a clock, never rounds or drops a value, and never
// judges whether somebody ought to be listed.
package register
