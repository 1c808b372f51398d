package pack

import (
	"slices"
	"strings"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/material"
)

// labels are those of the Traffic Light Protocol, the loosest first.
var labels = []material.TLP{material.Clear, material.Green, material.Amber, material.AmberStrict, material.Red}

// stricter reports whether a label is stricter than another. One that nobody
// knows is stricter than all.
func stricter(a, than material.TLP) bool { return rank(a) > rank(than) }

func rank(l material.TLP) int {
	if at := slices.Index(labels, l); at >= 0 {
		return at
	}
	return len(labels)
}

// mark is a label as it is printed.
func mark(l material.TLP) string { return "TLP:" + strings.ToUpper(string(l)) }

// ParseCeiling reads a label; nothing is no ceiling.
func ParseCeiling(text string) (material.TLP, error) {
	l := material.TLP(strings.ToLower(text))
	if text != "" && !slices.Contains(labels, l) {
		return "", fault.New(fault.Invalid, "the ceiling %q is no label: one of %q", text, labels)
	}
	return l, nil
}

// ownLabel is the label of a thing that is under none of a sender: what wants a
// purpose stays within the organisations that have it, an open version may leave
// them, anything else is for those who need to know.
func ownLabel(s clerk.Seen) material.TLP {
	switch c := s.Content.(type) {
	case clerk.MaterialSeen:
		return c.Handling.TLP
	case clerk.DossierSeen:
		return material.Green
	}
	for _, a := range s.Parts {
		if e, _ := access.Find(a); e.Way == access.Restricted {
			return material.AmberStrict
		}
	}
	return material.Amber
}
