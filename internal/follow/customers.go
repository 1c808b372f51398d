package follow

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"interdict/internal/book"
	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/record"
)

// Screening is the last time that the whole book was screened. Each row of the
// book is counted as a customer who was screened, or as unscreened.
type Screening struct {
	Edition    int64        `json:"edition"` // of the followed list that was in force; -1: none
	Snapshot   string       `json:"snapshot"`
	Profile    string       `json:"profile"`
	At         time.Time    `json:"at"`               // when it was done
	Customers  int          `json:"customers"`        // that were screened
	Partly     int          `json:"partly"`           // of these, with a hit, and with a part that could not be screened
	Hits       int          `json:"hits"`             // customers with a hit
	Raised     int          `json:"raised"`           // alerts that are new
	Unscreened int          `json:"unscreened"`       // rows that could not be screened: no hit is no answer for them
	Rows       []Unscreened `json:"rows,omitempty"`   // the first hundred that could not be screened, or not whole
	Book       string       `json:"book"`             // size and time of the file, by which a change is seen
	Failed     *Trouble     `json:"failed,omitempty"` // since then it could not be screened again
}

// Unscreened is a row of the book that could not be screened, or not whole.
type Unscreened struct {
	Row int    `json:"row"`
	Why string `json:"why"`
}

// mostRows is how many rows that could not be screened are named.
const mostRows = 100

// screenBook screens the whole book against the register in force, and raises an
// alert for what is new. The alerts stand in the ledger when it returns. That it
// could not be done is remembered beside what was screened last.
func (in *Institution) screenBook(ctx context.Context, edition int64) error {
	in.ran = true
	err := in.screenAll(ctx, edition)
	if err == nil || ctx.Err() != nil {
		return err
	}
	last, lost := in.screened()
	if lost != nil {
		return errors.Join(err, lost)
	}
	since := in.follower.Now().UTC()
	if last.Failed != nil {
		since = last.Failed.Since
	}
	last.Failed = &Trouble{since, err.Error()}
	return errors.Join(err, in.keep(screeningFile, last))
}

// screened returns the last screening; of no edition if there was none.
func (in *Institution) screened() (Screening, error) {
	last := Screening{Edition: -1}
	err := recall(in.follower.Dir, screeningFile, &last)
	if fault.KindOf(err) == fault.NotFound {
		err = nil
	}
	return last, err
}

func (in *Institution) screenAll(ctx context.Context, edition int64) error {
	file, err := os.Open(in.book)
	if err != nil {
		kind := fault.Unavailable
		if errors.Is(err, fs.ErrNotExist) {
			kind = fault.Invalid
		}
		return fault.As(kind, fmt.Errorf("reading the customers: %w", err))
	}
	defer file.Close()
	info, err := file.Stat() // of what is open: the path may lead elsewhere by now
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("reading the customers: %w", err))
	}
	e, kept := in.follower.Lookout.Engine(), in.kept
	in.kept = nil // what fails on the way is done whole the next time
	s := Screening{Edition: edition, Snapshot: e.Snapshot(), Book: stampOf(info)}
	if kept != nil && kept.book == s.Book {
		s.Raised, err = in.screenChanged(ctx, e, kept)
	} else {
		kept, s.Raised, err = in.screenWhole(ctx, e, file, s.Book)
	}
	if err != nil {
		return fmt.Errorf("screening %s: %w", in.book, err)
	}
	kept.tally(&s)
	if s.Customers == 0 && s.Unscreened > 0 {
		return fault.New(fault.Invalid, "screening %s: none of %d rows can be screened; row %d: %s", in.book, s.Unscreened, s.Rows[0].Row, s.Rows[0].Why)
	}
	s.At = in.follower.Now().UTC()
	if err := in.keep(screeningFile, s); err != nil {
		return err
	}
	in.kept = kept
	return nil
}

// subjectOf is a customer as the house keeps subjects. What could not be
// understood stands in the remarks.
func subjectOf(c book.Customer, notes []string) record.Subject {
	s := record.Subject{Kind: record.Kind(c.Kind), Names: []record.Name{{Full: c.Name, Type: record.Primary, Quality: record.Strong}}}
	for _, a := range c.Aliases {
		s.Names = append(s.Names, record.Name{Full: a, Type: record.Alias, Quality: record.Unspecified})
	}
	for _, text := range c.Births {
		if d, err := date.Parse(text); err == nil {
			s.Births = append(s.Births, record.Birth{Date: d})
		}
	}
	for _, text := range c.BirthPlaces {
		s.Births = append(s.Births, record.Birth{Place: record.Place{Text: text}})
	}
	for _, text := range c.Countries {
		code, _ := country.Code(text)
		s.Countries = append(s.Countries, record.Country{Text: text, Code: code})
	}
	for _, text := range c.Genders {
		s.Genders = append(s.Genders, record.Text{Text: text})
	}
	for _, number := range c.Identifiers {
		s.Identifiers = append(s.Identifiers, record.Identifier{Number: number})
	}
	for _, n := range notes {
		s.Remarks = append(s.Remarks, record.Text{Text: n})
	}
	return s
}

// stampOf tells one state of a file from another.
func stampOf(info fs.FileInfo) string {
	return fmt.Sprintf("%d bytes of %s", info.Size(), info.ModTime().UTC().Format(time.RFC3339Nano))
}
