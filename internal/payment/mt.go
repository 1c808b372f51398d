package payment

import (
	"iter"
	"regexp"
	"strings"
)

// block is one {n:...} of a SWIFT FIN message.
type block struct {
	id     string
	body   string
	offset int // of body
}

// mtSeparators may stand between messages: blanks, the signs of RJE and DOS
// PCC files, a byte order mark.
const mtSeparators = " \t\r\n\x00\x01\x03$\uFEFF"

// readMT yields the messages of a file of SWIFT FIN messages, or of the bare
// text of block 4.
func readMT(name, text, charset string) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		pos := 0
		at := lines{name: name, text: text}
		for {
			pos += len(text[pos:]) - len(strings.TrimLeft(text[pos:], mtSeparators))
			if pos >= len(text) {
				return
			}
			blocks, next, err := mtBlocks(text, pos)
			if err != nil {
				if !yield(Message{}, at.locate(err)) {
					return
				}
				skip := strings.Index(text[pos+1:], "{1:")
				if skip < 0 {
					return
				}
				pos += 1 + skip
				continue
			}
			m := mtMessage(blocks)
			if charset != "" {
				m.Warnings = append(m.Warnings, "not UTF-8: read as "+charset)
			}
			if !yield(m, nil) {
				return
			}
			pos = next
		}
	}
}

// mtBlocks reads the blocks of the message that begins at pos.
func mtBlocks(text string, pos int) ([]block, int, error) {
	if mtTag(text[pos:]) > 0 {
		end := len(text)
		for _, stop := range []string{"\n-\n", "\n-\r", "\n-}", "\n{1:", "\n$"} {
			if i := strings.Index(text[pos:], stop); i >= 0 {
				end = min(end, pos+i+1)
			}
		}
		next := end + len(text[end:]) - len(strings.TrimLeft(text[end:], "-}"))
		return []block{{id: "4", body: text[pos:end], offset: pos}}, next, nil
	}
	var blocks []block
	for {
		at := pos + len(text[pos:]) - len(strings.TrimLeft(text[pos:], " \t\r\n"))
		if at >= len(text) || text[at] != '{' || len(blocks) > 0 && strings.HasPrefix(text[at:], "{1:") {
			break
		}
		b, next, err := mtBlock(text, at)
		if err != nil {
			return nil, 0, err
		}
		blocks = append(blocks, b)
		pos = next
	}
	if len(blocks) == 0 {
		return nil, 0, &syntaxError{pos, "text outside any SWIFT message; a message begins with {1:"}
	}
	return blocks, pos, nil
}

func mtBlock(text string, at int) (block, int, error) {
	colon := strings.IndexByte(text[at:min(len(text), at+8)], ':')
	if colon < 2 || strings.ContainsAny(text[at+1:at+colon], "{} \r\n") {
		return block{}, 0, &syntaxError{at, "a SWIFT block begins with {, its number and a colon"}
	}
	b := block{id: text[at+1 : at+colon], offset: at + colon + 1}
	limit := len(text) // no block reaches into the next message
	if i := strings.Index(text[b.offset:], "{1:"); i >= 0 {
		limit = b.offset + i
	}
	if b.id == "4" && !strings.HasPrefix(strings.TrimLeft(text[b.offset:min(limit, b.offset+16)], " \r\n"), "{") {
		return textBlock(text[:limit], at, b)
	}
	depth := 0
	for i := at; i < limit; i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				b.body = text[b.offset:i]
				return b, i + 1, nil
			}
		}
	}
	return block{}, 0, &syntaxError{at, "block " + b.id + " is not closed with }"}
}

// textBlock reads block 4, which ends with -} on a line of its own.
func textBlock(text string, at int, b block) (block, int, error) {
	end := strings.Index(text[b.offset:], "\n-}")
	if end < 0 {
		end = strings.Index(text[b.offset:], "-}") - 1
	}
	if end < -1 || strings.Contains(text[b.offset:b.offset+end+1], "{4:") {
		return block{}, 0, &syntaxError{at, "block 4 is not closed with -}"}
	}
	b.body = text[b.offset : b.offset+end+1]
	return b, b.offset + end + len("\n-}"), nil
}

