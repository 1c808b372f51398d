// Package payment turns payment messages into texts to screen.
//
// It reads any ISO 20022 message, whatever its version or market, as XML or as
// JSON, alone, in envelopes, or many in one file; and SWIFT MT messages. It
// walks instead of binding: every leaf that holds a letter becomes a [Field],
// unless it is a value of a known code table (rules.txt). New, unknown or
// misplaced elements are thus never skipped, and rules only refine what a
// field is. Texts that a format cuts into lines are given joined as well.
//
// Every message of an input is yielded as a [Message] or as an error that
// names its place. DTDs, entities, processing instructions and nesting beyond
// 64 levels are refused. Comments are no part of a message and are not read.
// The package knows nothing of lists or of matching.
package payment

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"

	"interdict/internal/fault"
)

// MaxInput is the largest input that Read takes, in bytes.
const MaxInput = 256 << 20

// Message is one payment message.
type Message struct {
	Kind         string            // "pacs.008.001.08", "MT103"; the first element's name if no type is declared
	Evidence     map[string]string // MsgId, UETR, amount, currency, date ...: the first value of each
	Transactions []Transaction     // at least one
	Warnings     []string          // what could be read only in part, for people
}

// Transaction is one payment within a message, or the message itself when it
// is not divided.
type Transaction struct {
	ID       string // the most specific reference there is: UETR, TxId, EndToEndId, InstrId, MsgId ...; may be empty
	Evidence map[string]string
	Fields   []Field // the fields of the surrounding groups first
}

// Field is one text to screen.
type Field struct {
	Path    string // "Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Dbtr/Nm"; [n] only where repeated, [*] for joined siblings; "MT/50K/name"
	Class   Class
	Text    string
	Variant string // how Text differs from the input: "" not at all, "joined", "joined without blank", "RUR6" ...
	Offset  int64  // of the value (of its first line) in the input, in bytes of its UTF-8 form
	Party   string // path of the party that the field describes; empty if it describes none
}

// Class says what a field is.
type Class string

// The classes of rules.txt. Classes guide the screener; they never exclude.
const (
	PartyName  Class = "party_name"
	BankName   Class = "bank_name"
	Place      Class = "place"
	Country    Class = "country"
	Address    Class = "address"
	Identifier Class = "identifier"
	FreeText   Class = "free_text"
	BirthDate  Class = "birth_date" // YYYY-MM-DD where the input allows it
	Reference  Class = "reference"
	Code       Class = "code" // a code that no table knows
	AnyText    Class = "any_text"
)

// Read yields the messages of an input. The format is found by content; name
// serves for errors only. After the error of one message reading goes on with
// the next one where its beginning can be told.
func Read(name string, r io.Reader) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		b := buffers.Get().(*bytes.Buffer)
		defer release(b)
		if _, err := b.ReadFrom(io.LimitReader(r, MaxInput+1)); err != nil {
			yield(Message{}, fmt.Errorf("reading %s: %w", name, err))
			return
		}
		if b.Len() > MaxInput {
			yield(Message{}, fault.Hint(fault.At(fault.Place{File: name}, "larger than %d MiB", MaxInput>>20), "Split the file by message."))
			return
		}
		for m, err := range readAll(name, b.Bytes()) {
			if !yield(m, err) {
				return
			}
		}
	}
}

func readAll(name string, in []byte) iter.Seq2[Message, error] {
	text, charset, err := decode(name, in)
	if err != nil && looksMT(in) {
		text, charset, err = latin1(in), "iso-8859-1", nil
	}
	if err != nil {
		return fails(err)
	}
	switch body := strings.TrimLeft(text, "\uFEFF \t\r\n\x01$"); {
	case body == "":
		return fails(fault.At(fault.Place{File: name}, "the input is empty"))
	case body[0] == '<':
		return readXML(name, text, charset)
	case looksMT([]byte(body)):
		return readMT(name, text, charset)
	case body[0] == '{' || body[0] == '[':
		return readJSON(name, text)
	default:
		return fails(fault.Hint(fault.At(fault.Place{File: name, Line: 1}, "neither XML, JSON nor SWIFT MT: the input begins %.20q", body),
			"ISO 20022 begins with < (or { as JSON), a SWIFT message with {1: or :20:."))
	}
}

func fails(err error) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) { yield(Message{}, err) }
}

// latin1 reads each byte as one character, which is never wrong about ASCII.
func latin1(in []byte) string {
	var b strings.Builder
	b.Grow(len(in))
	for _, c := range in {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// trees and buffers are kept for their memory: most files hold one small
// message.
var (
	trees   = sync.Pool{New: func() any { return &tree{} }}
	buffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}
)

func release(b *bytes.Buffer) {
	if b.Cap() <= 1<<20 {
		b.Reset()
		buffers.Put(b)
	}
}

func readXML(name, text, charset string) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		t := trees.Get().(*tree)
		defer trees.Put(t)
		s := scanner{src: text, charset: charset, out: t}
		at := lines{name: name, text: text}
		for {
			t.reset()
			from := s.pos
			more, err := s.document()
			if err == nil && !more {
				return
			}
			var messages []Message
			if err == nil {
				messages, err = t.messages(0)
			}
			if err != nil {
				if !yield(Message{}, at.locate(err)) || !s.resume(from) {
					return
				}
				continue
			}
			for _, m := range messages {
				if !yield(m, nil) {
					return
				}
			}
		}
	}
}

// lines counts the lines up to offsets that mostly rise, so that a file full
// of errors is not counted anew for each.
type lines struct {
	name, text string
	offset, n  int
}

// locate turns a syntax error into one that names its line and byte.
func (l *lines) locate(err error) error {
	var bad *syntaxError
	if !errors.As(err, &bad) {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	to := min(bad.offset, len(l.text))
	if to < l.offset {
		l.offset, l.n = 0, 0
	}
	l.n += strings.Count(l.text[l.offset:to], "\n")
	l.offset = to
	located := fault.At(fault.Place{File: l.name, Line: l.n + 1}, "byte %d: %s", bad.offset, bad.what)
	if hints := fault.Hints(err); hints != "" {
		return fault.Hint(located, "%s", hints)
	}
	return located
}

// resume moves on from a broken document to the next line that begins with an
// XML declaration or with the same tag as the broken one.
func (s *scanner) resume(from int) bool {
	s.pos = max(s.pos, from+1)
	head := strings.TrimLeft(s.src[from:], "\uFEFF \t\r\n")
	tag := head
	if i := strings.IndexAny(head, " >\r\n"); i > 0 {
		tag = head[:i]
	}
	for s.pos < len(s.src) {
		i := strings.IndexByte(s.src[s.pos:], '\n')
		if i < 0 {
			return false
		}
		s.pos += i + 1
		line := strings.TrimLeft(s.src[s.pos:min(len(s.src), s.pos+256)], "\uFEFF \t")
		if strings.HasPrefix(line, "<?xml ") || strings.HasPrefix(tag, "<") && strings.HasPrefix(line, tag) {
			return true
		}
	}
	return false
}

// looksMT says whether the input begins as a SWIFT message does.
func looksMT(in []byte) bool {
	in = bytes.TrimLeft(in[:min(len(in), 512)], "\ufeff \t\r\n\x01$")
	return len(in) > 3 && (in[0] == '{' && '1' <= in[1] && in[1] <= '5' && in[2] == ':' || mtTag(string(in)) > 0)
}
