package sheet

import (
	"fmt"
	"regexp"
	"slices"

	"interdict/internal/fault"
)

var fillable = []string{"name", "birth", "nationality", "identifier", "address"}

// prepare checks a mapping and compiles what it holds.
func (m *Mapping) prepare() error {
	switch {
	case m.ID == "":
		return fault.New(fault.Invalid, "id is missing")
	case m.Title == "":
		return fault.New(fault.Invalid, "title is missing")
	case m.Format != "csv" && m.Format != "xlsx" && m.Format != "html":
		return fault.New(fault.Invalid, "format is %q, must be csv, xlsx or html", m.Format)
	case len(m.Delimiter) > 1:
		return fault.New(fault.Invalid, "delimiter is %q, must be one character", m.Delimiter)
	case len(m.Columns) == 0:
		return fault.New(fault.Invalid, "columns is missing")
	case len(m.Bounds.Rows) != 0 && len(m.Bounds.Rows) != 2:
		return fault.New(fault.Invalid, "bounds.rows must be two numbers, fewest and most")
	}
	for what, share := range m.Bounds.Fill {
		if !slices.Contains(fillable, what) || share < 0 || share > 100 {
			return fault.New(fault.Invalid, "bounds.fill: %s: %d is no share in per cent of %q", what, share, fillable)
		}
	}
	if m.Header.Rows == 0 {
		m.Header.Rows = 30
	}
	m.nulls = words(m.Blank)
	if err := m.prepareColumns(); err != nil {
		return err
	}
	if err := m.preparePatterns(); err != nil {
		return err
	}
	return m.prepareNames()
}

func (m *Mapping) prepareColumns() error {
	m.columns, m.named = map[string]*Column{}, map[string]*Column{}
	names := false
	for i := range m.Columns {
		c := &m.Columns[i]
		if len(c.Header) == 0 && !m.Header.None {
			return fault.New(fault.Invalid, "columns[%d] has no header", i)
		}
		if m.Header.None && c.Position < 1 {
			return fault.New(fault.Invalid, "columns[%d] needs a position, as header.none is set", i)
		}
		if c.Name == "" {
			c.Name = fmt.Sprint(c.Position)
			if len(c.Header) > 0 {
				c.Name = c.Header[0]
			}
		}
		if m.named[c.Name] != nil {
			return fault.New(fault.Invalid, "two columns are named %q", c.Name)
		}
		m.named[c.Name] = c
		for _, h := range c.Header {
			if other := m.columns[fold(h)]; other != nil && other != c {
				return fault.New(fault.Invalid, "header %q stands in columns %q and %q", h, other.Name, c.Name)
			}
			m.columns[fold(h)] = c
		}
		if err := c.prepare(); err != nil {
			return fmt.Errorf("column %s: %w", c.Name, err)
		}
		names = names || c.gives("name")
	}
	if !names {
		return fault.New(fault.Invalid, "no column goes to name")
	}
	return nil
}

// gives reports whether the column or one of its extracts goes to a name.
func (c *Column) gives(to string) bool {
	if c.To == to || to == "name" && c.To == "name.part" {
		return true
	}
	return slices.ContainsFunc(c.Extract, func(e Column) bool { return e.gives(to) })
}

func (c *Column) prepare() error {
	t, ok := targets[c.To]
	if !ok {
		return fault.Hint(fault.New(fault.Invalid, "to: %q is no target", c.To), "targets are %s", targetNames())
	}
	if t.as != nil && !slices.Contains(t.as, c.As) {
		return fault.New(fault.Invalid, "as: %q does not fit to: %s, must be one of %q", c.As, c.To, t.as)
	}
	if _, ok := kind(c.Implies); c.Implies != "" && !ok {
		return fault.New(fault.Invalid, "implies: %q is no kind", c.Implies)
	}
	if c.Quoted && (len(c.Split) != 1 || len(c.Split[0]) != 1) {
		return fault.New(fault.Invalid, "quoted needs exactly one separator of one character in split")
	}
	c.words, c.nulls = folded(c.Map), words(c.Blank)
	c.Type.words, c.Quality.words = folded(c.Type.Map), folded(c.Quality.Map)
	for _, g := range c.Dates {
		grammar, ok := grammars[g]
		if !ok {
			return fault.New(fault.Invalid, "dates: %q is no grammar of dates", g)
		}
		c.grammars = append(c.grammars, grammar)
	}
	if err := c.check(t); err != nil {
		return err
	}
	for i := range c.Extract {
		e := &c.Extract[i]
		if e.Pattern == "" {
			return fault.New(fault.Invalid, "extract[%d] has no pattern", i)
		}
		var err error
		if e.pattern, err = compile(e.Pattern, "extract pattern"); err != nil {
			return err
		}
		if err := e.prepare(); err != nil {
			return fmt.Errorf("extract[%d]: %w", i, err)
		}
	}
	return nil
}

