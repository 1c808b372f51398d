package date

import (
	"errors"
	"slices"
	"strings"

	"interdict/internal/fault"
)

// Grammar is an option of how a list prints its dates.
type Grammar uint8

// Options. Without one, a numeric date has its day first, and years have four
// digits: 12.3.62 is not understood.
const (
	DMY       Grammar = iota // 03/04/1960 is 3 April; the default
	MDY                      // 03/04/1960 is 4 March
	Century19                // 62 is 1962
	Century20                // 17 is 2017
)

// Parse reads one date: a day, month, year or decade, a range ("Between 1968
// and 1972", "1962/1963"), "circa" and the like, in the months of thirteen
// languages and, where so marked, in the Hijri calendars. Where only one order
// of day and month makes a day, it is taken ("09/30/1978"). Doubt ("possibly")
// is kept as Circa. "Before 1970" starts in year 1, "after 1970" ends in 9999.
// Hijri dates are turned into the Gregorian days that they can be, lunar ones
// by the tabular calendar and a day on each side.
//
// The text is kept as printed. A text that is not one date gives Precision
// Unknown and an Invalid error which names what was not understood; an empty
// text gives the zero Partial and no error.
func Parse(text string, g ...Grammar) (Partial, error) {
	if strings.TrimSpace(text) == "" {
		return Partial{}, nil
	}
	unknown := Partial{Text: text}
	items, err := read(text, g)
	if err != nil {
		return unknown, err
	}
	if p, ok := neighbours(items); ok {
		items = []Partial{p}
	}
	if len(items) > 1 {
		return unknown, fault.New(fault.Invalid, "reading date %q: %d dates where one was expected", text, len(items))
	}
	items[0].Text = text
	return items[0], nil
}

// ParseAll reads a cell that may hold several dates: numbered "a) .. b) ..",
// "(1) .. (2) ..", or parted by ";", "or", "and", "," or line breaks. The Text
// of each is its own piece of the cell, or the whole cell if there is but one.
// Pieces that are not understood come as Unknown in their place, and make an
// Invalid error that names each; the other dates stand. An empty text gives
// none and no error.
func ParseAll(text string, g ...Grammar) ([]Partial, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	items, err := read(text, g)
	if len(items) == 1 {
		items[0].Text = text
	}
	return items, err
}

// Years returns the first and last year that p can be, "circa" not widened.
func Years(p Partial) (from, to int, ok bool) {
	return int(p.From.Y), int(p.To.Y), p.Known()
}

// neighbours makes alternatives of years that follow each other, "1954 or
// 1955", one range: no year is in it that was not said.
func neighbours(items []Partial) (Partial, bool) {
	for i, p := range items {
		if p.Precision != Year || p.Calendar != Gregorian || i > 0 && p.From.Y != items[i-1].To.Y+1 {
			return Partial{}, false
		}
	}
	if len(items) < 2 {
		return Partial{}, false
	}
	p := Between(items[0], items[len(items)-1])
	p.Circa = slices.ContainsFunc(items, func(p Partial) bool { return p.Circa })
	return p, true
}

// reader walks the tokens of one text.
type reader struct {
	text    string
	toks    []token
	pos     int
	mdy     bool
	century int // 19, 20, or 0: years of two digits are not read
	items   []Partial
	errs    []error
}

func read(text string, g []Grammar) ([]Partial, error) {
	r := &reader{text: text, toks: scan(text), mdy: slices.Contains(g, MDY)}
	switch {
	case slices.Contains(g, Century19):
		r.century = 19
	case slices.Contains(g, Century20):
		r.century = 20
	}
	for {
		r.separators()
		if r.pos >= len(r.toks) {
			break
		}
		r.item()
	}
	if len(r.items) == 0 {
		return []Partial{{Text: text}}, fault.New(fault.Invalid, "reading date %q: no date in it", text)
	}
	return r.items, errors.Join(r.errs...)
}

// item reads one date with its notes, or else sets aside the tokens up to the
// next separator.
func (r *reader) item() {
	start := r.pos
	found, err := r.expression()
	if err == nil && r.pos == start {
		err = fault.New(fault.Invalid, "no date")
	}
	if err != nil {
		r.pos = max(r.pos, start+1)
		r.skip()
		r.unread(start, r.pos, err)
		return
	}
	err = r.notes()
	end := r.pos
	// Words that are not understood may widen a year or month; they cannot
	// make a day another day.
	if err != nil && found[len(found)-1].Precision != Day {
		r.skip()
		r.unread(start, r.pos, err)
		return
	}
	for i := range found {
		found[i].Text = r.piece(start, end)
	}
	r.items = append(r.items, found...)
	if err != nil {
		r.pos = max(r.pos, end+1)
		r.skip()
		r.unread(end, r.pos, err)
	}
}

func (r *reader) unread(from, to int, err error) {
	piece := r.piece(from, to)
	r.items = append(r.items, Partial{Text: piece})
	r.errs = append(r.errs, fault.New(fault.Invalid, "reading date %q: %w in %q", r.text, err, piece))
}

// piece returns the printed text of the tokens from up to to.
func (r *reader) piece(from, to int) string {
	if from >= to {
		return ""
	}
	return strings.Trim(r.text[r.toks[from].from:r.toks[to-1].to], " \t\r\n,;")
}

// skip moves to the next hard separator or numbering.
func (r *reader) skip() {
	for r.pos < len(r.toks) {
		t := r.toks[r.pos]
		if t.is(";") || t.is("\n") || r.numbering() > 0 {
			return
		}
		r.pos++
	}
}

// separators passes what stands between dates.
func (r *reader) separators() {
	for r.pos < len(r.toks) {
		if n := r.numbering(); n > 0 {
			r.pos += n
			continue
		}
		if r.at(0).is("(") && (r.has(1, or) || r.has(1, and)) {
			r.pos += 2
			continue
		}
		t := r.toks[r.pos]
		if t.kind == mark && strings.Contains(";,\n/.&\"'|:", t.text) || len(r.items) > 0 && (r.has(0, or) || r.has(0, and)) {
			r.pos++
			continue
		}
		return
	}
}

// numbering returns how many tokens here number a date: "(a)", "a)", "(ii)",
// "1)", "(2)"; 0 if none.
func (r *reader) numbering() int {
	i := 0
	if r.at(0).is("(") {
		i = 1
	}
	t := r.at(i)
	short := t.kind == number && t.digits <= 2 ||
		t.kind == word && (len(t.text) == 1 || strings.Trim(t.text, "ivx") == "")
	if short && r.at(i+1).is(")") && t.text != "" {
		return i + 2
	}
	return 0
}

// at returns the token n after the present one, an empty mark beyond the end.
func (r *reader) at(n int) token {
	if i := r.pos + n; i >= 0 && i < len(r.toks) {
		return r.toks[i]
	}
	return token{kind: mark}
}

func (r *reader) has(n int, s sense) bool {
	t := r.at(n)
	return t.kind == word && slices.Contains(senses[strings.TrimSuffix(t.text, ".")], s)
}
