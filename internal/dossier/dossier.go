package dossier

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"interdict/internal/date"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/material"
	"interdict/internal/record"
	"interdict/internal/roster"
)

// ID is the id of a dossier.
type ID = id.Of[Dossier]

// IDPrefix begins the ids of dossiers.
func (Dossier) IDPrefix() string { return "D" }

// Stream returns the stream of a dossier.
func Stream(i ID) string { return "dossier/" + i.String() }

// State is where a dossier stands.
type State string

// States.
const (
	Open      State = "open"
	Submitted State = "submitted" // before the commission; its content is frozen
	Decided   State = "decided"
	Closed    State = "closed"
	Merged    State = "merged" // into another
)

// Transitions are the states of a dossier.
var Transitions = event.Table[State]{
	"":        {"dossier.opened": Open},
	Open:      {"dossier.submitted": Submitted, "dossier.merged_into": Merged, "dossier.closed": Closed},
	Submitted: {"dossier.returned": Open, "dossier.decided": Decided},
	Decided:   {"dossier.reopened": Open, "dossier.closed": Closed},
	Closed:    {"dossier.reopened": Open},
}

// Assertion says what kind of statement an allegation is.
type Assertion string

// Kinds of statement (LED 2016/680 art. 7). They are never mixed.
const (
	Fact       Assertion = "fact"
	Assessment Assertion = "assessment"
	Hearsay    Assertion = "hearsay"
)

// Span is a piece of a material, with the hash of what stands there, so that
// nobody has to believe the quotation.
type Span struct {
	Material material.ID `json:"material"`
	Document string      `json:"document"` // hash of the document or derived text
	Start    int         `json:"start"`    // bytes, end excluded
	End      int         `json:"end"`
	Quote    string      `json:"quote"` // SHA-256 of the bytes of the span, hexadecimal
}

// Holds returns an error unless text, the whole document, has at the span what
// was quoted.
func (s Span) Holds(text []byte) error {
	if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
		return fault.New(fault.Invalid, "span %d to %d of %s: the document has %d bytes", s.Start, s.End, s.Material, len(text))
	}
	if sum := sha256.Sum256(text[s.Start:s.End]); hex.EncodeToString(sum[:]) != s.Quote {
		return fault.New(fault.Corrupt, "span %d to %d of %s: other words stand there than were quoted", s.Start, s.End, s.Material)
	}
	return nil
}

// Ground is a ground of the statute with the elements that evidence must show.
type Ground struct {
	Code     string   `json:"code"`
	Elements []string `json:"elements"`
}

// Allegation says of one element of one ground what is so and what shows it.
type Allegation struct {
	Key       string        `json:"key"`
	Ground    string        `json:"ground"`
	Element   string        `json:"element"`
	Text      string        `json:"text"`
	Assertion Assertion     `json:"assertion"`
	Sort      material.Sort `json:"sort"`
	Spans     []Span        `json:"spans,omitempty"`
	BasedOn   []string      `json:"based_on,omitempty"` // keys of allegations that an assessment draws on
	Closed    bool          `json:"closed,omitempty"`   // belongs to the closed version only
}

// Entry is a line of the timeline.
type Entry struct {
	Key       string       `json:"key"`
	When      date.Partial `json:"when"`
	Text      string       `json:"text"`
	Assertion Assertion    `json:"assertion"`
	Spans     []Span       `json:"spans,omitempty"`
	Closed    bool         `json:"closed,omitempty"`
}

// Link ties this dossier to another one, or to an inquiry that somebody else
// owns and that runs by itself.
type Link struct {
	Key        string                `json:"key"`
	To         string                `json:"to"` // id of a dossier, or the other owner's reference
	Owner      roster.OrganisationID `json:"owner"`
	Role       string                `json:"role"`
	Note       string                `json:"note,omitempty"`
	DiscloseOn time.Time             `json:"disclose_on,omitzero"` // before it only this side knows; zero: known to both
}

// Contact is a conversation with a partner.
type Contact struct {
	Key        string    `json:"key"`
	With       string    `json:"with"`
	At         time.Time `json:"at"`
	Means      string    `json:"means"` // call, letter, meeting …
	What       string    `json:"what"`
	DiscloseOn time.Time `json:"disclose_on,omitzero"` // when it may be told; zero: never by itself
}

