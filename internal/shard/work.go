package shard

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/screen"
)

// Work is what holds for every shard of a run.
type Work struct {
	Snapshot string // of the register
	Profile  string // of the score
	Options  screen.Options
	JSON     bool      // answers as objects; else as lines of CSV
	All      bool      // customers without hits too
	Time     time.Time // that answers carry
}

// row is a customer, or a row that cannot be read.
type row struct {
	Number   int
	Customer book.Customer
	Broken   string `json:",omitempty"`
}

// shard is a run of rows of a book.
type shard struct {
	Work
	Rows []row
}

// Part is the answer to a shard.
type Part struct {
	Rows, Hits, Unscreened, Broken int
	Text                           []byte // lines of CSV without a head, or of JSON
}

// Bounds of a shard, so that it is screened in a second or two and fits everywhere.
const (
	mostRows  = 1000
	mostBytes = 1 << 20
)

// add adds a row. What screening does not read stays at home.
func (s *shard) add(x screen.Row) (size int) {
	r := row{Number: x.Number, Customer: x.Customer, Broken: x.Reason()}
	r.Customer.Extra = nil
	s.Rows = append(s.Rows, r)
	c := x.Customer
	size = 64 + len(c.ID) + len(c.Name) + len(c.First) + len(c.Middle) + len(c.Last) + len(r.Broken)
	for _, list := range [][]string{c.Aliases, c.Births, c.BirthPlaces, c.Countries, c.Genders, c.Identifiers} {
		for _, v := range list {
			size += len(v) + 4
		}
	}
	return size
}

// span names the rows of a shard for people.
func (s *shard) span() string {
	return fmt.Sprintf("rows %d to %d", s.Rows[0].Number, s.Rows[len(s.Rows)-1].Number)
}

// encode returns a shard as it travels, and its id: the hash of its rows, the
// register, the profile and the settings.
func (s *shard) encode() (b []byte, id string, err error) {
	plain, err := json.Marshal(s)
	if err != nil {
		return nil, "", fmt.Errorf("writing a shard: %w", err)
	}
	sum := sha256.Sum256(plain)
	b, err = pack(plain)
	return b, hex.EncodeToString(sum[:16]), err
}

// decode reads a shard, which must be the one of the id.
func decode(b []byte, id string) (*shard, error) {
	plain, err := unpack(b)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(plain); hex.EncodeToString(sum[:16]) != id {
		return nil, fault.New(fault.Corrupt, "the shard is not the one of its id %s", id)
	}
	var s shard
	if err := json.Unmarshal(plain, &s); err != nil || len(s.Rows) == 0 {
		return nil, fault.New(fault.Corrupt, "shard %s cannot be read: %v", id, err)
	}
	return &s, nil
}

func pack(plain []byte) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(plain)
	if err = errors.Join(err, z.Close()); err != nil {
		return nil, fmt.Errorf("packing: %w", err)
	}
	return b.Bytes(), nil
}

func unpack(b []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fault.As(fault.Corrupt, fmt.Errorf("unpacking: %w", err))
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		return nil, fault.As(fault.Corrupt, fmt.Errorf("unpacking: %w", err))
	}
	return plain, nil
}

// rows are the rows as the engine takes them.
func (s *shard) rows() []screen.Row {
	out := make([]screen.Row, len(s.Rows))
	for i, r := range s.Rows {
		out[i] = screen.Row{Number: r.Number, Customer: r.Customer}
		if r.Broken != "" {
			out[i].Err = errors.New(r.Broken)
		}
	}
	return out
}

// part writes the answers of a shard.
func (s *shard) part(rows []screen.Row) (Part, error) {
	p := Part{Rows: len(rows)}
	var text bytes.Buffer
	lines := csv.NewWriter(&text)
	for _, x := range rows {
		x.Answer.At = s.Time
		switch x.Answer.Status {
		case screen.Hits:
			p.Hits++
		case screen.NotScreened:
			p.Unscreened++
		}
		if x.Err != nil {
			p.Broken++
		}
		if x.Answer.Status == screen.None && !s.All {
			continue
		}
		err := error(nil)
		if s.JSON {
			err = x.WriteJSON(&text)
		} else {
			err = lines.WriteAll(x.Lines())
		}
		if err != nil {
			return p, fmt.Errorf("writing the answers: %w", err)
		}
	}
	p.Text = text.Bytes()
	return p, nil
}
