package vault

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"interdict/internal/fault"
)

// DefaultMaxBytes is the size of the largest thing that a vault takes by default.
const DefaultMaxBytes = 64 << 20

// media are the types of evidence that a vault takes, each with what its bytes
// must look like. A name that does not fit the bytes is refused: somebody will
// open the file later, trusting the name.
var media = map[string]func([]byte) bool{
	"application/json":           plainText,
	"application/pdf":            begins("%PDF-"),
	"application/vnd.ms-outlook": begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       begins("PK\x03\x04"),
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": begins("PK\x03\x04"),
	"application/xml": plainText,
	"image/jpeg":      begins("\xff\xd8\xff"),
	"image/png":       begins("\x89PNG\r\n\x1a\n"),
	"image/tiff":      func(b []byte) bool { return begins("II*\x00")(b) || begins("MM\x00*")(b) },
	"message/rfc822":  plainText,
	"text/csv":        plainText,
	"text/html":       plainText,
	"text/plain":      plainText,
}

func begins(magic string) func([]byte) bool {
	return func(b []byte) bool { return bytes.HasPrefix(b, []byte(magic)) }
}

// plainText accepts text in any character set: bytes without NUL, or UTF-16 by
// its mark.
func plainText(b []byte) bool {
	return !bytes.Contains(b, []byte{0}) || bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
}

// Types lists the media types that evidence may have.
func Types() []string { return slices.Sorted(maps.Keys(media)) }

// CheckType returns an Invalid error unless the type is one of Types and the
// bytes look like it. Parameters ("; charset=…") are left aside.
func CheckType(mediaType string, content []byte) error {
	name, _, _ := strings.Cut(mediaType, ";")
	name = strings.ToLower(strings.TrimSpace(name))
	looks, ok := media[name]
	switch {
	case !ok:
		return fault.Hint(fault.New(fault.Invalid, "evidence of type %q is not taken", mediaType), "one of: %s", strings.Join(Types(), ", "))
	case !looks(content):
		return fault.New(fault.Invalid, "evidence is called %s, but its bytes are not", name)
	}
	return nil
}
