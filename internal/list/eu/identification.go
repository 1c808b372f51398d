package eu

import (
	"fmt"
	"regexp"
	"strings"

	"interdict/internal/record"
)

// types of papers, by the list's code.
var types = map[string]string{
	"passport": "passport", "diplomaticpassport": "passport", "servicepassport": "passport",
	"id": "national-id", "nationalid": "national-id", "idcard": "national-id",
	"ssn": "national-id", "fiscalcode": "tax", "taxid": "tax", "tax": "tax", "vat": "tax",
	"regnumber": "registration", "registration": "registration", "tradelic": "registration",
	"swiftbic": "bic", "bic": "bic", "imo": "imo", "lei": "lei",
	"other": "other", "electoralid": "other", "drivinglicence": "other", "birthcert": "other",
	"residentperm": "other", "laissezpasser": "other", "travel": "other", "travelid": "other", "stateid": "other", "refugee": "other", "property": "other",
}

// older is how the CSV of 59 columns prints a paper: "number (type-Type) (remark)".
var older = regexp.MustCompile(`^(.*?)\s*\((\w+)-([^()]*)\)\s*(.*)$`)

// standing are the flags of a paper, in the list's order.
var standing = []struct{ field, words string }{
	{"diplomatic", "diplomatic"},
	{"knownExpired", "known to have expired"},
	{"knownFalse", "known to be false"},
	{"reportedLost", "reported lost"},
	{"revokedByIssuer", "revoked by its issuer"},
}

func (r *reader) identification(b *block) {
	f := &b.fields
	id := record.Identifier{At: b.at, Number: f.take("number"), Detail: f.take("identificationTypeDescription"), Issuer: f.take("issuedBy")}
	code := f.take("identificationTypeCode")
	remarks := f.all("remark")
	if m := older.FindStringSubmatch(id.Number); m != nil && code == "" {
		id.Number, code, id.Detail = m[1], m[2], m[3]
		remarks = append(remarks, m[4])
	}
	id.Type = r.paperType(code, b.at)
	if id.Detail == "" {
		id.Detail = code
	}
	id.Country, id.Code = land(f)
	id.Issued = r.date(f.take("issueDate"), b.at+"/@issueDate")
	id.Expires = r.date(f.take("validTo"), b.at+"/@validTo")
	id.Note = strings.Join(r.paperNotes(f, remarks, b.at), "; ")
	latin := f.take("latinNumber")
	if id.Number == "" {
		id.Number, latin = latin, ""
	}
	if null(id.Number) {
		r.warn(b.at, "a paper without a number")
		r.keep("identification", strings.Join(nonEmpty(id.Detail, id.Number, id.Country, id.Issuer, id.Note), ", "), b.at)
		return
	}
	r.rec.Identifiers = append(r.rec.Identifiers, id)
	if latin != "" && latin != id.Number {
		id.Number, id.At = latin, b.at+"/@latinNumber"
		r.rec.Identifiers = append(r.rec.Identifiers, id)
	}
}

func (r *reader) paperNotes(f *fields, remarks []string, at string) []string {
	var notes []string
	for _, s := range standing {
		switch v := f.take(s.field); strings.ToLower(v) {
		case "", "false":
		case "true":
			notes = append(notes, s.words)
		default:
			r.warn(at+"/@"+s.field, fmt.Sprintf("%s=%q is neither true nor false", s.field, v))
			notes = append(notes, s.field+" "+v)
		}
	}
	notes = append(notes,
		labelled("name on document: ", f.take("nameOnDocument")),
		labelled("valid from ", f.take("validFrom")),
		labelled("region: ", f.take("region")))
	return nonEmpty(append(notes, remarks...)...)
}

func (r *reader) paperType(code, at string) string {
	if t, ok := types[strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(code))]; ok {
		return t
	}
	r.warn(at+"/@identificationTypeCode", fmt.Sprintf("the type %q is not known", code))
	return "other"
}
