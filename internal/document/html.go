package document

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	declared "golang.org/x/net/html/charset"

	"interdict/internal/document/charset"
)

// inline are the elements that do not part words; every other one begins a
// new line.
var inline = wordSet("a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q rp rt ruby s samp small span strike strong sub sup time tt u var wbr")

// spoken are the attributes that hold text for people.
var spoken = wordSet("alt title aria-label placeholder label summary value content")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// html adds the text of HTML: title, visible text, texts of attributes. Of
// other XML every text and every attribute is read.
func (b *builder) html(in []byte, isXML bool) {
	page := htmlReader{tokens: html.NewTokenizer(strings.NewReader(b.decodeHTML(in))), isXML: isXML}
	page.run()
	b.add("title", page.title.String())
	b.add("body", page.body.String())
	b.add("attributes", page.attributes.String())
}

// decodeHTML decodes by byte order mark, by declaration, else by guessing. A
// declaration that the bytes contradict is not believed.
func (b *builder) decodeHTML(in []byte) string {
	if charset.UTF16(in) != nil {
		return b.decode(in)
	}
	enc, name, _ := declared.DetermineEncoding(in, "")
	if !declares(in) || name == "utf-8" {
		return b.decode(in)
	}
	if utf8.Valid(in) {
		if bytes.ContainsFunc(in, func(r rune) bool { return r >= 0x80 }) {
			b.warn("the declared charset %s is wrong: read as UTF-8", name)
		}
		return string(in)
	}
	out, err := enc.NewDecoder().Bytes(in)
	if err != nil {
		return b.decode(in)
	}
	if bytes.ContainsRune(out, utf8.RuneError) {
		b.warn("some characters are not of the declared charset %s", name)
	}
	return string(out)
}

// declares says whether the head of a page or of XML names a charset.
func declares(in []byte) bool {
	head := bytes.ToLower(in[:min(len(in), 1024)])
	return bytes.Contains(head, []byte("charset")) || bytes.Contains(head, []byte("encoding="))
}

type htmlReader struct {
	tokens                  *html.Tokenizer
	isXML                   bool
	title, body, attributes strings.Builder
	inTitle                 bool
	skip                    string // the element whose text is not for people
	line                    bool   // the body stands at the start of a line
	blank                   bool   // a blank is due before the next word
}

func (p *htmlReader) run() {
	p.line = true
	for {
		switch p.tokens.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			switch {
			case p.skip != "":
			case p.inTitle:
				p.title.Write(p.tokens.Text())
			default:
				p.text(string(p.tokens.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			p.start()
		case html.EndTagToken:
			name, _ := p.tokens.TagName()
			p.end(string(name))
		}
	}
}

func (p *htmlReader) start() {
	raw, more := p.tokens.TagName()
	name := string(raw)
	for more {
		var key, value []byte
		key, value, more = p.tokens.TagAttr()
		if text := strings.TrimSpace(string(value)); text != "" && (p.isXML || spoken[string(key)]) {
			p.attributes.WriteString(text)
			p.attributes.WriteByte('\n')
		}
	}
	if p.isXML {
		p.newLine()
		return
	}
	switch name {
	case "script", "style":
		p.skip = name
	case "title":
		p.inTitle = true
	default:
		p.border(name, false)
	}
}

func (p *htmlReader) end(name string) {
	switch {
	case p.isXML:
		p.newLine()
	case name == p.skip:
		p.skip = ""
	case name == "title":
		p.inTitle = false
	default:
		p.border(name, true)
	}
}

// border parts the words before and after a tag as a page would.
func (p *htmlReader) border(name string, closing bool) {
	switch {
	case name == "td" || name == "th":
		if !p.line && !closing {
			p.body.WriteByte('\t')
			p.blank = false
		}
	case !inline[name]:
		p.newLine()
	}
}

func (p *htmlReader) newLine() {
	if !p.line {
		p.body.WriteByte('\n')
	}
	p.line, p.blank = true, false
}

// text adds words with runs of blanks made one. Soft hyphens are not seen by
// a reader and are left out.
func (p *htmlReader) text(s string) {
	for _, r := range s {
		switch {
		case r == '\u00ad':
		case unicode.IsSpace(r):
			p.blank = !p.line
		default:
			if p.blank {
				p.body.WriteByte(' ')
			}
			p.body.WriteRune(r)
			p.line, p.blank = false, false
		}
	}
}
