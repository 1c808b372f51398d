package payment

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxDepth is the deepest nesting that is read; ISO 20022 needs less than 30.
const maxDepth = 64

// maxName is the longest name of an element or attribute that is read.
const maxName = 256

// attr is one attribute of a start tag, its name as written.
type attr struct {
	name, value string
	offset      int
}

// events takes what the scanner finds, in document order.
type events interface {
	start(name string, attrs []attr, offset int)
	text(s string, offset int)
	end(name string)
}

// scanner is a strict, non-validating XML 1.0 reader over a string of valid
// UTF-8. It refuses whatever a payment never needs and an attacker likes:
// DTDs, entities other than the five predefined ones, processing instructions
// other than the XML declaration, names outside ASCII, deep nesting.
// encoding/xml reads the same events, at a fifth of the speed; a fuzz test
// holds the two together.
type scanner struct {
	src     string
	pos     int
	charset string // label under which src was decoded, lower case; "" is UTF-8
	out     events
	open    []string
	attrs   []attr
}

// syntaxError is a fault at a byte of the input.
type syntaxError struct {
	offset int
	what   string
}

func (e *syntaxError) Error() string { return e.what }

func (s *scanner) fail(offset int, what string) error {
	return &syntaxError{offset: offset, what: what}
}

// document reads one root element with what stands before it. It returns
// false at the end of the input.
func (s *scanner) document() (bool, error) {
	s.open = s.open[:0]
	if err := s.declaration(); err != nil {
		return false, err
	}
	for {
		s.blanks()
		if s.pos >= len(s.src) {
			return false, nil
		}
		if s.src[s.pos] != '<' {
			return false, s.fail(s.pos, "text outside any element")
		}
		isElement, err := s.markup()
		if err != nil {
			return false, err
		}
		if isElement {
			return true, s.content()
		}
	}
}

// content reads on until the root element that was just opened is closed.
func (s *scanner) content() error {
	for len(s.open) > 0 {
		if s.pos >= len(s.src) {
			return s.fail(s.pos, "the input ends inside element "+s.open[len(s.open)-1])
		}
		if s.src[s.pos] == '<' {
			if _, err := s.markup(); err != nil {
				return err
			}
			continue
		}
		from := s.pos
		end := strings.IndexByte(s.src[from:], '<')
		if end < 0 {
			return s.fail(len(s.src), "the input ends inside element "+s.open[len(s.open)-1])
		}
		s.pos = from + end
		text, err := s.unescape(s.src[from:s.pos], from, 0)
		if err != nil {
			return err
		}
		s.out.text(text, from)
	}
	return nil
}

// markup reads one construct that begins with "<" and says whether it was a
// start tag.
func (s *scanner) markup() (bool, error) {
	rest := s.src[s.pos:]
	switch {
	case strings.HasPrefix(rest, "</"):
		return false, s.endTag()
	case strings.HasPrefix(rest, "<!--"):
		return false, s.comment()
	case strings.HasPrefix(rest, "<![CDATA["):
		return false, s.cdata()
	case strings.HasPrefix(rest, "<!"):
		return false, s.fail(s.pos, "a DTD or entity declaration is not allowed in a payment message")
	case strings.HasPrefix(rest, "<?"):
		return false, s.fail(s.pos, "a processing instruction is not allowed in a payment message")
	}
	return true, s.startTag()
}

func (s *scanner) comment() error {
	body := s.src[s.pos+4:]
	end := strings.Index(body, "--")
	if end < 0 || end+2 >= len(body) || body[end+2] != '>' {
		return s.fail(s.pos, "a comment is not closed, or holds --")
	}
	if err := s.checkChars(body[:end], s.pos+4); err != nil {
		return err
	}
	s.pos += 4 + end + 3
	return nil
}

func (s *scanner) cdata() error {
	if len(s.open) == 0 {
		return s.fail(s.pos, "CDATA outside any element")
	}
	from := s.pos + len("<![CDATA[")
	end := strings.Index(s.src[from:], "]]>")
	if end < 0 {
		return s.fail(s.pos, "a CDATA section is not closed")
	}
	body := s.src[from : from+end]
	if err := s.checkChars(body, from); err != nil {
		return err
	}
	s.pos = from + end + 3
	s.out.text(newlines(body), from)
	return nil
}

func (s *scanner) startTag() error {
	at := s.pos
	s.pos++
	name, err := s.name()
	if err != nil {
		return err
	}
	if len(s.open) >= maxDepth {
		return s.fail(at, "elements are nested deeper than "+strconv.Itoa(maxDepth))
	}
	s.attrs = s.attrs[:0]
	for {
		blank := s.blanks()
		if s.pos >= len(s.src) {
			return s.fail(at, "a start tag is not closed")
		}
		switch c := s.src[s.pos]; {
		case c == '>':
			s.pos++
			s.open = append(s.open, name)
			s.out.start(name, s.attrs, at)
			return nil
		case c == '/' && strings.HasPrefix(s.src[s.pos:], "/>"):
			s.pos += 2
			s.out.start(name, s.attrs, at)
			s.out.end(name)
			return nil
		case !blank:
			return s.fail(s.pos, "an attribute needs a blank before it")
		}
		if err := s.attribute(); err != nil {
			return err
		}
	}
}

