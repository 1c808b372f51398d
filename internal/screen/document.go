package screen

import (
	"fmt"
	"strings"

	"interdict/internal/document"
	"interdict/internal/fault"
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

// Document screens the text of a document. Where nothing was found and there is
// no letter, or a part could not be read, the document was not screened.
func (e *Engine) Document(file string, t document.Text, o Options) (DocumentAnswer, error) {
	a := e.blankDocument(file, o)
	a.Format, a.Bytes, a.Warnings, a.Unread = t.Format, len(t.Body), t.Warnings, t.Unread
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
	case letters(t.Body) == 0:
		a.Status, a.Reason = NotScreened, "there is no text in the document"
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
	a.Status, a.Reason = NotScreened, because(reason)
	return a
}

// because is an error with its hints, on one line.
func because(err error) string {
	text := err.Error()
	if hints := fault.Hints(err); hints != "" {
		text += " (" + hints + ")"
	}
	return strings.Join(strings.Fields(text), " ")
}

func (e *Engine) blankDocument(file string, o Options) DocumentAnswer {
	return DocumentAnswer{Document: file, Stamp: e.stamp(), Threshold: Ratio(10 * o.mention()), Mentions: []Mention{}}
}

func partOf(parts []document.Part, at int) string {
	for _, p := range parts {
		if p.Start <= at && at < p.End {
			return p.Name
		}
	}
	return ""
}
