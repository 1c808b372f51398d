// Package script turns names of any script into a canonical spelling and into
// Latin candidates that can be compared.
//
// It promises: Clean is idempotent and loses no letter; Romanise is
// deterministic, returns at least one candidate for every token that holds a
// letter or a digit, never two with the same text, and every text consists of
// a-z and 0-9 only. A letter that no table knows becomes "u" and its hex code
// point, so that no token is ever lost. All knowledge about scripts is data:
// the files in the folder "table", one per script.
//
// It never splits a string into tokens, never guesses a name's structure, never
// reads a clock, a file or a network, and never fails.
package script

// Flags are observations on a string that an analyst should see.
type Flags uint16

const (
	// Mixed: one token mixes scripts; look-alike letters were mapped to the
	// majority script (Latin on a tie). A possible evasion.
	Mixed Flags = 1 << iota
	// Invisible: characters that cannot be seen (zero-width, bidi control, soft
	// hyphen, tag characters) were removed. Joiners inside scripts that need
	// them (Persian, Indic) are removed without the flag.
	Invisible
	// Abjad is set on a romanised candidate whose source script does not write
	// short vowels, so that only its consonants can be relied upon.
	Abjad
	// Digits: 0 or 1 stands within a word where a letter belongs. A scan may
	// have read it so; a possible evasion.
	Digits
)

// Romanised is one Latin reading of a token.
type Romanised struct {
	// Text holds a-z and 0-9 only; it is empty only in the zero value.
	Text string
	// Table names the table or standard that produced the reading.
	Table string
	// Flags is Abjad or zero.
	Flags Flags
}

// MaxCandidates is the greatest number of candidates Romanise returns.
const MaxCandidates = 8
