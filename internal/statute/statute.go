package statute

import (
	"interdict/internal/deadline"
	"interdict/internal/record"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// Statute is one version of the law of one commission. A change of the law is a
// new version.
type Statute struct {
	ID           string       `json:"id"`
	Version      string       `json:"version"`
	Title        Title        `json:"title"`
	Jurisdiction string       `json:"jurisdiction"` // ISO 3166-1 alpha-2; XX for none
	Language     string       `json:"language"`     // of the original, BCP 47
	AsOf         deadline.Day `json:"as_of"`        // of what is stated here
	Valid        Valid        `json:"valid,omitzero"`
	Note         string       `json:"note,omitempty"`
	Acts         []Act        `json:"acts"`
	Calendar     string       `json:"calendar"` // of every clock that names no other
	Composition  Composition  `json:"composition"`
	Vote         Vote         `json:"vote,omitzero"` // zero where nobody votes
	Scope        Scope        `json:"scope"`
	Grounds      []Ground     `json:"grounds"`
	Threshold    Threshold    `json:"threshold"`
	Measures     Measures     `json:"measures"`
	Secrecy      Secrecy      `json:"secrecy"`
	Tracks       []Track      `json:"tracks"`
	Clocks       []Clock      `json:"clocks"`
	Petitions    []Petition   `json:"petitions"`
	Challenge    Challenge    `json:"challenge"`
	Exemptions   []Exemption  `json:"exemptions"`
	Publication  Publication  `json:"publication"`
	Notification Telling      `json:"notification"`
	Duties       []Duty       `json:"duties"`
}

// Title is a name in English and, where the law has another language, in that.
type Title struct {
	English  string `json:"en"`
	Original string `json:"original,omitempty"`
}

// Valid is the time of a version. A decision outside of it is refused.
type Valid struct {
	From  deadline.Day `json:"from,omitzero"`
	Until deadline.Day `json:"until,omitzero"` // included; zero: without end
}

// Act is a law that the rules cite.
type Act struct {
	ID    string `json:"id"`
	Title Title  `json:"title"`
}

// Basis says where a rule stands and how far that was verified. An assumed one
// has no place in the law: its note says why it is as it is.
type Basis struct {
	Act      string         `json:"act,omitempty"`
	Article  string         `json:"article,omitempty"`
	Verified deadline.Level `json:"verified"`
	Seen     string         `json:"seen,omitempty"` // public source in which it was seen
	Note     string         `json:"note,omitempty"`
}

// Composition is who sits. Without seats there is nobody who could vote: material
// comes in, and nothing is decided until seats are made.
type Composition struct {
	Body      Title             `json:"body"`
	Appointed string            `json:"appointed,omitempty"` // by which act
	Seats     []roster.SeatMade `json:"seats,omitempty"`
	Basis     Basis             `json:"basis"`
}

// Vote is how the commission sits and votes. The written and the no-objection
// procedure run on the clocks of these names.
type Vote struct {
	session.Rules `yaml:",inline"`
	Basis         Basis `json:"basis"`
}

// Scope is who may be designated.
type Scope struct {
	Subjects []record.Kind `json:"subjects"`
	Basis    Basis         `json:"basis"`
}

// Ground is a reason for which the law lets somebody be designated.
type Ground struct {
	Code     string    `json:"code"`
	Text     string    `json:"text"`
	Limb     string    `json:"limb,omitempty"` // criterion of the United Nations that it matches
	Elements []Element `json:"elements"`
	Basis    Basis     `json:"basis"`
}

// Element is what evidence must show of a ground.
type Element struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Threshold is the standard of proof.
type Threshold struct {
	Code         string `json:"code"`
	Text         string `json:"text"`
	CriminalCase bool   `json:"criminal_case,omitempty"` // is needed, which FATF R.6 does not allow
	Basis        Basis  `json:"basis"`
}

// Measures is what a freeze does.
type Measures struct {
	Codes []string `json:"codes"` // asset_freeze, no_funds …
	Basis Basis    `json:"basis"`
}

// Secrecy says whether the person is kept unaware until publication.
type Secrecy struct {
	ExParte bool  `json:"ex_parte"`
	Basis   Basis `json:"basis"`
}
