package payment

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"interdict/internal/fault"
)

var declared = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>`)

// declaration reads an XML declaration if one stands here, with blanks and a
// byte order mark before it.
func (s *scanner) declaration() error {
	s.blanks()
	s.pos += len(s.src[s.pos:]) - len(strings.TrimPrefix(s.src[s.pos:], "\uFEFF"))
	s.blanks()
	rest := s.src[s.pos:]
	if !strings.HasPrefix(rest, "<?xml") || len(rest) > 5 && isName(rest[5]) {
		return nil
	}
	m := declared.FindStringSubmatch(rest[:min(len(rest), 256)])
	if m == nil {
		return s.fail(s.pos, "the XML declaration cannot be read")
	}
	label := strings.ToLower(m[1] + m[2])
	if s.charset == "utf-16" && strings.HasPrefix(label, "utf-16") { // which byte order is the mark's to say
		label = s.charset
	}
	if !isUTF8(label) && label != s.charset {
		return s.fail(s.pos, "the declared charset "+label+" differs from that of the input")
	}
	s.pos += len(m[0])
	return nil
}

func isUTF8(label string) bool {
	return label == "" || label == "utf-8" || label == "utf8" || label == "us-ascii" || label == "ascii"
}

// decode turns input into valid UTF-8 and names the charset if it was
// another. The charset is that of a byte order mark or of the declaration.
func decode(name string, in []byte) (text, charset string, err error) {
	if order, ok := utf16Order(in); ok {
		s, fine := fromUTF16(in[2:], order)
		if !fine {
			return "", "", fault.At(fault.Place{File: name}, "invalid UTF-16")
		}
		return s, "utf-16", nil
	}
	head := bytes.TrimLeft(in[:min(len(in), 512)], "\ufeff \t\r\n")
	if m := declared.FindSubmatch(head); m != nil {
		if label := strings.ToLower(string(m[1]) + string(m[2])); !isUTF8(label) {
			return fromDeclared(name, in, label)
		}
	}
	if !utf8.Valid(in) {
		bad := firstInvalid(in)
		return "", "", fault.Hint(fault.At(fault.Place{File: name, Line: 1 + bytes.Count(in[:bad], []byte("\n"))}, "invalid UTF-8 at byte %d", bad),
			"Save the file as UTF-8, or declare its charset in the XML declaration.")
	}
	return string(in), "", nil
}

func fromDeclared(name string, in []byte, label string) (text, charset string, err error) {
	enc, err := htmlindex.Get(label)
	if err != nil {
		return "", "", fault.At(fault.Place{File: name, Line: 1}, "unknown charset %q in the XML declaration", label)
	}
	out, err := enc.NewDecoder().Bytes(in)
	if err != nil || !utf8.Valid(out) || bytes.ContainsRune(out, utf8.RuneError) {
		return "", "", fault.At(fault.Place{File: name}, "the input is not in its declared charset %s", label)
	}
	return string(out), label, nil
}

// firstInvalid is the offset of the first byte that is no part of UTF-8.
func firstInvalid(in []byte) int {
	for i := 0; i < len(in); {
		r, size := utf8.DecodeRune(in[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(in)
}

// utf16Order finds a UTF-16 byte order mark; the order is the index of a
// pair's high byte.
func utf16Order(in []byte) (int, bool) {
	switch {
	case bytes.HasPrefix(in, []byte{0xFE, 0xFF}):
		return 0, true
	case bytes.HasPrefix(in, []byte{0xFF, 0xFE}):
		return 1, true
	}
	return 0, false
}

func fromUTF16(in []byte, high int) (string, bool) {
	if len(in)%2 != 0 {
		return "", false
	}
	units := make([]uint16, len(in)/2)
	for i := range units {
		units[i] = uint16(in[2*i+high])<<8 | uint16(in[2*i+1-high])
	}
	out := string(utf16.Decode(units))
	return out, !strings.ContainsRune(out, utf8.RuneError)
}
