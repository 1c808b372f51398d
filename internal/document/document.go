// Package document takes the text out of documents: plain text, HTML and other
// XML, DOCX, mail (EML) and PDF.
//
// It tells the format by content first and by name second, gives one body of
// UTF-8 with named parts, and says in words what it could not read: an image,
// a page without text, an attachment of an unknown format. Deleted text of
// tracked changes, comments, footnotes and attachments are evidence and are
// read. It never guesses in silence (a guessed charset is a warning) and never
// passes an unreadable document off as an empty one. It knows nothing of lists
// or of matching; a text without letters is no error here.
package document

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"interdict/internal/fault"
)

// Limits. A document beyond them is refused, with the limit in the error.
const (
	MaxInput = 64 << 20 // bytes of a document
	MaxText  = 64 << 20 // bytes of text taken out of one
	maxDepth = 8        // documents within documents
)

// Text is what a document says.
type Text struct {
	Body     string   // all text; every offset given to people counts its bytes
	Format   string   // "txt", "html", "xml", "docx", "eml", "pdf"
	Parts    []Part   // named spans of Body, in order, not overlapping; they cover all text
	Warnings []string // what people should know about the reading
	Unread   []string // attachments, images and pages whose text is not in Body; each has a warning too
}

// Part is a named span of Body, in bytes.
type Part struct {
	Name       string // "title", "body", "From", "Subject", "attachment a.pdf", "page 3", "footnotes", "deleted" ...
	Start, End int
}

// Read takes the text out of a document. An unknown or broken format and a PDF
// without any text are errors of kind Invalid that say what to do.
func Read(name string, r io.Reader) (Text, error) {
	in, err := io.ReadAll(io.LimitReader(r, MaxInput+1))
	if err != nil {
		return Text{}, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(in) > MaxInput {
		return Text{}, fault.Hint(fault.At(fault.Place{File: name}, "larger than %d MiB", MaxInput>>20), "Split the document.")
	}
	b := builder{}
	format, err := b.read(name, in, 0)
	if err != nil {
		return Text{}, err
	}
	return Text{Body: b.body.String(), Format: format, Parts: b.parts, Warnings: b.warnings, Unread: b.unread}, nil
}

// builder gathers the text of a document and of those inside it.
type builder struct {
	body     strings.Builder
	parts    []Part
	warnings []string
	unread   []string
	prefix   string // of part names and warnings, for documents inside documents
}

// read adds the text of one document and returns its format.
func (b *builder) read(name string, in []byte, depth int) (string, error) {
	if depth > maxDepth {
		return "", fault.At(fault.Place{File: name}, "documents are nested deeper than %d", maxDepth)
	}
	format, err := sniff(name, in)
	if err != nil {
		return "", err
	}
	switch format {
	case "pdf":
		err = b.pdf(name, in, depth)
	case "docx":
		err = b.docx(name, in, depth)
	case "eml":
		err = b.eml(name, in, depth)
	case "html", "xml":
		b.html(in, format == "xml")
	default:
		b.add("body", b.decode(in))
	}
	if err == nil && b.body.Len() > MaxText {
		err = fault.At(fault.Place{File: name}, "more than %d MiB of text", MaxText>>20)
	}
	return format, err
}

// add appends a part on a line of its own; text without content is left out.
func (b *builder) add(name, text string) {
	if !utf8.ValidString(text) { // raw bytes in a mail's header
		text = b.decode([]byte(text))
	}
	text = strings.Trim(text, "\r\n \t")
	if text == "" {
		return
	}
	if b.body.Len() > 0 {
		b.body.WriteString("\n\n")
	}
	start := b.body.Len()
	b.body.WriteString(text)
	b.parts = append(b.parts, Part{Name: b.prefix + name, Start: start, End: b.body.Len()})
}

func (b *builder) warn(format string, args ...any) {
	b.warnings = append(b.warnings, b.prefix+fmt.Sprintf(format, args...))
}

// miss notes something whose text could not be read.
func (b *builder) miss(what, why string) {
	b.unread = append(b.unread, b.prefix+what)
	b.warn("%s: %s: not screened", what, why)
}

// inside reads a document within this one; what cannot be read is noted, and
// nothing of a half-read document is lost.
func (b *builder) inside(kind, name string, in []byte, depth int) {
	before := b.prefix
	b.add(kind+" name", name)
	b.prefix = before + kind + " " + name + ": "
	_, err := b.read(name, in, depth+1)
	b.prefix = before
	if err != nil {
		b.miss(kind+" "+name, strings.TrimPrefix(err.Error(), name+": "))
	}
}

// isAny says whether s is one of the others.
func isAny(s string, others ...string) bool { return slices.Contains(others, s) }
