package material

import (
	"slices"
	"time"

	"interdict/internal/event"
	"interdict/internal/id"
	"interdict/internal/record"
	"interdict/internal/roster"
)

// ID is the id of a material.
type ID = id.Of[Material]

// IDPrefix begins the ids of materials.
func (Material) IDPrefix() string { return "M" }

// Stream returns the stream of a material.
func Stream(i ID) string { return "material/" + i.String() }

// State is where a material stands.
type State string

// States. A withdrawn material stays readable to those who relied on it.
const (
	Received  State = "received"
	Withdrawn State = "withdrawn"
)

// Transitions are the states of a material and what leads from one to the next.
var Transitions = event.Table[State]{
	"":       {"material.submitted": Received},
	Received: {"material.withdrawn": Withdrawn},
}

// MentionState is where the judgement of a mention stands.
type MentionState string

// States of a mention. Later waits until a day; a judgement may be mended.
const (
	Proposed MentionState = "proposed"
	Linked   MentionState = "linked"
	Rejected MentionState = "rejected"
	Later    MentionState = "later"
)

// MentionTransitions are the states of a mention.
var MentionTransitions = event.Table[MentionState]{
	"":       {"material.screened": Proposed},
	Proposed: {"material.mention_linked": Linked, "material.mention_rejected": Rejected, "material.mention_postponed": Later},
	Later:    {"material.mention_linked": Linked, "material.mention_rejected": Rejected, "material.mention_postponed": Later},
	Linked:   {"material.mention_rejected": Rejected},
	Rejected: {"material.mention_linked": Linked},
}

// UseState is where a request for onward use stands.
type UseState string

// States of onward use.
const (
	Asked   UseState = "asked"
	Granted UseState = "granted"
	Refused UseState = "refused"
	Revoked UseState = "revoked"
)

// UseTransitions are the states of a request for onward use. A refused one is
// asked anew under another key.
var UseTransitions = event.Table[UseState]{
	"":      {"material.onward_asked": Asked},
	Asked:   {"material.onward_granted": Granted, "material.onward_refused": Refused},
	Granted: {"material.onward_revoked": Revoked},
}

// TLP is the Traffic Light Protocol 2.0 label (FIRST, August 2022).
type TLP string

// Labels, from the narrowest.
const (
	Red         TLP = "red"
	AmberStrict TLP = "amber+strict"
	Amber       TLP = "amber"
	Green       TLP = "green"
	Clear       TLP = "clear"
)

// Handling says who may have a material beyond its recipients.
type Handling struct {
	TLP               TLP                     `json:"tlp"`
	OriginatorControl bool                    `json:"originator_control,omitempty"` // onward use needs consent whatever the label
	Recipients        []roster.OrganisationID `json:"recipients"`                   // to whom it was handed in; never empty
}

// Sort says what an allegation rests on (commission.md 8).
type Sort string

// Nature of evidence.
const (
	Intelligence   Sort = "intelligence"
	LawEnforcement Sort = "law_enforcement"
	Judicial       Sort = "judicial"
	Media          Sort = "media"
	Admission      Sort = "admission"
	Financial      Sort = "financial"
)

// Party is a person or organisation that a material states something about.
type Party struct {
	Key     string         `json:"key"` // in this material
	Subject record.Subject `json:"subject"`
}

// Account is an account, card or wallet.
type Account struct {
	Key         string `json:"key"`
	Number      string `json:"number"` // as written
	Type        string `json:"type"`   // iban, account, card, wallet
	Institution string `json:"institution,omitempty"`
	Currency    string `json:"currency,omitempty"`
	Holder      string `json:"holder,omitempty"` // key of a party
}

// Link is a tie that the material states between two of its keys.
type Link struct {
	From string `json:"from"`
	To   string `json:"to"`
	Role string `json:"role"` // owns, controls, acts_for, directs, associate …
	Note string `json:"note,omitempty"`
}

// Document is a file in the vault.
type Document struct {
	Hash     string `json:"hash"` // SHA-256 of the original bytes in hexadecimal
	Name     string `json:"name"`
	Media    string `json:"media"`
	Size     int64  `json:"size"` // bytes
	Language string `json:"language,omitempty"`
}

// Derivation is what a derived text is.
type Derivation string

