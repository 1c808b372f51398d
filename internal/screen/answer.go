package screen

import (
	"strconv"
	"time"

	"interdict/internal/match"
	"interdict/internal/record"
)

// Status says what an answer is.
type Status string

// The three answers. Not screened is never "no hit".
const (
	Hits        Status = "hits"
	None        Status = "none"
	NotScreened Status = "not_screened"
)

// Band is the class of a hit for triage.
type Band string

// Bands. Weak holds what the list calls a weak alias, short or common names,
// and subjects of which every listing has ended; nothing is dropped.
const (
	Strong   Band = "strong"
	Possible Band = "possible"
	Weak     Band = "weak"
)

// Ratio is a number from 0 to 1 in units of 1/10000; in JSON a decimal.
type Ratio int

// MarshalJSON writes the ratio as a decimal with four places.
func (r Ratio) MarshalJSON() ([]byte, error) { return []byte(r.String()), nil }

// String writes the ratio as a decimal with four places.
func (r Ratio) String() string {
	return strconv.Itoa(int(r/10000)) + "." + strconv.Itoa(int(10000 + r%10000))[1:]
}

// Stamp says what answered: register snapshot, scoring profile, time.
type Stamp struct {
	Snapshot string    `json:"snapshot"`
	Profile  string    `json:"profile"`
	At       time.Time `json:"at"`
	Notice   string    `json:"notice,omitempty"` // what the reader must know of this register
}

// Answer is the answer to one name.
type Answer struct {
	Query  string `json:"query"`
	ID     string `json:"id,omitempty"`
	Status Status `json:"status"`
	Reason string `json:"reason,omitempty"`
	Stamp
	Threshold Ratio `json:"threshold"`
	Hits      []Hit `json:"hits"`
}

// Hit is a subject found.
type Hit struct {
	Subject     string        `json:"subject"`
	Caption     string        `json:"caption"`
	Schema      record.Kind   `json:"schema"`
	Score       Ratio         `json:"score"`
	Confidence  Ratio         `json:"confidence"`
	Band        Band          `json:"band"`
	Name        string        `json:"name"`
	Names       int           `json:"names"` // listed names of the subject that reach the threshold
	Listings    []CardListing `json:"listings"`
	Identifier  *CardKey      `json:"identifier,omitempty"`
	Resembling  bool          `json:"resembling,omitempty"` // the identifier does, and is not the same
	Explanation *Explanation  `json:"explanation,omitempty"`
}

// Explanation says where score, confidence and band come from.
type Explanation struct {
	*match.Explanation
	Query      string      `json:"query_text"`
	Listed     string      `json:"listed_text"`
	Flags      []string    `json:"flags,omitempty"`
	Logit      int         `json:"logit"` // of the name score, 1/1000
	Qualifiers []Qualifier `json:"qualifiers,omitempty"`
	Band       string      `json:"band_reason"`
}

// Qualifier is what one field besides the name adds to the log-odds.
type Qualifier struct {
	Field  string `json:"field"`
	Query  string `json:"query"`
	Listed string `json:"listed"`
	Says   string `json:"says"`
	Logit  int    `json:"logit"` // 1/1000
}
