package cli

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/screen"
)

// bookSink is where the rows of a book run go. With a file it keeps, beside
// it, how far the run has come, so that a run that is killed goes on.
type bookSink struct {
	file     *os.File // nil for standard output
	out      *bufio.Writer
	csv      *csv.Writer // nil for JSON
	progress bookProgress
	stamp    bookStamp
	rows     int
}

// bookStamp says which run it is: another book, register, profile or setting
// is another run.
type bookStamp struct {
	Book     string
	Size     int64
	Modified int64
	Snapshot string
	Profile  string
	Options  string
}

// bookProgress is how far a run has come: the output holds, in its first
// Bytes, all rows of the book up to Row.
type bookProgress struct {
	bookStamp
	Row, Bytes                     int
	Rows, Hits, Unscreened, Broken int
}

// saveEvery is the number of rows between two savings of the progress.
const saveEvery = 10000

func (r *bookRun) openSink(c *call, e *screen.Engine, info fs.FileInfo) (*bookSink, error) {
	s := &bookSink{stamp: bookStamp{
		Book: info.Name(), Size: info.Size(), Modified: info.ModTime().UnixNano(), Snapshot: e.Snapshot(), Profile: match.Profile(),
		Options: fmt.Sprintf("%+v json=%v all=%v sheet=%q columns=%v", r.options, c.JSON, r.all, r.sheet, r.columns),
	}}
	if r.out == "" {
		s.out = c.out
	} else if err := s.resume(r); err != nil {
		return nil, err
	}
	if !c.JSON {
		s.csv = csv.NewWriter(s.out)
	}
	if s.progress.Bytes == 0 && s.csv != nil {
		return s, s.csv.Write([]string{"row", "id", "name", "status", "reason", "band", "score", "confidence", "subject", "caption", "schema", "listed_name", "listings", "snapshot", "profile", "at"})
	}
	return s, nil
}

func (s *bookSink) statePath() string { return s.file.Name() + ".progress" }

// resume opens the output file, behind what an earlier call of the same run
// has written.
func (s *bookSink) resume(r *bookRun) error {
	f, err := os.OpenFile(r.out, os.O_RDWR|os.O_CREATE, 0o640)
	if err != nil {
		return fmt.Errorf("opening the output: %w", err)
	}
	s.file, s.out = f, bufio.NewWriterSize(f, 256<<10)
	var p bookProgress
	b, err := os.ReadFile(s.statePath())
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	info, statErr := f.Stat()
	switch {
	case statErr != nil:
		return fmt.Errorf("opening the output: %w", statErr)
	case r.restart || errors.Is(err, fs.ErrNotExist) && info.Size() == 0:
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fault.Hint(fault.New(fault.Corrupt, "reading %s: %w", s.statePath(), err), "begin again with --restart")
	case errors.Is(err, fs.ErrNotExist):
		return fault.Hint(fault.New(fault.Conflict, "%s exists", r.out), "give another --out, or --restart to write it anew")
	case p.bookStamp != s.stamp:
		return fault.Hint(fault.New(fault.Conflict, "%s holds a run with another book, register, profile or setting", r.out), "give another --out, or --restart to begin again")
	case int64(p.Bytes) > info.Size():
		return fault.Hint(fault.New(fault.Corrupt, "%s is shorter than its run has written", r.out), "begin again with --restart")
	default:
		s.progress = p
		r.rows, r.hits, r.unscreened, r.broken = p.Rows, p.Hits, p.Unscreened, p.Broken
	}
	if err := f.Truncate(int64(s.progress.Bytes)); err != nil {
		return fmt.Errorf("opening the output: %w", err)
	}
	if _, err := f.Seek(int64(s.progress.Bytes), io.SeekStart); err != nil {
		return fmt.Errorf("opening the output: %w", err)
	}
	return nil
}

// write writes one row: a line a hit in CSV, an object a customer in JSON.
func (s *bookSink) write(x row) error {
	if s.csv == nil {
		return s.writeJSON(x)
	}
	a := x.answer
	base := []string{strconv.Itoa(x.customer.Row), x.customer.ID, x.customer.Name, string(a.Status), reasonOf(x)}
	tail := []string{a.Snapshot, a.Profile, a.At.Format("2006-01-02T15:04:05Z07:00")}
	if len(a.Hits) == 0 {
		if x.err != nil {
			base[3] = string(screen.NotScreened)
		}
		return s.csv.Write(append(append(base, make([]string, 8)...), tail...))
	}
	for _, h := range a.Hits {
		var refs []string
		for _, l := range h.Listings {
			refs = append(refs, l.Source+" "+l.Reference)
		}
		hit := []string{string(h.Band), h.Score.String(), h.Confidence.String(), h.Subject, h.Caption, string(h.Schema), h.Name, strings.Join(refs, "; ")}
		line := append(append(append([]string{}, base...), hit...), tail...)
		if err := s.csv.Write(line); err != nil {
			return err
		}
	}
	return nil
}

func (s *bookSink) writeJSON(x row) error {
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	out := struct {
		Row int `json:"row"`
		screen.Answer
		Notes []string `json:"notes,omitempty"`
	}{x.customer.Row, x.answer, x.odd}
	if x.err != nil {
		out.Status, out.Reason = screen.NotScreened, x.err.Error()
		out.Hits = []screen.Hit{}
	}
	return enc.Encode(out)
}

func reasonOf(x row) string {
	if x.err != nil {
		return x.err.Error()
	}
	return strings.Join(append(x.odd, notEmpty(x.answer.Reason)...), "; ")
}

func notEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// done notes that a row of the book is in the output, and now and then saves
// that.
func (s *bookSink) done(bookRow int, r *bookRun) error {
	s.progress.Row = max(s.progress.Row, bookRow)
	s.progress.Rows, s.progress.Hits, s.progress.Unscreened, s.progress.Broken = r.rows, r.hits, r.unscreened, r.broken
	if s.rows++; s.file == nil || s.rows%saveEvery != 0 {
		return nil
	}
	return s.store()
}

// store makes the output durable and then notes how much of it there is.
func (s *bookSink) store() error {
	if err := s.flush(); err != nil {
		return fmt.Errorf("writing the alerts: %w", err)
	}
	if err := s.file.Sync(); err != nil {
		return fmt.Errorf("writing the alerts: %w", err)
	}
	at, err := s.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return fmt.Errorf("writing the alerts: %w", err)
	}
	s.progress.bookStamp, s.progress.Bytes = s.stamp, int(at)
	b, err := json.Marshal(s.progress)
	if err != nil {
		return fmt.Errorf("saving the progress: %w", err)
	}
	tmp := s.statePath() + ".new"
	if err := os.WriteFile(tmp, b, 0o640); err != nil {
		return fmt.Errorf("saving the progress: %w", err)
	}
	if err := os.Rename(tmp, s.statePath()); err != nil {
		return fmt.Errorf("saving the progress: %w", err)
	}
	return nil
}

func (s *bookSink) flush() error {
	if s.csv != nil {
		s.csv.Flush()
		if err := s.csv.Error(); err != nil {
			return err
		}
	}
	return s.out.Flush()
}

// finish ends a run: the output is whole and no progress is needed any more.
func (s *bookSink) finish() error {
	if s.file == nil {
		return s.flush()
	}
	if err := s.store(); err != nil {
		return err
	}
	if err := os.Remove(s.statePath()); err != nil {
		return fmt.Errorf("ending the run: %w", err)
	}
	return nil
}

// save keeps what a stopped run has written.
func (s *bookSink) save() error {
	if s.file == nil {
		return s.flush()
	}
	return s.store()
}

func (s *bookSink) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