func (s *scanner) attribute() error {
	at := s.pos
	name, err := s.name()
	if err != nil {
		return err
	}
	s.blanks()
	if s.pos >= len(s.src) || s.src[s.pos] != '=' {
		return s.fail(s.pos, "attribute "+name+" has no value")
	}
	s.pos++
	s.blanks()
	if s.pos >= len(s.src) || (s.src[s.pos] != '"' && s.src[s.pos] != '\'') {
		return s.fail(s.pos, "the value of attribute "+name+" is not quoted")
	}
	quote := s.src[s.pos]
	from := s.pos + 1
	end := strings.IndexByte(s.src[from:], quote)
	if end < 0 {
		return s.fail(s.pos, "the value of attribute "+name+" is not closed")
	}
	s.pos = from + end + 1
	value, err := s.unescape(s.src[from:from+end], from, quote)
	if err != nil {
		return err
	}
	for _, a := range s.attrs {
		if a.name == name {
			return s.fail(at, "attribute "+name+" stands twice")
		}
	}
	if len(s.attrs) >= 256 {
		return s.fail(at, "an element has more than 256 attributes")
	}
	s.attrs = append(s.attrs, attr{name: name, value: value, offset: from})
	return nil
}

func (s *scanner) endTag() error {
	at := s.pos
	s.pos += 2
	name, err := s.name()
	if err != nil {
		return err
	}
	s.blanks()
	if s.pos >= len(s.src) || s.src[s.pos] != '>' {
		return s.fail(at, "an end tag is not closed")
	}
	s.pos++
	if len(s.open) == 0 {
		return s.fail(at, "</"+name+"> closes nothing")
	}
	if last := s.open[len(s.open)-1]; last != name {
		return s.fail(at, "</"+name+"> stands where </"+last+"> is due")
	}
	s.open = s.open[:len(s.open)-1]
	s.out.end(name)
	return nil
}

func (s *scanner) blanks() bool {
	from := s.pos
	for s.pos < len(s.src) {
		switch s.src[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
			continue
		}
		break
	}
	return s.pos > from
}

func (s *scanner) name() (string, error) {
	from := s.pos
	for s.pos < len(s.src) && isName(s.src[s.pos]) {
		s.pos++
	}
	name := s.src[from:s.pos]
	if len(name) > maxName {
		return "", s.fail(from, "a name is longer than "+strconv.Itoa(maxName))
	}
	if name == "" || name[0] == '-' || name[0] == '.' || ('0' <= name[0] && name[0] <= '9') {
		return "", s.fail(from, "a name of ASCII letters is due here")
	}
	if strings.Count(name, ":") > 1 || name[0] == ':' || name[len(name)-1] == ':' {
		return "", s.fail(from, "the name "+name+" has a stray colon")
	}
	return name, nil
}

func isName(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == ':' || c == '-' || c == '.'
}

// checkChars refuses the characters that XML 1.0 section 2.2 excludes.
func (s *scanner) checkChars(text string, offset int) error {
	for i := range len(text) {
		c := text[i]
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return s.fail(offset+i, "control character "+strconv.QuoteRune(rune(c)))
		}
		if c == 0xEF && (strings.HasPrefix(text[i:], "\uFFFE") || strings.HasPrefix(text[i:], "\uFFFF")) {
			return s.fail(offset+i, "a code point that is no character")
		}
	}
	return nil
}

// unescape returns character data with references replaced and line ends
// normalised. quote is 0 in content, the quote sign in an attribute.
func (s *scanner) unescape(text string, offset int, quote byte) (string, error) {
	plain := true
	for i := range len(text) {
		switch c := text[i]; {
		case c >= ' ' && c != '&' && c != '<' && c != ']' && c != 0xEF || c == '\n' || c == '\t':
			continue
		case c == '&' || c == '\r':
			plain = false
		case c == '<':
			return "", s.fail(offset+i, "< inside an attribute's value")
		case c == ']':
			if quote == 0 && strings.HasPrefix(text[i:], "]]>") {
				return "", s.fail(offset+i, "]]> outside a CDATA section")
			}
		default:
			if err := s.checkChars(text[i:i+min(3, len(text)-i)], offset+i); err != nil {
				return "", err
			}
		}
	}
	if plain {
		return text, nil
	}
	return s.resolve(newlines(text), offset)
}

// resolve replaces the references in text.
func (s *scanner) resolve(text string, offset int) (string, error) {
	var b strings.Builder
	b.Grow(len(text))
	for {
		amp := strings.IndexByte(text, '&')
		if amp < 0 {
			b.WriteString(text)
			return b.String(), nil
		}
		b.WriteString(text[:amp])
		semi := strings.IndexByte(text[amp:], ';')
		if semi < 0 || semi > 12 {
			return "", s.fail(offset, "an & that begins no reference; write &amp;")
		}
		ref := text[amp+1 : amp+semi]
		r, ok := reference(ref)
		if !ok {
			return "", s.fail(offset, "the entity &"+ref+"; is not allowed")
		}
		b.WriteRune(r)
		text = text[amp+semi+1:]
	}
}

// reference is the character meant by a reference without & and ;.
func reference(ref string) (rune, bool) {
	switch ref {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "apos":
		return '\'', true
	case "quot":
		return '"', true
	}
	digits, isRef := strings.CutPrefix(ref, "#")
	base := 10
	if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	if !isRef || err != nil || n > utf8.MaxRune || !utf8.ValidRune(r) {
		return 0, false
	}
	isChar := r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r != 0xFFFE && r != 0xFFFF
	return r, isChar
}

// newlines turns \r\n and \r into \n (XML 1.0 section 2.11).
func newlines(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
