package material

import (
	"slices"
	"strings"

	"interdict/internal/fault"
)

// Grade is how reliable a source is and how credible the information, in the
// sender's own scheme. The zero value means that the sender gave none.
type Grade struct {
	Scheme      string `json:"scheme,omitempty"`
	Source      string `json:"source,omitempty"`
	Information string `json:"information,omitempty"`
}

// scheme lists the letters of both axes, from the best.
type scheme struct{ source, information []string }

// schemes that we know (commission.md 8). Others are kept as written under a
// name that begins "own:".
var schemes = map[string]scheme{
	"admiralty":   {strings.Split("ABCDEF", ""), strings.Split("123456", "")},
	"3x5x2":       {strings.Split("123", ""), strings.Split("ABCDE", "")},
	"europol-4x4": {strings.Split("ABCX", ""), strings.Split("1234", "")},
}

// Check returns an Invalid error if the scheme does not have such a grade. The
// two axes are independent: no pair is refused.
func (g Grade) Check() error {
	if g == (Grade{}) {
		return nil
	}
	s, known := schemes[g.Scheme]
	switch {
	case !known && (!strings.HasPrefix(g.Scheme, "own:") || g.Source == "" || g.Information == ""):
		return fault.New(fault.Invalid, "grade %q %q in scheme %q: want admiralty, 3x5x2, europol-4x4, or own:NAME with both axes", g.Source, g.Information, g.Scheme)
	case known && !slices.Contains(s.source, g.Source):
		return fault.New(fault.Invalid, "source grade %q: scheme %s has %q", g.Source, g.Scheme, s.source)
	case known && !slices.Contains(s.information, g.Information):
		return fault.New(fault.Invalid, "information grade %q: scheme %s has %q", g.Information, g.Scheme, s.information)
	}
	return nil
}
