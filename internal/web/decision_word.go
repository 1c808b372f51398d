package web

import (
	"fmt"
	"slices"

	"golang.org/x/text/currency"

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

// money is a sum in the smallest unit of its currency, as people write it.
func money(amount int64, code string) string {
	scale := 2
	if unit, err := currency.ParseISO(code); err == nil {
		scale, _ = currency.Standard.Rounding(unit)
	}
	parts := int64(1)
	for range scale {
		parts *= 10
	}
	if parts == 1 {
		return fmt.Sprintf("%d %s", amount, code)
	}
	return fmt.Sprintf("%d.%0*d %s", amount/parts, scale, amount%parts, code)
}

// draftPath is the form of a decision that changes another one.
func draftPath(d decision.Decision, m decision.Measure) string {
	path := "/decisions/new?dossier=" + d.Pin.Dossier.String() + "&measure=" + string(m)
	if m != decision.Certificate {
		path += "&target=" + d.ID.String()
	}
	return path
}
