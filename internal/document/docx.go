package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"interdict/internal/fault"
)

// Limits on what a DOCX may unpack to.
const (
	maxUnpacked = 256 << 20 // bytes in all
	maxRatio    = 200       // unpacked to packed, of members beyond 1 MiB
	maxMembers  = 10_000
)

// docxSilent are members of word/ that hold no text.
var docxSilent = wordSet("styles.xml stylesWithEffects.xml settings.xml webSettings.xml fontTable.xml numbering.xml")

// docx adds a Word document: the body, then headers, footers, notes, comments
// and whatever else holds text, then embedded documents.
func (b *builder) docx(name string, in []byte, depth int) error {
	z, err := zip.NewReader(bytes.NewReader(in), int64(len(in)))
	if err != nil {
		return fault.At(fault.Place{File: name}, "a broken DOCX file: %w", err)
	}
	if err := checkZip(name, z); err != nil {
		return err
	}
	files := slices.Clone(z.File)
	slices.SortStableFunc(files, func(x, y *zip.File) int {
		return strings.Compare(docxOrder(x.Name), docxOrder(y.Name))
	})
	main := false
	for _, f := range files {
		part := docxPart(f.Name)
		if part == "" {
			continue
		}
		data, err := unpack(f)
		if err != nil {
			return fault.At(fault.Place{File: name, Element: f.Name}, "a broken DOCX file: %w", err)
		}
		switch part {
		case "image":
			b.miss("image "+path.Base(f.Name), "no text can be read from images")
		case "embedded":
			b.inside("embedded file", path.Base(f.Name), data, depth)
		default:
			main = main || part == "body"
			if err := b.docxXML(part, data); err != nil {
				return fault.At(fault.Place{File: name, Element: f.Name}, "a broken DOCX file: %w", err)
			}
		}
	}
	if !main {
		return fault.Hint(fault.At(fault.Place{File: name}, "a DOCX file without word/document.xml"), "Save it anew as DOCX.")
	}
	return nil
}

// checkZip refuses archives that would unpack to more than the limits.
func checkZip(name string, z *zip.Reader) error {
	total := uint64(0)
	for _, f := range z.File {
		total += f.UncompressedSize64
		bomb := f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/max(f.CompressedSize64, 1) > maxRatio
		if bomb || total > maxUnpacked || len(z.File) > maxMembers {
			return fault.At(fault.Place{File: name, Element: f.Name}, "unpacks to more than a document may: a ZIP bomb?")
		}
	}
	return nil
}

// unpack reads a member, no further than its stated size.
func unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1))
}

// docxPart names the part that a member of the archive is, "" if it holds no
// text.
func docxPart(name string) string {
	base := path.Base(name)
	switch {
	case strings.HasPrefix(name, "word/media/"):
		return "image"
	case strings.HasPrefix(name, "word/embeddings/"):
		return "embedded"
	case name == "word/document.xml":
		return "body"
	case name == "docProps/core.xml" || name == "docProps/custom.xml":
		return "properties"
	case !strings.HasPrefix(name, "word/") || path.Ext(name) != ".xml" || docxSilent[base] || strings.Contains(name, "/theme/"):
		return ""
	case strings.HasPrefix(base, "comments"):
		return "comments"
	}
	return strings.TrimRight(strings.TrimSuffix(base, ".xml"), "0123456789")
}

// docxOrder sorts the body first and embedded documents last.
func docxOrder(name string) string {
	switch part := docxPart(name); part {
	case "body":
		return "0"
	case "image", "embedded":
		return "2" + name
	}
	return "1" + name
}

// docxXML adds the paragraphs of one member.
func (b *builder) docxXML(part string, data []byte) error {
	w := word{part: part, add: b.add}
	w.frames = []*frame{{}}
	dec := xml.NewDecoder(bytes.NewReader(data))
	for depth := 0; ; {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			w.finish()
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth++; depth > 512 {
				return errors.New("elements are nested deeper than 512")
			}
			w.start(t)
		case xml.EndElement:
			depth--
			w.end(t.Name.Local)
		case xml.CharData:
			w.chars(string(t))
		}
	}
}
