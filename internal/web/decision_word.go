package web

import (
	"slices"

	"interdict/internal/decision"
	"interdict/internal/roster"
)

// relatedWords is what a thing is to a decision, as a key of messages.
var relatedWords = map[string]string{
	"decision target": "changed by", "petition against": "petition against it", "petition outcome": "petition that it answers", "exclusion certificate": "exclusion that it gives",
}

// signatureOf returns the signature of an office at a stage, nil while it has
// none.
func signatureOf(d decision.Decision, stage, office string) *decision.Signature {
	i := slices.IndexFunc(d.Signatures, func(s decision.Signature) bool { return s.Stage == stage && s.Office == office })
	if i < 0 {
		return nil
	}
	return &d.Signatures[i]
}

// office is how an office of a stage is called.
func (v *visit) office(o string) string {
	if o == "chair" {
		return say(v.own(), "the chair")
	}
	return v.organisationOf(roster.OrganisationID(o))
}

// draftPath is the form of a decision that changes another one.
func draftPath(d decision.Decision, m decision.Measure) string {
	path := "/decisions/new?dossier=" + d.Pin.Dossier.String() + "&measure=" + string(m)
	if m != decision.Certificate {
		path += "&target=" + d.ID.String()
	}
	return path
}
