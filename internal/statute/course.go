package statute

import (
	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/notice"
	"interdict/internal/petition"
)

// Track is a way on which measures are decided.
type Track struct {
	ID         string             `json:"id"`
	Title      string             `json:"title"`
	Decides    []decision.Measure `json:"decides"`
	Conditions []Condition        `json:"conditions,omitempty"`
	Stages     []Stage            `json:"stages"`
	Expiry     *Clock             `json:"expiry,omitempty"` // after which a freeze ends by itself; none: it stays
	Basis      Basis              `json:"basis"`
}

// Condition is what must be so before a track may be taken. A person states it;
// nothing here finds out.
type Condition struct {
	Text  string `json:"text"`
	Basis Basis  `json:"basis"`
}

// Stage is a step of a track, with its clock and what silence then means.
type Stage struct {
	decision.Stage `yaml:",inline"`
	Basis          Basis `json:"basis"`
}

// Clock is a deadline of the casework.
type Clock struct {
	ID            string `json:"id"` // one of Uses
	deadline.Rule `yaml:",inline"`
	From          string     `json:"from"`             // kind of event that starts it
	Pause         string     `json:"pause,omitempty"`  // kind of event that stops it
	Resume        string     `json:"resume,omitempty"` // and that lets it run again
	Extend        *Extension `json:"extend,omitempty"`
	Basis         Basis      `json:"basis"`
}

// Extension is how often a clock may be given more time, how much, and by whom.
type Extension struct {
	Times         int `json:"times"`
	deadline.Span `yaml:",inline"`
	By            string `json:"by"`
}

// Use is what a clock is for.
type Use struct {
	ID       string
	Words    string
	Required bool // the casework cannot do without it
}

// Uses are the clocks that the casework knows, in the order of the work.
var Uses = []Use{
	{"consideration", "material until it is considered", false},
	{"task", "task of a member of the team", true},
	{"request", "request for information to an agency", true},
	{"foreign_in", "request of another state until its prompt determination", true},
	{"foreign_out", "request to another state until its answer", true},
	{"deliberation", "submitted dossier until the commission decides", false},
	{"written", "vote in writing", false},
	{"no_objection", "objection, in the no-objection procedure", false},
	{"publication", "decision until it is published", true},
	{"notification", "decision until the person is told", false},
	{"petition.delisting", "petition for delisting", true},
	{"petition.namesake", "petition of somebody of the same or a similar name", true},
	{"petition.exemption", "petition for an exemption", true},
	{"petition.third_party", "petition of a third party", true},
	{"review", "next review of a decision in force", false},
}

// Petition is a way back: who decides, and where one turns from there. Its clock
// is that of the same name, as petition.delisting.
type Petition struct {
	Plea     petition.Plea `json:"plea"`
	To       string        `json:"to"`
	Barred   bool          `json:"barred,omitempty"` // a repeated one must say what has changed
	Recourse string        `json:"recourse"`
	Basis    Basis         `json:"basis"`
}

// Challenge is the way to a court.
type Challenge struct {
	Forum    string         `json:"forum"`
	Within   *deadline.Rule `json:"within,omitempty"` // none: no time is set
	After    string         `json:"after,omitempty"`  // what that time runs from
	Standard string         `json:"standard,omitempty"`
	Suspends bool           `json:"suspends,omitempty"` // the measure, meanwhile
	Closed   bool           `json:"closed,omitempty"`   // closed material may be heard
	Basis    Basis          `json:"basis"`
}

// Mode is how an exemption is had.
type Mode string

// Modes of exemption.
const (
	Standing     Mode = "standing"     // by the law, nobody asks
	Allowance    Mode = "allowance"    // by the law, up to its limit
	Notification Mode = "notification" // told beforehand, free unless refused in time
	Approval     Mode = "approval"     // asked for and granted
)

// Exemption is what may be paid in spite of a freeze.
type Exemption struct {
	Kind  string         `json:"kind"`
	Mode  Mode           `json:"mode"`
	Text  string         `json:"text"`
	Limit *Limit         `json:"limit,omitempty"`
	Wait  *deadline.Rule `json:"wait,omitempty"` // time to refuse
	Since deadline.Day   `json:"since,omitzero"`
	Basis Basis          `json:"basis"`
}

// Limit is a sum up to which nobody need ask.
type Limit struct {
	Amount   int64  `json:"amount"` // in the smallest unit of the currency
	Currency string `json:"currency"`
	Per      string `json:"per"`
}

// Publication is what the public reads.
type Publication struct {
	Where    []string       `json:"where"`
	Audience string         `json:"audience"` // public: the list is open files
	Fields   []notice.Field `json:"fields"`   // of the subject
	Reasons  string         `json:"reasons"`  // none, summary or full
	Guidance string         `json:"guidance"` // what institutions must do
	Recourse string         `json:"recourse"` // how to object
	Basis    Basis          `json:"basis"`
}

// Telling is when and of what the person is told.
type Telling struct {
	When    string   `json:"when"` // before, with, after (the publication) or never
	Content []string `json:"content,omitempty"`
	Basis   Basis    `json:"basis"`
}

// Duty is what institutions must do, by when.
type Duty struct {
	ID            string `json:"id"`
	Text          string `json:"text"`
	After         string `json:"after"` // what its time runs from
	deadline.Rule `yaml:",inline"`
	Basis         Basis `json:"basis"`
}
