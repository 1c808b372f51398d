package un

import (
	"strings"

	"interdict/internal/list"
	"interdict/internal/script"
)

// split cuts several names in one element apart: at semicolons, Latin or
// Arabic, and Arabic commas, but never inside brackets.
func split(s string) []string {
	var out []string
	depth, start := 0, 0
	add := func(piece string) {
		if piece = list.Squeeze(piece); piece != "" {
			out = append(out, piece)
		}
	}
	for i, c := range s {
		switch c {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		case ';', '؛', '،':
			if depth == 0 {
				add(s[start:i])
				start = i + len(string(c))
			}
		}
	}
	add(s[start:])
	return out
}

// twoScripts splits "Asiri (عسيري)" into a name in each script. Brackets in
// the script of the name itself stay part of it, as printed.
func twoScripts(s string) []string {
	head, groups := brackets(s)
	own := script.Of(head)
	if own == "Zyyy" {
		return []string{s}
	}
	kept := head
	var others []string
	for _, g := range groups {
		inner := groupLabel.ReplaceAllString(g, "")
		inner = groupRemark.ReplaceAllString(inner, "")
		if c := script.Of(firstPiece(inner)); c == own || c == "Zyyy" || (c == "Latn" && !isName(inner)) {
			kept += " (" + g + ")"
			continue
		}
		for _, piece := range split(inner) {
			others = append(others, groupRemark.ReplaceAllString(piece, ""))
		}
	}
	if len(others) == 0 {
		return []string{s}
	}
	return append([]string{list.Squeeze(kept)}, others...)
}

func firstPiece(s string) string {
	if p := split(s); len(p) > 0 {
		return p[0]
	}
	return ""
}

// isName tells a bracketed spelling from a bracketed remark in English.
func isName(s string) bool { return !strings.Contains(s, "known") && !strings.Contains(s, "listed") }

// brackets returns s up to its first bracket, and the contents of the outer
// brackets after it. Text between brackets stays with the head.
func brackets(s string) (head string, groups []string) {
	depth, start := 0, 0
	var out strings.Builder
	for i, c := range s {
		switch {
		case c == '(':
			if depth == 0 {
				start = i + 1
			}
			depth++
		case c == ')' && depth > 0:
			depth--
			if depth == 0 {
				groups = append(groups, list.Squeeze(s[start:i]))
			}
		case depth == 0:
			out.WriteRune(c)
		}
	}
	if depth > 0 { // a bracket that is never closed runs to the end
		groups = append(groups, list.Squeeze(s[start:]))
	}
	return list.Squeeze(out.String()), groups
}
