package event

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"interdict/internal/fault"
)

// Envelope is what the ledger keeps of one thing that happened. It holds no
// personal data: the body lies sealed in the vault, here is its hash.
type Envelope struct {
	Kind     string     // "dossier.opened"; stored for ever, never renamed
	Stream   string     // "dossier/D7K3…": the aggregate that it changes
	Version  uint64     // of the stream after it: 1, 2, 3 …
	At       time.Time  // UTC, in whole microseconds
	By       string     // roster member or machine; "system" for clocks
	For      string     // agency or institution on whose behalf; may be empty
	Command  string     // idempotency key of the command, shared by all its events
	Body     [32]byte   // SHA-256 of the sealed body's plaintext, salt first
	Evidence [][32]byte // the same of further things sealed with this event, in their order
}

const (
	header   = "interdict event v1\n"
	instant  = "2006-01-02T15:04:05.000000Z"
	maxWord  = 200  // bytes of one field
	maxProof = 1000 // things sealed with one event
)

var (
	kindForm   = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`)
	streamForm = regexp.MustCompile(`^[a-z][a-z0-9_]*/[!-~]+$`)
)

// Encode returns the canonical text of e: a header and one line a field. Only
// an envelope that passes Check can be read back.
func (e Envelope) Encode() []byte {
	b := make([]byte, 0, 320+73*len(e.Evidence))
	b = append(b, header...)
	line := func(name, value string) {
		b = append(append(append(append(b, name...), ' '), value...), '\n')
	}
	line("kind", e.Kind)
	line("stream", e.Stream)
	line("version", strconv.FormatUint(e.Version, 10))
	line("at", e.At.UTC().Format(instant))
	line("by", e.By)
	if e.For != "" {
		line("for", e.For)
	}
	line("command", e.Command)
	line("body", hex.EncodeToString(e.Body[:]))
	for _, h := range e.Evidence {
		line("evidence", hex.EncodeToString(h[:]))
	}
	return b
}

// Check returns an Invalid error that names the field which cannot be kept.
func (e Envelope) Check() error {
	switch {
	case len(e.Kind) > maxWord || !kindForm.MatchString(e.Kind):
		return fault.New(fault.Invalid, "event kind %q: want words as in dossier.opened", e.Kind)
	case len(e.Stream) > maxWord || !streamForm.MatchString(e.Stream):
		return fault.New(fault.Invalid, "event stream %q: want kind/id without blanks", e.Stream)
	case e.Version == 0 || e.Version > 1<<62:
		return fault.New(fault.Invalid, "event version %d: versions begin with 1", e.Version)
	case e.At.Year() < 1 || e.At.Year() > 9999 || !e.At.Equal(e.At.Truncate(time.Microsecond)) || e.At.Location() != time.UTC:
		return fault.New(fault.Invalid, "event time %v: want UTC in whole microseconds", e.At)
	case len(e.Evidence) > maxProof:
		return fault.New(fault.Invalid, "event with %d pieces of evidence: at most %d", len(e.Evidence), maxProof)
	}
	for _, f := range []struct{ name, value string }{{"by", e.By}, {"command", e.Command}} {
		if f.value == "" {
			return fault.New(fault.Invalid, "event without %q", f.name)
		}
	}
	for _, f := range []struct{ name, value string }{{"by", e.By}, {"for", e.For}, {"command", e.Command}} {
		if len(f.value) > maxWord || !utf8.ValidString(f.value) || strings.ContainsFunc(f.value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return fault.New(fault.Invalid, "event field %s %q: want at most %d bytes of text on one line", f.name, f.value, maxWord)
		}
	}
	return nil
}

// Decode reads the text that Encode wrote, and nothing else. Other bytes are
// Corrupt.
func Decode(text []byte) (Envelope, error) {
	e, err := decode(text)
	if err == nil {
		err = e.Check()
	}
	if err == nil && !bytes.Equal(e.Encode(), text) {
		err = fmt.Errorf("not in canonical form")
	}
	if err != nil {
		return Envelope{}, fault.As(fault.Corrupt, fmt.Errorf("reading an event: %w", err))
	}
	return e, nil
}

func decode(text []byte) (Envelope, error) {
	var e Envelope
	rest, ok := strings.CutPrefix(string(text), header)
	if !ok {
		return e, fmt.Errorf("no line %q", strings.TrimSpace(header))
	}
	var err error
	for rest != "" && err == nil {
		var line string
		if line, rest, ok = strings.Cut(rest, "\n"); !ok {
			return e, fmt.Errorf("last line is cut off")
		}
		name, value, _ := strings.Cut(line, " ")
		switch name {
		case "kind":
			e.Kind = value
		case "stream":
			e.Stream = value
		case "version":
			e.Version, err = strconv.ParseUint(value, 10, 64)
		case "at":
			e.At, err = time.Parse(instant, value)
		case "by":
			e.By = value
		case "for":
			e.For = value
		case "command":
			e.Command = value
		case "body":
			e.Body, err = parseHash(value)
		case "evidence":
			var h [32]byte
			h, err = parseHash(value)
			e.Evidence = append(e.Evidence, h)
		default:
			err = fmt.Errorf("unknown field %q", name)
		}
	}
	return e, err
}

func parseHash(s string) (h [32]byte, err error) {
	b, err := hex.DecodeString(s)
	if err == nil && len(b) != len(h) {
		err = fmt.Errorf("hash of %d bytes", len(b))
	}
	copy(h[:], b)
	return h, err
}

// Equal reports whether e and f say the same.
func (e Envelope) Equal(f Envelope) bool {
	return e.Kind == f.Kind && e.Stream == f.Stream && e.Version == f.Version && e.At.Equal(f.At) && e.By == f.By &&
		e.For == f.For && e.Command == f.Command && e.Body == f.Body && slices.Equal(e.Evidence, f.Evidence)
}
