package eu

import (
	"fmt"
	"regexp"
	"strings"

	"interdict/internal/record"
)

// contact is how contacts are printed: "PHONE[042-681 20 81] FAX[..]".
var contact = regexp.MustCompile(`([A-Za-z_ ]+)\[([^\]]*)\]`)

var contactTypes = map[string]string{
	"PHONE": "phone", "MOBILE": "phone", "FAX": "phone", "EMAIL": "email", "E-MAIL": "email", "WEB": "website", "WEBSITE": "website", "URL": "website",
}

func (r *reader) address(b *block) {
	f := &b.fields
	a := record.Address{At: b.at, City: f.take("city"), Region: f.take("region"), PostCode: f.take("zipCode"), Text: f.take("place")}
	a.Street = strings.Join(nonEmpty(f.take("number"), f.take("street")), " ")
	a.Country, a.Code = land(f)
	notes := []string{labelled("PO box ", f.take("poBox"))}
	if strings.EqualFold(f.peek("asAtListingTime"), "true") {
		notes = append(notes, "as at the time of listing")
		f.take("asAtListingTime")
	} else if strings.EqualFold(f.peek("asAtListingTime"), "false") {
		f.take("asAtListingTime")
	}
	for _, s := range f.all("remark") {
		notes = append(notes, s)
		r.found(s, b.at+"/remark")
	}
	a.Note = strings.Join(nonEmpty(notes...), "; ")
	for _, c := range f.all("contactInfo") {
		r.contacts(c, b.at+"/contactInfo")
	}
	if a != (record.Address{At: b.at}) {
		r.rec.Addresses = append(r.rec.Addresses, a)
	}
}

func (r *reader) contacts(text, at string) {
	found := contact.FindAllStringSubmatch(text, -1)
	if rest := strings.Trim(contact.ReplaceAllString(text, ""), " ,;"); rest != "" {
		r.keep("contactInfo", rest, at)
		r.warn(at, fmt.Sprintf("contact not understood: %q", rest))
	}
	for _, m := range found {
		key := strings.ToUpper(strings.TrimSpace(m[1]))
		kind, ok := contactTypes[key]
		if !ok {
			kind = "other"
			r.warn(at, fmt.Sprintf("the kind of contact %q is not known", key))
		}
		if v := strings.TrimSpace(m[2]); v != "" {
			r.rec.Identifiers = append(r.rec.Identifiers, record.Identifier{Type: kind, Number: v, Detail: key, At: at})
		}
	}
}

func (r *reader) citizenship(b *block) {
	c := record.Country{Role: "citizenship", At: b.at}
	c.Text, c.Code = land(&b.fields)
	c.Note = strings.Join(nonEmpty(append(b.fields.all("remark"), labelled("region: ", b.fields.take("region")))...), "; ")
	if c.Text == "" && c.Note == "" {
		return
	}
	if r.rec.Kind == record.Person {
		r.rec.Citizenships = append(r.rec.Citizenships, c)
		return
	}
	r.rec.Countries = append(r.rec.Countries, c)
}
