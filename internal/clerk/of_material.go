package clerk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"interdict/internal/access"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/roster"
)

// submission hands a material in.
type submission struct {
	Reference string             `json:"reference,omitempty" doc:"the sender's own"`
	Title     string             `json:"title"`
	Summary   string             `json:"summary,omitempty" doc:"open"`
	Reasons   string             `json:"reasons,omitempty" doc:"closed"`
	Sort      material.Sort      `json:"sort" enum:"intelligence,law_enforcement,judicial,media,admission,financial"`
	Grade     material.Grade     `json:"grade,omitzero"`
	Handling  handling           `json:"handling"`
	Parties   []party            `json:"parties,omitempty"`
	Accounts  []material.Account `json:"accounts,omitempty"`
	Links     []material.Link    `json:"links,omitempty"`
	Documents []enclosure        `json:"documents,omitempty"`
}

// handling says who may have it beyond the commission.
type handling struct {
	TLP               material.TLP            `json:"tlp" enum:"red,amber+strict,amber,green,clear"`
	OriginatorControl bool                    `json:"originator_control,omitempty" doc:"onward use needs the originator's consent whatever the label"`
	Recipients        []roster.OrganisationID `json:"recipients,omitempty" doc:"the commission, if none is named"`
}

type party struct {
	Key     string `json:"key"`
	Subject who    `json:"subject"`
}

// enclosure is a file with its bytes.
type enclosure struct {
	Name     string `json:"name"`
	Media    string `json:"media,omitempty" doc:"media type; told by the name and the bytes if none is given"`
	Language string `json:"language,omitempty"`
	Content  []byte `json:"content" doc:"the bytes, in base64"`
}

type use struct {
	Key        string                  `json:"key"`
	Purpose    string                  `json:"purpose"`
	Recipients []roster.OrganisationID `json:"recipients,omitempty" doc:"the own organisation, if none is named"`
}

// derivation adds a text that was made from a document.
type derivation struct {
	Of       string              `json:"of" doc:"hash of what it was made from"`
	As       material.Derivation `json:"as" enum:"extraction,ocr,translation"`
	Machine  bool                `json:"machine" doc:"made by a program and not read by a person"`
	Tool     string              `json:"tool,omitempty"`
	Language string              `json:"language,omitempty"`
	Text     string              `json:"text"`
}

var materialCommands = []Command{
	making("material.submit", "Hand in a material: statements, documents, or both. It is screened at once.", func(t *Turn, _ submission) access.Resource {
		return access.Resource{Owner: t.By.Organisation, Originator: t.By.Organisation}
	}, func(t *Turn, b submission) error {
		return t.takeIn(b)
	}),
	onThing("material.derive", "Add a text made from a document: an extraction, a recognition, a translation.", func(t *Turn, stream string, m material.Material, b derivation) error {
		text := []byte(b.Text)
		if len(text) == 0 {
			return fault.New(fault.Invalid, "the text is empty")
		}
		events, err := m.Derive(t.By, material.Derived{
			Hash: hashOf(text), Of: b.Of, As: b.As, Machine: b.Machine, Tool: b.Tool, Language: b.Language,
			Near: material.SketchOf(b.Text).Bands(),
		})
		if err != nil {
			return err
		}
		if err := t.addWith(stream, events[0], []sealable{{"text/plain", text}}); err != nil {
			return err
		}
		return t.screenText(stream, hashOf(text), b.Text)
	}),
	verb("material.link_mention", "Judge that a mention means the subject of a dossier.", func(t *Turn, m material.Material, b material.MentionLinked) ([]event.Event, error) {
		if err := t.reaches("dossier", b.Dossier); err != nil {
			return nil, err
		}
		return m.LinkMention(t.By, b.Key, b.Dossier, b.Reason)
	}),
	verb("material.reject_mention", "Judge that a mention means somebody else.", func(t *Turn, m material.Material, b keyed) ([]event.Event, error) {
		return m.RejectMention(t.By, b.Key, b.Reason)
	}),
	verb("material.postpone_mention", "Leave a mention for later.", func(t *Turn, m material.Material, b material.MentionPostponed) ([]event.Event, error) {
		return m.PostponeMention(t.By, t.At, b.Key, b.Until, b.Reason)
	}),
	verb("material.ask_onward", "Ask the originator for onward use.", func(t *Turn, m material.Material, b use) ([]event.Event, error) {
		if len(b.Recipients) == 0 {
			b.Recipients = []roster.OrganisationID{t.By.Organisation}
		}
		return m.AskOnward(t.By, material.OnwardAsked{Key: b.Key, Purpose: b.Purpose, Recipients: b.Recipients})
	}),
	verb("material.grant_onward", "Consent to onward use, for the originator.", func(t *Turn, m material.Material, b material.OnwardGranted) ([]event.Event, error) {
		return m.GrantOnward(t.By, t.At, b)
	}),
	verb("material.refuse_onward", "Refuse onward use, for the originator.", func(t *Turn, m material.Material, b keyed) ([]event.Event, error) {
		return m.RefuseOnward(t.By, b.Key, b.Reason)
	}),
	verb("material.revoke_onward", "End a consent to onward use.", func(t *Turn, m material.Material, b keyed) ([]event.Event, error) {
		return m.RevokeOnward(t.By, b.Key, b.Reason)
	}),
	verb("material.give_feedback", "Tell the sender what it was good for.", func(_ *Turn, m material.Material, b material.Feedback) ([]event.Event, error) {
		return m.GiveFeedback(b)
	}),
	verb("material.withdraw", "Take a material back.", func(t *Turn, m material.Material, b because) ([]event.Event, error) {
		return m.Withdraw(t.By, b.Reason)
	}),
}

