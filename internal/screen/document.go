package screen

import (
	"fmt"
	"strings"

	"interdict/internal/document"
)

// DocumentAnswer is the answer to one document.
type DocumentAnswer struct {
	Document string `json:"document"`
	Status   Status `json:"status"`
	Reason   string `json:"reason,omitempty"`
	Stamp
	Threshold Ratio     `json:"threshold"`
	Format    string    `json:"format,omitempty"`
	Bytes     int       `json:"bytes"` // of the extracted text, which offsets count
	Warnings  []string  `json:"warnings,omitempty"`
	Unread    []string  `json:"unread,omitempty"`
	Mentions  []Mention `json:"mentions"`
}

// Document screens the text of a document. A text without letters, and one of
// which a part could not be read and nothing was found in the rest, was not
// screened.
func (e *Engine) Document(file string, t document.Text, o Options) (DocumentAnswer, error) {
	a := e.blankDocument(file, o)
	a.Format, a.Bytes, a.Warnings, a.Unread = t.Format, len(t.Body), t.Warnings, t.Unread
	if letters(t.Body) == 0 {
		a.Status, a.Reason = NotScreened, "there is no text in the document"
		return a, nil
	}
	found, err := e.text(t.Body, o)
	if err != nil {
		return a, fmt.Errorf("screening %s: %w", file, err)
	}
	for _, m := range found {
		m.Part = partOf(t.Parts, m.Start)
		a.Mentions = append(a.Mentions, m)
	}
	switch {
	case len(a.Mentions) > 0:
		a.Status = Hits
	case len(t.Unread) > 0:
		a.Status, a.Reason = NotScreened, "not read: "+strings.Join(t.Unread, ", ")
	default:
		a.Status = None
	}
	return a, nil
}

// Unreadable is the answer to a document that could not be read at all.
func (e *Engine) Unreadable(file string, reason error, o Options) DocumentAnswer {
	a := e.blankDocument(file, o)
	a.Status, a.Reason = NotScreened, reason.Error()
	return a
}

func (e *Engine) blankDocument(file string, o Options) DocumentAnswer {
	a := DocumentAnswer{Document: file, Stamp: e.stamp(), Threshold: Ratio(10 * DefaultMention), Mentions: []Mention{}}
	if o.Threshold != 0 {
		a.Threshold = Ratio(10 * o.Threshold)
	}
	return a
}

func partOf(parts []document.Part, at int) string {
	for _, p := range parts {
		if p.Start <= at && at < p.End {
			return p.Name
		}
	}
	return ""
}
