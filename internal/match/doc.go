// Package match scores two names against each other and explains the score.
//
// It promises an exact result: the score is the maximum over all ways to pair
// the words of the two names (matching.md section 5), in integers only, so
// that the same pair and the same profile give the same bits on every machine
// and in every year. The parts of an explanation add up to the score. There is
// no cut-off inside and no random choice; ties are broken by a stated rule.
// It never reads a register and never decides what a score means.
//
// The rule that keeps the index of package index lossless: anything may lower
// a score, but only an edge whose relation has a complete enumerator may raise
// it. A new relation needs its enumerator in index in the same change.
package match
