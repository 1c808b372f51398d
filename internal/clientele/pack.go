package clientele

import (
	"encoding/binary"

	"interdict/internal/book"
)

// appendPacked writes what is kept of a customer: its row, then strings and
// lists of strings, each behind its length.
func appendPacked(out []byte, c book.Customer) []byte {
	out = binary.AppendUvarint(out, uint64(c.Row))
	for _, s := range []string{c.ID, c.Name, c.Kind} {
		out = appendString(out, s)
	}
	for _, list := range [][]string{c.Aliases, c.Births, c.BirthPlaces, c.Countries, c.Genders, c.Identifiers} {
		out = binary.AppendUvarint(out, uint64(len(list)))
		for _, s := range list {
			out = appendString(out, s)
		}
	}
	return out
}

func appendString(out []byte, s string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(s))), s...)
}

// unpack reads one customer.
func unpack(b []byte) (c book.Customer) {
	p := packed(b)
	c.Row = p.number()
	for _, s := range []*string{&c.ID, &c.Name, &c.Kind} {
		*s = p.text()
	}
	for _, list := range []*[]string{&c.Aliases, &c.Births, &c.BirthPlaces, &c.Countries, &c.Genders, &c.Identifiers} {
		for range p.number() {
			*list = append(*list, p.text())
		}
	}
	return c
}

// packed is what is not read yet of a customer.
type packed []byte

func (p *packed) number() int {
	v, n := binary.Uvarint(*p)
	*p = (*p)[n:]
	return int(v)
}

func (p *packed) text() string {
	n := p.number()
	s := string((*p)[:n])
	*p = (*p)[n:]
	return s
}
