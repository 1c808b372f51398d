package cli

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/lookout"
	"interdict/internal/screen"
)

// finding screens a customer book and keeps what is new in a file of alerts.
type finding struct {
	book, path string
	lookout    *lookout.Lookout
	file       *os.File
	seen       map[string]bool // keys of the hits that are in the file
	added      int             // alerts since the start
	told       int             // of these
}

// alertLine is one line of the file: a customer with at least one hit that was not
// there before, or one that could not be screened.
type alertLine struct {
	Edition int64    `json:"edition"`
	Row     int      `json:"row"`
	ID      string   `json:"id,omitempty"`
	Keys    []string `json:"keys"` // of the hits
	screen.Answer
	Notes []string `json:"notes,omitempty"`
}

// openFinding opens the file of alerts. A line that a stop cut short is cut off:
// its customer is found again.
func openFinding(s *following, data string, l *lookout.Lookout) (*finding, error) {
	f := &finding{book: s.book, path: s.alerts, lookout: l, seen: map[string]bool{}}
	if f.path == "" {
		f.path = filepath.Join(data, "alerts.jsonl")
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return nil, outputError(err)
	}
	file, err := os.OpenFile(f.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, outputError(err)
	}
	f.file = file
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, errors.Join(outputError(err), file.Close())
	}
	whole := bytes.LastIndexByte(text, '\n') + 1
	for line := range bytes.Lines(text[:whole]) {
		var x struct{ Keys []string }
		if err := json.Unmarshal(line, &x); err != nil {
			return nil, errors.Join(fault.Hint(fault.New(fault.Conflict, "%s holds something else than alerts: %v", f.path, err), "name another file by --alerts"), file.Close())
		}
		for _, k := range x.Keys {
			f.seen[k] = true
		}
	}
	if err = file.Truncate(int64(whole)); err == nil {
		_, err = file.Seek(int64(whole), io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(outputError(err), file.Close())
	}
	return f, nil
}

func (f *finding) close() error { return f.file.Close() }

// where returns the file of the alerts; "" if nobody is screened.
func (f *finding) where() string {
	if f == nil {
		return ""
	}
	return f.path
}

// take returns how many alerts are new since it was asked last.
func (f *finding) take() int {
	if f == nil {
		return 0
	}
	n := f.added - f.told
	f.told = f.added
	return n
}

// screen screens the whole book against the register in force. Alerts are
// durable when it returns.
func (f *finding) screen(ctx context.Context, edition int64) error {
	in, err := os.Open(f.book)
	if err != nil {
		return inputError(err)
	}
	defer in.Close()
	out := bufio.NewWriter(f.file)
	run := screen.Run{Workers: runtime.GOMAXPROCS(0)}
	err = f.lookout.Engine().Book(ctx, book.Read(f.book, in, book.Options{}), run, func(x screen.Row) error { return f.write(out, edition, x) })
	if err = errors.Join(err, out.Flush(), f.file.Sync()); err != nil {
		return fmt.Errorf("screening %s: %w", f.book, err)
	}
	return nil
}

// write writes a customer of whom something is new.
func (f *finding) write(out io.Writer, edition int64, x screen.Row) error {
	if x.Answer.Status == screen.None {
		return nil
	}
	l := alertLine{Edition: edition, Row: x.Number, ID: x.Customer.ID, Answer: x.Answer, Notes: x.Notes}
	isNew := false
	for _, k := range keysOf(x) {
		isNew = isNew || !f.seen[k]
		f.seen[k] = true
		l.Keys = append(l.Keys, k)
	}
	if !isNew {
		return nil
	}
	f.added++
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(l)
}

// keysOf names each hit of a customer: a hit on an entry that says something
// else, or of another score, is another hit. So is a row that cannot be screened
// for another reason.
func keysOf(x screen.Row) []string {
	who := []any{x.Customer.ID, x.Customer.Name, x.Customer.Births, x.Customer.Countries}
	if len(x.Answer.Hits) == 0 {
		return []string{keyOf(who, x.Number, x.Answer.Reason)}
	}
	var keys []string
	for _, h := range x.Answer.Hits {
		keys = append(keys, keyOf(who, h.Subject, h.Name, h.Score, h.Band, h.Listings))
	}
	return keys
}

func keyOf(parts ...any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%#v", parts))
	return hex.EncodeToString(sum[:8])
}
