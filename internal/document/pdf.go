package document

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"interdict/internal/fault"
)

// pdf adds the text of every page, of notes and of form fields, and what is
// attached.
func (b *builder) pdf(name string, in []byte, depth int) error {
	pool, err := startPDF()
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("starting the PDF reader: %w", err))
	}
	lib, err := pool.GetInstance(time.Minute)
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("waiting for the PDF reader: %w", err))
	}
	defer lib.Close()
	opened, err := lib.OpenDocument(&requests.OpenDocument{File: &in})
	if errors.Is(err, pdferrors.ErrPassword) {
		return fault.Hint(fault.At(fault.Place{File: name}, "the PDF is protected by a password: not screened"), "Save it without the password.")
	}
	if err != nil {
		return fault.Hint(fault.At(fault.Place{File: name}, "a broken PDF: %w", err), "Fetch it again, or print it to a new PDF.")
	}
	d := pdfDocument{lib: lib, doc: opened.Document, b: b, name: name}
	defer d.close()
	return d.read(depth)
}

type pdfDocument struct {
	lib  pdfium.Pdfium
	doc  references.FPDF_DOCUMENT
	b    *builder
	name string
}

func (d *pdfDocument) close() {
	_, _ = d.lib.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.doc})
}

func (d *pdfDocument) read(depth int) error {
	count, err := d.lib.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.doc})
	if err != nil {
		return fault.At(fault.Place{File: d.name}, "a broken PDF: %w", err)
	}
	var empty []int
	for i := range count.PageCount {
		page := requests.Page{ByIndex: &requests.PageByIndex{Document: d.doc, Index: i}}
		text, err := d.lib.GetPageText(&requests.GetPageText{Page: page})
		if err != nil {
			d.b.miss(fmt.Sprintf("page %d", i+1), err.Error())
			continue
		}
		body := strings.TrimSpace(pdfLines.Replace(text.Text))
		notes := d.notes(page)
		if body == "" && notes == "" {
			empty = append(empty, i+1)
		}
		d.b.add(fmt.Sprintf("page %d", i+1), body)
		d.b.add(fmt.Sprintf("notes on page %d", i+1), notes)
	}
	if len(empty) == count.PageCount {
		return fault.Hint(fault.At(fault.Place{File: d.name}, "no text in the PDF (a scan?): not screened"), "Recognise its text (OCR) first.")
	}
	for _, n := range empty {
		d.b.miss(fmt.Sprintf("page %d", n), "no text on it (a scan?)")
	}
	d.about()
	d.attachments(depth)
	return nil
}

// pdfLines turns PDFium's line ends and line-end hyphens into plain ones.
var pdfLines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x02", "-", "\ufffe", "-", "\x00", "")

// notes is the text of a page's annotations and form fields.
func (d *pdfDocument) notes(page requests.Page) string {
	count, err := d.lib.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
	if err != nil {
		return ""
	}
	var lines []string
	for i := range count.Count {
		one, err := d.lib.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: page, Index: i})
		if err != nil {
			continue
		}
		for _, key := range []string{"T", "Contents", "V"} {
			value, err := d.lib.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: one.Annotation, Key: key})
			if err == nil && strings.TrimSpace(value.Value) != "" {
				lines = append(lines, value.Value)
			}
		}
		_, _ = d.lib.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: one.Annotation})
	}
	return strings.Join(lines, "\n")
}

// about adds title, author and the like.
func (d *pdfDocument) about() {
	tags := []string{"Title", "Author", "Subject", "Keywords"}
	meta, err := d.lib.GetMetaData(&requests.GetMetaData{Document: d.doc, Tags: &tags})
	if err != nil {
		return
	}
	for _, tag := range meta.Tags {
		d.b.add(strings.ToLower(tag.Tag), tag.Value)
	}
}

func (d *pdfDocument) attachments(depth int) {
	files, err := d.lib.GetAttachments(&requests.GetAttachments{Document: d.doc})
	if err != nil {
		d.b.miss("attachments", err.Error())
		return
	}
	for _, f := range files.Attachments {
		d.b.inside("attachment", f.Name, f.Content, depth)
	}
}
