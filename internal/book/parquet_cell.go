package book

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// cursor goes through the values of a column row by row.
type cursor struct {
	pages parquet.ColumnChunkValueReader
	list  bool
	room  [256]parquet.Value
	ahead []parquet.Value // read, not yet taken
	cell  []parquet.Value
	ended bool
}

// next returns the values of the next row, which hold until the next call.
func (c *cursor) next() ([]parquet.Value, error) {
	clear(c.cell)
	c.cell = c.cell[:0]
	for {
		if len(c.ahead) == 0 && !c.ended {
			if err := c.read(); err != nil {
				return nil, err
			}
		}
		if len(c.ahead) == 0 {
			if len(c.cell) == 0 {
				return nil, errors.New("the column ends before the row")
			}
			return c.cell, nil
		}
		v := c.ahead[0]
		if len(c.cell) > 0 && v.RepetitionLevel() == 0 {
			return c.cell, nil
		}
		if len(c.cell) == 0 && v.RepetitionLevel() != 0 {
			return nil, errors.New("a value of no row")
		}
		if len(c.cell) == mostValues {
			return nil, fmt.Errorf("more than %d values in one cell", mostValues)
		}
		c.ahead = c.ahead[1:]
		if !c.list {
			c.cell = append(c.cell, v)
			return c.cell, nil
		}
		c.cell = append(c.cell, v.Clone()) // reading on may take its page away
	}
}

// mostValues bounds the values of one cell.
const mostValues = 100_000

// read reads ahead; at the end of the column nothing is ahead.
func (c *cursor) read() error {
	return guarded(func() error {
		n, err := c.pages.ReadValues(c.room[:])
		c.ahead = c.room[:n]
		if errors.Is(err, io.EOF) {
			c.ended, err = true, nil
		} else if err == nil && n == 0 {
			err = io.ErrNoProgress
		}
		return err
	})
}

// end makes sure that a column has no more rows than its group.
func (c *cursor) end() error {
	if len(c.ahead) == 0 && !c.ended {
		if err := c.read(); err != nil {
			return err
		}
	}
	if len(c.ahead) > 0 {
		return errors.New("the column goes on behind the last row")
	}
	return nil
}

// guarded makes an error of a panic of the Parquet library, which takes what a
// damaged file says at its word.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("unreadable: %v", p)
		}
	}()
	return do()
}

// textOf returns how values of a type are written in a cell: dates as YYYY-MM-DD,
// numbers in full.
func textOf(t parquet.Type) func(parquet.Value) (string, error) {
	if l := t.LogicalType(); l != nil {
		switch x := l.Value.(type) {
		case *format.DateType:
			return func(v parquet.Value) (string, error) {
				return time.Unix(0, 0).UTC().AddDate(0, 0, int(v.Int32())).Format(time.DateOnly), nil
			}
		case *format.TimestampType:
			unit := x.Unit.Value.Duration()
			return func(v parquet.Value) (string, error) { return instant(v.Int64(), unit), nil }
		case *format.DecimalType:
			return func(v parquet.Value) (string, error) { return decimal(v, int(x.Scale)) }
		case *format.IntType:
			if !x.IsSigned {
				return unsigned
			}
		case *format.UUIDType:
			return func(v parquet.Value) (string, error) { return uuid(v.ByteArray()) }
		}
	}
	return plainText
}

func instant(n int64, unit time.Duration) string {
	each := int64(time.Second / unit)
	at := time.Unix(n/each, n%each*int64(unit)).UTC()
	if at.Equal(at.Truncate(24 * time.Hour)) {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.RFC3339)
}

// julianUnix is the Julian day of 1970-01-01.
const julianUnix = 2_440_588

func plainText(v parquet.Value) (string, error) {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean()), nil
	case parquet.Int32:
		return strconv.Itoa(int(v.Int32())), nil
	case parquet.Int64:
		return strconv.FormatInt(v.Int64(), 10), nil
	case parquet.Int96: // the old way to write an instant: nanoseconds of a day, Julian day
		x := v.Int96()
		nanos := int64(x[1])<<32 | int64(x[0])
		day := time.Unix((int64(x[2])-julianUnix)*86400, nanos).UTC()
		return instant(day.Unix(), time.Second), nil
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32), nil
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64), nil
	case parquet.FixedLenByteArray:
		if b := v.ByteArray(); !utf8.Valid(b) {
			return hex.EncodeToString(b), nil
		}
	}
	return string(v.ByteArray()), nil
}

func unsigned(v parquet.Value) (string, error) {
	if v.Kind() == parquet.Int32 {
		return strconv.FormatUint(uint64(v.Uint32()), 10), nil
	}
	return strconv.FormatUint(v.Uint64(), 10), nil
}

// decimal writes a number with scale digits behind the point; zeros at its end are
// left out, so that a number of an account stays a number.
func decimal(v parquet.Value, scale int) (string, error) {
	if scale < 0 || scale > 1000 {
		return "", fmt.Errorf("a number with %d digits behind the point", scale)
	}
	n := new(big.Int)
	switch v.Kind() {
	case parquet.Int32:
		n.SetInt64(int64(v.Int32()))
	case parquet.Int64:
		n.SetInt64(v.Int64())
	default: // two's complement, the highest byte first
		b := v.ByteArray()
		if n.SetBytes(b); len(b) > 0 && b[0]&0x80 != 0 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
		}
	}
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
	}
	digits := n.Abs(n).String()
	if scale == 0 {
		return sign + digits, nil
	}
	if short := scale + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	whole, rest := digits[:len(digits)-scale], strings.TrimRight(digits[len(digits)-scale:], "0")
	if rest != "" {
		rest = "." + rest
	}
	return sign + whole + rest, nil
}

func uuid(b []byte) (string, error) {
	if len(b) != 16 {
		return "", fmt.Errorf("a UUID of %d bytes", len(b))
	}
	h := hex.EncodeToString(b)
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-"), nil
}