// takeIn submits a material with its documents, reads their text and holds all
// of it against the register and the open dossiers.
func (t *Turn) takeIn(b submission) error {
	id, err := newID[material.Material](t.clerk)
	if err != nil {
		return err
	}
	s := material.Submitted{
		ID: id, Originator: t.By.Organisation, Reference: b.Reference, Title: b.Title, Summary: b.Summary, Reasons: b.Reasons,
		Sort: b.Sort, Grade: b.Grade, Accounts: b.Accounts, Links: b.Links,
		Handling: material.Handling{TLP: b.Handling.TLP, OriginatorControl: b.Handling.OriginatorControl, Recipients: b.Handling.Recipients},
	}
	if len(s.Handling.Recipients) == 0 {
		for _, o := range t.Roster.Organisations {
			if o.Nature == roster.Commission {
				s.Handling.Recipients = []roster.OrganisationID{o.ID}
			}
		}
	}
	for i, p := range b.Parties {
		subject, err := p.Subject.subject()
		if err != nil {
			return fmt.Errorf("parties[%d]: %w", i, err)
		}
		s.Parties = append(s.Parties, material.Party{Key: p.Key, Subject: subject})
	}
	var files []sealable
	for i, d := range b.Documents {
		media, err := mediaOf(d)
		if err != nil {
			return fmt.Errorf("documents[%d]: %w", i, err)
		}
		s.Documents = append(s.Documents, material.Document{Hash: hashOf(d.Content), Name: d.Name, Media: media, Size: int64(len(d.Content)), Language: d.Language})
		files = append(files, sealable{media, d.Content})
	}
	events, err := material.Material{}.Submit(t.By, s)
	if err != nil {
		return err
	}
	stream := material.Stream(id)
	if err := t.addWith(stream, events[0], files); err != nil {
		return err
	}
	texts, err := t.extract(stream, b.Documents)
	if err != nil {
		return err
	}
	return t.screenMaterial(stream, s, texts)
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

var materialRoom = roomOf("material", material.Events,
	func(m material.Material) row { return row{state: string(m.State), owner: string(m.Originator)} },
	materialTies,
	func(m material.Material) access.Resource {
		r := access.Resource{Kind: "material", ID: m.ID.String(), Owner: m.Originator, Originator: m.Originator, State: string(m.State)}
		r.Shared = append(r.Shared, m.Handling.Recipients...)
		return r
	})

func materialTies(m material.Material) []tie {
	var ties []tie
	add := func(relation, target string) {
		if t := (tie{relation, target}); !contains(ties, t) {
			ties = append(ties, t)
		}
	}
	for _, d := range m.Documents {
		add("encloses", "document/"+d.Hash)
	}
	for _, d := range m.Derived {
		for _, band := range d.Near {
			add("near", fmt.Sprintf("near/%016x", band))
		}
	}
	for _, x := range m.Mentions {
		if x.State == material.Linked {
			add("about", "dossier/"+x.To)
		}
	}
	return ties
}
