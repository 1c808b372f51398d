// Package index finds every listed name that scores at least a threshold
// against a query, and no other, without scoring them all.
//
// It promises losslessness: [Index.Search] returns exactly what
// [Index.Exhaustive] returns, with the same integers, at every threshold; the
// proof is matching.md 7.2 and the tests compare the two. A segment is
// immutable, its bytes depend on its input only, and a damaged file is refused,
// never read out of range. A delta is one more segment and a set of subjects
// that it replaces; a query sees one state from start to end. It never limits
// the number of answers and never decides which of them matter.
package index