// Kinds of derived text.
const (
	Extraction  Derivation = "extraction"
	OCR         Derivation = "ocr"
	Translation Derivation = "translation"
)

// Mention is a place of a material where a listed subject or the subject of an
// open dossier seems to be named.
type Mention struct {
	Key     string `json:"key"`     // unique in the material
	Target  string `json:"target"`  // id of the listed subject or of the dossier
	Dossier bool   `json:"dossier"` // the target is a dossier, else a subject of the register
	Place   string `json:"place"`   // hash of the document or key of the party
	Start   int    `json:"start"`   // bytes of the text, end excluded
	End     int    `json:"end"`
	Text    string `json:"text"`
	Score   int    `json:"score"` // of 10000
	Band    string `json:"band"`
}

// Judged is a mention with its judgement.
type Judged struct {
	Mention
	State  MentionState    `json:"state"`
	To     string          `json:"to,omitempty"` // dossier that it was linked to
	Until  time.Time       `json:"until,omitzero"`
	By     roster.PersonID `json:"by,omitempty"`
	Reason string          `json:"reason,omitempty"`
}

// Use is a request for onward use with its answer.
type Use struct {
	Key        string                  `json:"key,omitempty"`
	Purpose    string                  `json:"purpose,omitempty"`
	Recipients []roster.OrganisationID `json:"recipients,omitempty"`
	AskedBy    roster.PersonID         `json:"asked_by,omitempty"`
	State      UseState                `json:"state"`
	AnsweredBy roster.PersonID         `json:"answered_by,omitempty"`
	Terms      string                  `json:"terms,omitempty"`
	Until      time.Time               `json:"until,omitzero"` // end of the consent; zero without end
}

// Material is one hand-in as it stands.
type Material struct {
	Submitted
	State      State           `json:"state"`
	At         time.Time       `json:"at"`
	By         roster.PersonID `json:"by,omitempty"`
	Version    uint64          `json:"version"`
	Derived    []Derived       `json:"derived,omitempty"`
	Screenings []Screening     `json:"screenings,omitempty"`
	Mentions   []Judged        `json:"mentions,omitempty"`
	Uses       []Use           `json:"uses,omitempty"`
	Feedback   []Feedback      `json:"feedback,omitempty"`
}

// Screening says what a material was held against.
type Screening struct {
	Snapshot string   `json:"snapshot"`
	Profile  string   `json:"profile"`
	Dossiers string   `json:"dossiers"`         // version of the set of open dossiers
	Reason   string   `json:"reason,omitempty"` // why it could not be screened; empty if it was
	Unread   []string `json:"unread,omitempty"` // parts that could not be read, each with why
}

// Receipt is what the sender gets, before the ledger signs it: what was
// received, from whom and when.
type Receipt struct {
	Material  ID                    `json:"material"`
	From      roster.OrganisationID `json:"from"`
	Reference string                `json:"reference"`
	At        time.Time             `json:"at"`
	Documents []string              `json:"documents"` // hashes, in the sender's order
}

// Receipt returns the data of the sender's receipt.
func (m Material) Receipt() Receipt {
	r := Receipt{Material: m.ID, From: m.Originator, Reference: m.Reference, At: m.At}
	for _, d := range m.Documents {
		r.Documents = append(r.Documents, d.Hash)
	}
	return r
}

// MayPass reports whether the organisation may have the material at an instant,
// and why not. It is narrow where the label is unclear: the clients that TLP
// AMBER allows are nobody unless they are named as recipients.
func (m Material) MayPass(to roster.OrganisationID, at time.Time) (ok bool, why string) {
	switch {
	case to == m.Originator || slices.Contains(m.Handling.Recipients, to):
		return true, ""
	case m.State == Withdrawn:
		return false, "its originator withdrew it"
	}
	for _, u := range m.Uses {
		if u.State == Granted && slices.Contains(u.Recipients, to) && (u.Until.IsZero() || !at.After(u.Until)) {
			return true, ""
		}
	}
	switch {
	case m.Handling.OriginatorControl:
		return false, "its originator has not consented"
	case m.Handling.TLP == Green || m.Handling.TLP == Clear:
		return true, ""
	}
	return false, "TLP " + string(m.Handling.TLP)
}
