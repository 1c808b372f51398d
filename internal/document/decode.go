package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"interdict/internal/document/charset"
)

// decode turns the bytes of a text into UTF-8. Whatever is not certain is
// warned of.
func (b *builder) decode(in []byte) string {
	if enc := charset.UTF16(in); enc != nil {
		out, err := enc.NewDecoder().Bytes(in)
		if err != nil || bytes.ContainsRune(out, utf8.RuneError) || len(in)%2 != 0 {
			b.warn("broken UTF-16: some characters could not be read")
		}
		return string(out)
	}
	in = bytes.TrimPrefix(in, []byte("\ufeff"))
	if utf8.Valid(in) {
		return string(in)
	}
	if charset.MostlyUTF8(in) {
		b.warn("broken UTF-8: some characters could not be read")
		return strings.ToValidUTF8(string(in), "\ufffd")
	}
	name, table := charset.Guess(in)
	b.warn("the charset is not declared: read as %s, guessed", name)
	return charset.Decode(table, in)
}