// Told reports whether the contact may be told at an instant.
func (c Contact) Told(at time.Time) bool { return !c.DiscloseOn.IsZero() && !at.Before(c.DiscloseOn) }

// Content is what a dossier says. It is what members read, what a submission
// pins, and what a merge carries over.
type Content struct {
	Allegations []Allegation `json:"allegations,omitempty"`
	Timeline    []Entry      `json:"timeline,omitempty"`
	Links       []Link       `json:"links,omitempty"`
	Contacts    []Contact    `json:"contacts,omitempty"`
	Statements  []Statement  `json:"statements,omitempty"`
}

// Text is what the dossier says in prose.
type Text struct {
	Open   string `json:"open"`   // may leave the restricted side
	Closed string `json:"closed"` // may not
}

// Pin is what a submission and a decision rest on.
type Pin struct {
	Statute        string `json:"statute"`
	StatuteVersion string `json:"statute_version"`
	Dossier        ID     `json:"dossier"`
	Version        uint64 `json:"version"`  // of the dossier's stream
	Digest         string `json:"digest"`   // of the dossier then
	Snapshot       string `json:"snapshot"` // of the register
}

// Dossier is one case as it stands.
type Dossier struct {
	ID       ID                `json:"id"`
	Title    string            `json:"title,omitempty"`
	Subject  record.Subject    `json:"subject,omitempty"`
	From     []ID              `json:"from,omitempty"` // dossiers that came into this one, or that it was split from
	Into     ID                `json:"into,omitzero"`  // dossier that it was merged into
	State    State             `json:"state"`
	Version  uint64            `json:"version"`
	At       time.Time         `json:"at"`
	Team     []roster.PersonID `json:"team,omitempty"`
	Recused  []roster.PersonID `json:"recused,omitempty"`
	Content  Content           `json:"content,omitempty"`
	Text     Text              `json:"text,omitzero"`
	Askings  []Asking          `json:"askings,omitempty"`
	Pins     []Pin             `json:"pins,omitempty"` // one a submission, the last in force
	Decision string            `json:"decision,omitempty"`
}

// Digest returns the hash of what the dossier says now, as 64 hexadecimal
// digits: subject, texts and content.
func (d Dossier) Digest() string {
	body, err := json.Marshal(struct {
		ID      ID
		Title   string
		Subject record.Subject
		Text    Text
		Content Content
	}{d.ID, d.Title, d.Subject, d.Text, d.Content})
	if err != nil {
		panic(err) // texts, numbers and instants only
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Gap is an element of a ground that nothing shows.
type Gap struct {
	Ground  string `json:"ground"`
	Element string `json:"element"`
}

// Gaps returns the elements of these grounds for which the dossier has no fact.
// They are shown to the members, never hidden.
func (d Dossier) Gaps(grounds []Ground) []Gap {
	var gaps []Gap
	for _, g := range grounds {
		for _, e := range g.Elements {
			if !slices.ContainsFunc(d.Content.Allegations, func(a Allegation) bool {
				return a.Ground == g.Code && a.Element == e && a.Assertion == Fact
			}) {
				gaps = append(gaps, Gap{g.Code, e})
			}
		}
	}
	return gaps
}

// OpenVersion returns what may leave the restricted side: the open text, and
// what is not marked closed. Contacts and links never leave by themselves.
func (d Dossier) OpenVersion() (string, Content) {
	var c Content
	for _, a := range d.Content.Allegations {
		if !a.Closed {
			a.BasedOn = slices.DeleteFunc(slices.Clone(a.BasedOn), d.closed)
			c.Allegations = append(c.Allegations, a)
		}
	}
	for _, e := range d.Content.Timeline {
		if !e.Closed {
			c.Timeline = append(c.Timeline, e)
		}
	}
	return d.Text.Open, c
}

// closed reports whether the allegation of that key is for the closed version.
func (d Dossier) closed(key string) bool {
	return slices.ContainsFunc(d.Content.Allegations, func(a Allegation) bool { return a.Key == key && a.Closed })
}
