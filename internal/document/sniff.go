package document

import (
	"archive/zip"
	"bytes"
	"path"
	"regexp"
	"strings"

	"interdict/internal/document/charset"
	"interdict/internal/fault"
)

// refused are formats that are known by their first bytes and not read.
var refused = []struct{ magic, what, hint string }{
	{"\xD0\xCF\x11\xE0", "an old Office file (doc, xls, ppt or msg)", "Save it as DOCX, EML or PDF."},
	{"{\\rtf", "RTF", "Save it as DOCX or plain text."},
	{"\x89PNG", "a PNG image", "Recognise its text (OCR) first."},
	{"\xFF\xD8\xFF", "a JPEG image", "Recognise its text (OCR) first."},
	{"GIF8", "a GIF image", "Recognise its text (OCR) first."},
	{"II*\x00", "a TIFF image", "Recognise its text (OCR) first."},
	{"MM\x00*", "a TIFF image", "Recognise its text (OCR) first."},
	{"RIFF", "an image, sound or film", "Recognise its text first."},
	{"\x1F\x8B", "a gzip archive", "Unpack it and give the files inside."},
	{"7z\xBC\xAF", "a 7-Zip archive", "Unpack it and give the files inside."},
	{"Rar!", "a RAR archive", "Unpack it and give the files inside."},
	{"BZh", "a bzip2 archive", "Unpack it and give the files inside."},
	{"\x7FELF", "a program", "Give a document."},
	{"MZ\x90", "a program", "Give a document."},
}

var htmlStart = regexp.MustCompile(`(?i)^(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|table|div|p|span|h[1-6]|br|ul|ol|font|center|style|script|a)[\s>/]`)

// sniff tells the format of a document.
func sniff(name string, in []byte) (string, error) {
	ext := strings.ToLower(path.Ext(name))
	if bytes.Contains(in[:min(len(in), 1024)], []byte("%PDF-")) && !looksMail(in) {
		return "pdf", nil
	}
	if bytes.HasPrefix(in, []byte("PK\x03\x04")) || bytes.HasPrefix(in, []byte("PK\x05\x06")) {
		return sniffZip(name, in)
	}
	for _, r := range refused {
		if bytes.HasPrefix(in, []byte(r.magic)) {
			return "", fault.Hint(fault.At(fault.Place{File: name}, "%s, of which no text can be read", r.what), "%s", r.hint)
		}
	}
	head := in[:min(len(in), 4096)]
	if enc := charset.UTF16(in); enc != nil {
		if s, err := enc.NewDecoder().Bytes(head[:len(head)/2*2]); err == nil {
			head = s
		}
	} else if isBinary(head) {
		return "", fault.Hint(fault.At(fault.Place{File: name}, "a binary file of an unknown format"), "Give plain text, HTML, DOCX, EML or PDF.")
	}
	start := bytes.TrimLeft(head, "\ufeff \t\r\n")
	switch {
	case looksMail(start):
		return "eml", nil
	case htmlStart.Match(start), isAny(ext, ".html", ".htm", ".xhtml"):
		return "html", nil
	case bytes.HasPrefix(start, []byte("<?xml")):
		return "xml", nil
	case ext == ".eml":
		return "eml", nil
	}
	return "txt", nil
}

func sniffZip(name string, in []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(in), int64(len(in)))
	if err != nil {
		return "", fault.Hint(fault.At(fault.Place{File: name}, "a broken ZIP or DOCX file: %w", err), "Fetch it again, or save it anew.")
	}
	for _, f := range z.File {
		switch {
		case strings.HasPrefix(f.Name, "word/"):
			return "docx", nil
		case strings.HasPrefix(f.Name, "xl/"):
			return "", fault.Hint(fault.At(fault.Place{File: name}, "a spreadsheet"), "Screen it as a customer book, or save it as text.")
		}
	}
	return "", fault.Hint(fault.At(fault.Place{File: name}, "a ZIP archive without a Word document"), "Unpack it and give the files inside.")
}

// isBinary says whether bytes are no text in any charset that is read here.
func isBinary(head []byte) bool {
	controls := 0
	for _, c := range head {
		if c == 0 || c < ' ' && !bytes.ContainsRune([]byte("\t\n\r\f\v\x1b\x1a"), rune(c)) {
			controls++
		}
	}
	return controls*100 > len(head)
}

var mailHeader = regexp.MustCompile(`^[!-9;-~]+:`)

// looksMail says whether the text begins with a mail header that holds two of
// the usual fields.
func looksMail(in []byte) bool {
	in = bytes.TrimLeft(in[:min(len(in), 4096)], "\ufeff\r\n")
	known := 0
	for i, line := range strings.Split(string(in), "\n") {
		line = strings.TrimRight(line, "\r")
		switch {
		case line == "":
			return known >= 2
		case i > 0 && (line[0] == ' ' || line[0] == '\t'):
			continue
		case !mailHeader.MatchString(line):
			return known >= 2 && len(in) == 4096
		}
		field, _, _ := strings.Cut(strings.ToLower(line), ":")
		if isAny(field, "from", "to", "cc", "subject", "date", "received", "mime-version", "message-id", "return-path", "delivered-to",
			"content-type", "reply-to", "sender", "x-mailer", "dkim-signature") {
			known++
		}
	}
	return known >= 2
}