// mtTag is the length of the field tag at the start of s, 0 if none stands
// there.
func mtTag(s string) int {
	if len(s) < 4 || s[0] != ':' || !isDigit(s[1]) || !isDigit(s[2]) {
		return 0
	}
	if s[3] == ':' {
		return 4
	}
	if len(s) > 4 && 'A' <= s[3] && s[3] <= 'Z' && s[4] == ':' {
		return 5
	}
	return 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// mtSplit names the field that begins each transaction of message types that
// hold several (SWIFT Category 1, 2 and 9 standards). What follows the last
// one stays with it.
var mtSplit = map[string]string{
	"MT101": "21", "MT102": "21", "MT104": "21", "MT107": "21", "MT201": "20", "MT203": "20", "MT940": "61", "MT942": "61", "MT950": "61",
}

var mtType = regexp.MustCompile(`^[IO]([0-9]{3})`)

// mtMessage turns blocks into a message.
func mtMessage(blocks []block) Message {
	r := mtReader{kind: mtKind(blocks), shared: &bundle{evidence: map[string]string{}}}
	r.bundle = r.shared
	var text []mtField
	for _, b := range blocks {
		switch {
		case b.id == "1" || b.id == "2":
			r.address(b)
		case b.id == "4" && !strings.HasPrefix(strings.TrimSpace(b.body), "{"):
			text = append(text, mtFields(b)...)
		default:
			r.tags(b)
		}
	}
	r.cyrillic = r.cyrillic || mtCyrillic(text)
	count := map[string]int{}
	for _, f := range text {
		count[f.tag]++
	}
	nth := map[string]int{}
	var units []*bundle
	for _, f := range text {
		nth[f.tag]++
		if split := mtSplit[r.kind]; split != "" && f.tag == split {
			r.bundle = &bundle{evidence: map[string]string{}}
			units = append(units, r.bundle)
		}
		r.field(f, count[f.tag] > 1, nth[f.tag])
	}
	return r.message(units)
}

func mtKind(blocks []block) string {
	kind := "MT"
	for _, b := range blocks {
		if m := mtType.FindStringSubmatch(b.body); b.id == "2" && m != nil {
			kind = "MT" + m[1]
		}
		if b.id == "1" && strings.HasPrefix(b.body, "F21") {
			kind = "MTF21"
		}
		if b.id == "3" && strings.Contains(b.body, "{119:COV}") {
			kind += "COV"
		}
	}
	return kind
}

// mtFields splits the text of block 4 into fields.
func mtFields(b block) []mtField {
	var out []mtField
	at := b.offset
	for _, line := range strings.SplitAfter(b.body, "\n") {
		text := strings.TrimRight(line, "\r\n")
		if n := mtTag(text); n > 0 {
			out = append(out, mtField{tag: text[1 : n-1], lines: []mtLine{{text[n:], at + n}}})
		} else if strings.TrimSpace(text) != "" {
			if len(out) == 0 {
				out = append(out, mtField{tag: "text"})
			}
			last := &out[len(out)-1]
			last.lines = append(last.lines, mtLine{text, at})
		}
		at += len(line)
	}
	return out
}

// message puts the shared and the single parts together.
func (r *mtReader) message(units []*bundle) Message {
	m := Message{Kind: r.kind, Evidence: map[string]string{}, Warnings: r.warned}
	for key, value := range r.shared.evidence {
		m.Evidence[key] = value
	}
	if len(units) == 0 {
		units = []*bundle{{evidence: map[string]string{}}}
	}
	for _, u := range units {
		tx := Transaction{Evidence: map[string]string{}, Fields: append(append([]Field(nil), r.shared.fields...), u.fields...)}
		for key, value := range r.shared.evidence {
			tx.Evidence[key] = value
		}
		for key, value := range u.evidence {
			tx.Evidence[key] = value
			if _, have := m.Evidence[key]; !have {
				m.Evidence[key] = value
			}
		}
		tx.ID = idOf(tx.Evidence)
		m.Transactions = append(m.Transactions, tx)
	}
	return m
}
