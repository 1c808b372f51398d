package document

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"interdict/internal/fault"
)

// mailFields are the header fields that name people or say something.
var mailFields = []string{
	"From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Resent-From", "Resent-To", "Subject", "Comments", "Keywords", "Organization",
}

// eml adds a mail: header fields, text, HTML where it says something else, and
// every attachment.
func (b *builder) eml(name string, in []byte, depth int) error {
	mail, err := enmime.NewParser(enmime.DisableTextConversion(true)).ReadEnvelope(bytes.NewReader(in))
	if err != nil {
		return fault.Hint(fault.At(fault.Place{File: name}, "not a readable mail: %w", err), "Save the mail again as EML.")
	}
	for _, e := range mail.Errors {
		switch {
		case e.Name == enmime.ErrorPlainTextFromHTML: // the HTML is read below
		case e.Severe, isAny(e.Name, enmime.ErrorMalformedBase64, enmime.ErrorCharsetConversion, enmime.ErrorContentEncoding):
			// a portion of the mail was lost or garbled
			b.miss("a portion of the mail", strings.ToLower(e.Name)+" ("+e.Detail+")")
		default:
			b.warn("mail: %s: %s", e.Name, e.Detail)
		}
	}
	for _, field := range mailFields {
		b.add(field, strings.Join(mail.GetHeaderValues(field), "\n"))
	}
	b.add("body", mail.Text)
	if mail.HTML != "" {
		page := builder{}
		page.html([]byte(mail.HTML), false)
		b.warnings = append(b.warnings, page.warnings...)
		if squeeze(page.body.String()) != squeeze(mail.Text) {
			b.add("HTML body", page.body.String())
		}
	}
	attached := append(append(append([]*enmime.Part(nil), mail.Attachments...), mail.Inlines...), mail.OtherParts...)
	for i, p := range attached {
		b.attachment(p, i, depth)
	}
	return nil
}

func (b *builder) attachment(p *enmime.Part, i, depth int) {
	name := p.FileName
	switch {
	case name != "":
	case p.ContentType == "message/rfc822":
		name = "message.eml"
	default:
		name = fmt.Sprintf("part %d (%s)", i+1, p.ContentType)
	}
	if len(p.Content) == 0 {
		b.miss("attachment "+name, "no content")
		return
	}
	b.inside("attachment", name, p.Content, depth)
}

// squeeze makes texts comparable that differ in blanks only.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
