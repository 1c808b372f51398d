// Package id names things: a dossier, an alert, a decision, each with an id
// that carries its kind in its type and in its text.
//
// It promises that an id of one kind cannot be passed for another's (the
// compiler refuses), that one id has one text, and that Parse finds every
// single wrong symbol and every two symbols exchanged, whatever their place.
// The text is a prefix and 17 symbols of Crockford's base 32 (no I, L, O, U):
// 80 bits and a check symbol, as D041061050R3GG28AB.
//
// It never draws a random number: the bytes come from the caller. It says
// nothing about whether a thing of that id exists.
package id

import (
	"encoding/base32"
	"strings"

	"interdict/internal/fault"
)

// Kind is a thing that has ids. IDPrefix returns one to eight capital letters
// that begin its ids; it is called on the zero value and never changes once an
// id was stored.
type Kind interface{ IDPrefix() string }

// Of is the id of a T. It is comparable, and its zero value means "none".
type Of[T Kind] struct {
	_    [0]*T // keeps one kind from being converted to another
	text string
}

const (
	alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	symbols  = 17 // 16 for 80 bits, one to check
)

var crockford = base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)

// New returns the id made of these bytes. The caller draws them at random:
// ids are not to be guessed, nor to collide.
func New[T Kind](random [10]byte) Of[T] {
	body := crockford.EncodeToString(random[:])
	return Of[T]{text: prefix[T]() + body + string(alphabet[check(body)])}
}

// prefix returns the prefix of T, which is a broken invariant of ours if it is
// not of capital letters.
func prefix[T Kind]() string {
	var zero T
	p := zero.IDPrefix()
	if p == "" || len(p) > 8 || strings.Trim(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		panic("id: prefix " + p + " is not of one to eight capital letters")
	}
	return p
}

// check returns the value of the check symbol of a body: the body as a
// polynomial over the field of 32 elements (modulus x^5+x^2+1), at x. As the
// powers of x differ up to the 31st, no exchange of two symbols keeps it.
func check(body string) int {
	sum := 0
	for i := range len(body) {
		sum = times(sum) ^ strings.IndexByte(alphabet, body[i])
	}
	return times(sum)
}

func times(v int) int {
	v <<= 1
	if v >= 32 {
		v ^= 0b100101
	}
	return v
}

// folded reads what people write for the symbols that Crockford's base 32
// leaves out, and drops what they put between groups.
var folded = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "")

// Parse reads an id as printed, or as a person copied it: letters of either
// case, O for 0, I or L for 1, groups parted by blanks or hyphens. The error
// is Invalid and says what is wrong.
func Parse[T Kind](text string) (Of[T], error) {
	want := prefix[T]()
	rest, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(text)), want)
	if !ok {
		return Of[T]{}, fault.New(fault.Invalid, "id %q: want it to begin with %s", text, want)
	}
	rest = folded.Replace(rest)
	if i := strings.IndexFunc(rest, func(r rune) bool { return !strings.ContainsRune(alphabet, r) }); i >= 0 {
		return Of[T]{}, fault.New(fault.Invalid, "id %q: %q is no symbol of an id", text, []rune(rest[i:])[0])
	}
	if len(rest) != symbols {
		return Of[T]{}, fault.New(fault.Invalid, "id %q: %d symbols after %s, want %d", text, len(rest), want, symbols)
	}
	if alphabet[check(rest[:symbols-1])] != rest[symbols-1] {
		return Of[T]{}, fault.New(fault.Invalid, "id %q: the check symbol does not fit: a symbol is wrong or two are exchanged", text)
	}
	return Of[T]{text: want + rest}, nil
}

// String returns the one text of the id, empty for none.
func (i Of[T]) String() string { return i.text }

// IsZero reports whether this is no id.
func (i Of[T]) IsZero() bool { return i.text == "" }

// Compare orders ids by their text.
func (i Of[T]) Compare(j Of[T]) int { return strings.Compare(i.text, j.text) }

// MarshalText returns the text of the id, for JSON too; none is empty.
func (i Of[T]) MarshalText() ([]byte, error) { return []byte(i.text), nil }

// UnmarshalText reads the one text of an id, or none. What people write
// otherwise is for Parse: stored text has one form.
func (i *Of[T]) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*i = Of[T]{}
		return nil
	}
	read, err := Parse[T](string(text))
	if err == nil && read.text != string(text) {
		err = fault.New(fault.Invalid, "id %q: want it as %s", text, read)
	}
	if err != nil {
		return err
	}
	*i = read
	return nil
}