// check refuses words that a target would not understand.
func (c *Column) check(t target) error {
	for from, word := range c.Map {
		if t.words != nil && !slices.Contains(t.words, word) {
			return fault.New(fault.Invalid, "map: %q: %q is none of %q", from, word, t.words)
		}
	}
	for _, choice := range []struct {
		c    Choice
		name string
		ok   []string
	}{{c.Type, "type", nameTypes}, {c.Quality, "quality", nameQualities}} {
		values := []string{choice.c.Value}
		for _, v := range choice.c.Map {
			values = append(values, v)
		}
		for _, v := range values {
			if v != "" && !slices.Contains(choice.ok, v) {
				return fault.New(fault.Invalid, "%s: %q is none of %q", choice.name, v, choice.ok)
			}
		}
	}
	return nil
}

func (m *Mapping) preparePatterns() error {
	var err error
	set := func(to **regexp.Regexp, pattern, what string) {
		if err == nil && pattern != "" {
			*to, err = compile(pattern, what)
		}
	}
	set(&m.Accept.file, m.Accept.File, "accept.file")
	set(&m.Accept.text, m.Accept.Text, "accept.text")
	set(&m.Group.strip, m.Group.Strip, "group.strip")
	for i := range m.Sheets {
		set(&m.Sheets[i].match, m.Sheets[i].Match, "sheets.match")
		set(&m.Sheets[i].file, m.Sheets[i].File, "sheets.file")
	}
	for i := range m.Skip {
		set(&m.Skip[i].pattern, m.Skip[i].Pattern, "skip.pattern")
		if m.Skip[i].Pattern == "" {
			return fault.New(fault.Invalid, "skip[%d] has no pattern", i)
		}
	}
	return err
}

// prepareNames checks every mention of a column by its name.
func (m *Mapping) prepareNames() error {
	mentions := slices.Concat(m.Header.Require, m.Key.Columns, m.Key.Digest)
	if m.Group.Column != "" {
		mentions = append(mentions, m.Group.Column)
	}
	for _, s := range m.Skip {
		mentions = append(mentions, s.Column)
	}
	for _, c := range m.Columns {
		for _, choice := range []Choice{c.Type, c.Quality} {
			if choice.From != "" {
				mentions = append(mentions, choice.From)
			}
		}
	}
	for _, name := range mentions {
		if m.named[name] == nil {
			return fault.New(fault.Invalid, "no column is named %q", name)
		}
	}
	constants := []Constant{m.Constant}
	for _, s := range m.Sheets {
		constants = append(constants, s.Constant)
	}
	for _, c := range constants {
		if _, ok := kind(c.Kind); c.Kind != "" && !ok {
			return fault.New(fault.Invalid, "constant.kind: %q is no kind", c.Kind)
		}
		if c.Status != "" && !slices.Contains(targets["status"].words, c.Status) {
			return fault.New(fault.Invalid, "constant.status: %q must be active or ended", c.Status)
		}
	}
	return nil
}

func compile(pattern, what string) (*regexp.Regexp, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s: %v", what, err)
	}
	return re, nil
}

func words(list []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range list {
		out[token(w)] = true
	}
	return out
}

func folded(m map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		out[token(k)] = v
	}
	return out
}
