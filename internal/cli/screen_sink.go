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
	"time"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/screen"
	"interdict/internal/shard"
)

// bookSink is where the rows of a book run go. With a file it keeps, beside
// it, how far the run has come, so that a run that is killed goes on.
type bookSink struct {
	file     *os.File // nil for standard output
	out      *bufio.Writer
	csv      *csv.Writer // nil for JSON
	progress bookProgress
	stamp    bookStamp
	unsaved  int // rows since the progress was saved
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
// Bytes, what is to be written of the first Read rows of the book.
type bookProgress struct {
	bookStamp
	Time                     time.Time // that the answers of the run carry
	Read                     int       // broken rows too
	Bytes                    int64
	Hits, Unscreened, Broken int
	Run                      string `json:",omitempty"` // its name with the queue of shards
}

// saveEvery is the number of rows between two savings of the progress.
const saveEvery = 2000

func (r *bookRun) openSink(c *call, e *screen.Engine, in *os.File) (*bookSink, error) {
	info, err := in.Stat()
	if err != nil {
		return nil, inputError(err)
	}
	s := &bookSink{out: c.out, stamp: bookStamp{
		Book: info.Name(), Size: info.Size(), Modified: info.ModTime().UnixNano(), Snapshot: e.Snapshot(), Profile: match.Profile(),
		Options: fmt.Sprintf("%+v json=%v all=%v sheet=%q columns=%v at=%s", r.options, r.json, r.all, r.sheet, r.columns, r.at),
	}}
	if r.out != "" {
		if err := s.open(r, info); err != nil {
			s.close()
			return nil, err
		}
	}
	if !r.json {
		s.csv = csv.NewWriter(s.out)
	}
	if s.progress.Bytes == 0 && s.csv != nil {
		return s, s.csv.Write(screen.RowHead)
	}
	return s, nil
}

func (s *bookSink) statePath() string { return s.file.Name() + ".progress" }

// open opens the output file, behind what an earlier call of the same run has
// written. The progress is saved before the first byte: whenever the run is
// killed, the file can be told from one that is not ours.
func (s *bookSink) open(r *bookRun, in fs.FileInfo) error {
	if info, err := os.Stat(r.out); err == nil && os.SameFile(info, in) {
		return wrongUsage("--out %s is the book itself", r.out)
	}
	path := r.out
	if r.parquet() {
		if _, err := os.Stat(r.out); err == nil && !r.restart {
			return exists(r.out)
		}
		path += ".rows"
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o640)
	if err != nil {
		return outputError(err)
	}
	s.file, s.out = f, bufio.NewWriterSize(f, 256<<10)
	info, err := f.Stat()
	if err != nil {
		return outputError(err)
	}
	if s.progress, err = s.earlier(r, info.Size()); err != nil {
		return err
	}
	p := s.progress
	r.time = p.Time
	r.tally, r.broken = tally{all: p.Read, hits: p.Hits, unscreened: p.Unscreened}, p.Broken
	if err := s.store(); err != nil {
		return err
	}
	if err := f.Truncate(p.Bytes); err != nil {
		return outputError(err)
	}
	if _, err := f.Seek(p.Bytes, io.SeekStart); err != nil {
		return outputError(err)
	}
	return nil
}

// earlier is the progress of the run that the output file holds, which has size
// bytes; of a new run it is zero but for the time.
func (s *bookSink) earlier(r *bookRun, size int64) (bookProgress, error) {
	fresh := bookProgress{Time: r.time}
	if r.restart {
		return fresh, nil
	}
	b, err := os.ReadFile(s.statePath())
	if errors.Is(err, fs.ErrNotExist) {
		if size > 0 {
			return fresh, exists(s.file.Name())
		}
		return fresh, nil
	}
	var p bookProgress
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	switch {
	case err != nil:
		return fresh, fault.Hint(fault.New(fault.Corrupt, "reading %s: %w", s.statePath(), err), "begin again with --restart")
	case p.bookStamp != s.stamp:
		return fresh, fault.Hint(fault.New(fault.Conflict, "%s holds a run with another book, register, profile or setting", r.out), "give another --out, or --restart to begin again")
	case p.Bytes > size:
		return fresh, fault.Hint(fault.New(fault.Corrupt, "%s is shorter than its run has written", r.out), "begin again with --restart")
	}
	return p, nil
}

func exists(file string) error {
	return fault.Hint(fault.New(fault.Conflict, "%s exists", file), "give another --out, or --restart to write it anew")
}

// outputError marks an output file that cannot be used as the caller's to mend.
func outputError(err error) error {
	return fault.As(fault.Invalid, fmt.Errorf("opening the output: %w", err))
}

// write writes one row: a line a hit in CSV, an object a customer in JSON.
func (s *bookSink) write(x screen.Row) error {
	if s.csv == nil {
		return x.WriteJSON(s.out)
	}
	for _, line := range x.Lines() {
		if err := s.csv.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// done notes that a row of the book is in the output, and now and then saves
// that.
func (s *bookSink) done(r *bookRun) error {
	s.count(r)
	if s.unsaved++; s.file == nil || s.unsaved < saveEvery {
		return nil
	}
	return s.save()
}

func (s *bookSink) count(r *bookRun) {
	p := &s.progress
	p.Read, p.Hits, p.Unscreened, p.Broken = r.tally.all, r.tally.hits, r.tally.unscreened, r.broken
}

// join writes a part of the book that was screened elsewhere, and keeps it for good
// before it returns.
func (s *bookSink) join(r *bookRun, p shard.Part) error {
	r.tally.all, r.tally.hits, r.tally.unscreened = r.tally.all+p.Rows, r.tally.hits+p.Hits, r.tally.unscreened+p.Unscreened
	r.broken += p.Broken
	if s.csv != nil { // the head
		s.csv.Flush()
	}
	if _, err := s.out.Write(p.Text); err != nil {
		return fmt.Errorf("writing the alerts: %w", err)
	}
	s.count(r)
	return s.save()
}

// save keeps what has been written so far: first the output, then how much of
// it there is.
func (s *bookSink) save() error {
	if err := s.flush(); err != nil {
		return fmt.Errorf("writing the alerts: %w", err)
	}
	if s.file == nil {
		return nil
	}
	if err := s.file.Sync(); err != nil {
		return fmt.Errorf("writing the alerts: %w", err)
	}
	at, err := s.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return fmt.Errorf("writing the alerts: %w", err)
	}
	s.progress.Bytes, s.unsaved = at, 0
	return s.store()
}

// store writes the progress beside the output; it is whole or the one before.
func (s *bookSink) store() error {
	s.progress.bookStamp = s.stamp
	b, err := json.Marshal(s.progress)
	if err != nil {
		return fmt.Errorf("saving the progress: %w", err)
	}
	tmp := s.statePath() + ".new"
	if err := writeSynced(tmp, b); err != nil {
		return fmt.Errorf("saving the progress: %w", err)
	}
	if err := os.Rename(tmp, s.statePath()); err != nil {
		return fmt.Errorf("saving the progress: %w", err)
	}
	return nil
}

func writeSynced(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o640)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
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
func (s *bookSink) finish(r *bookRun) error {
	if err := s.save(); err != nil || s.file == nil {
		return err
	}
	if r.parquet() {
		if err := s.toParquet(r.out); err != nil {
			return err
		}
	}
	if err := os.Remove(s.statePath()); err != nil {
		return fmt.Errorf("ending the run: %w", err)
	}
	if r.parquet() {
		return os.Remove(s.file.Name())
	}
	return nil
}

// toParquet writes the rows as a Parquet file, which cannot be written piece by
// piece: its end says where everything is. It is there whole, or not.
func (s *bookSink) toParquet(out string) error {
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("writing %s: %w", out, err)
	}
	tmp := out + ".new"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o640)
	if err != nil {
		return outputError(err)
	}
	err = screen.WriteParquet(f, s.file)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(tmp, out)
	}
	if err != nil {
		_ = os.Remove(tmp) // half of a file; its rows are kept
		return fmt.Errorf("writing %s: %w", out, err)
	}
	return nil
}

func (s *bookSink) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
