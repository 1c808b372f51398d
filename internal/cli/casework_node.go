package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/date"
	"interdict/internal/record"
)

// node is a value of JSON whose fields keep their order.
type node struct {
	raw   json.RawMessage
	text  string   // of a value that is neither object nor list
	keys  []string // of an object
	items []node   // of an object or list
}

func (n node) list() bool   { return len(n.raw) > 0 && n.raw[0] == '[' }
func (n node) object() bool { return len(n.raw) > 0 && n.raw[0] == '{' }

// empty reports whether there is nothing to show.
func (n node) empty() bool {
	if n.list() || n.object() {
		return !slices.ContainsFunc(n.items, func(x node) bool { return !x.empty() })
	}
	return n.text == ""
}

func nodeOf(raw json.RawMessage) (node, error) {
	n := node{raw: bytes.TrimSpace(raw)}
	if !n.list() && !n.object() {
		return n, n.scalar()
	}
	d := json.NewDecoder(bytes.NewReader(n.raw))
	if _, err := d.Token(); err != nil {
		return n, err
	}
	for d.More() {
		if n.object() {
			key, err := d.Token()
			if err != nil {
				return n, err
			}
			n.keys = append(n.keys, key.(string))
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return n, err
		}
		item, err := nodeOf(raw)
		if err != nil {
			return n, err
		}
		n.items = append(n.items, item)
	}
	return n, nil
}

// scalar reads a value that is neither object nor list. Instants are shown to
// the second; a time that is not set is shown by nothing.
func (n *node) scalar() error {
	if len(n.raw) == 0 || n.raw[0] != '"' {
		if n.text = string(n.raw); n.text == "null" {
			n.text = ""
		}
		return nil
	}
	err := json.Unmarshal(n.raw, &n.text)
	if at, wrong := time.Parse(time.RFC3339Nano, n.text); wrong == nil {
		n.text = instant(at)
	}
	return err
}

// field returns the value of that name, or an empty one.
func (n node) field(name string) node {
	if i := slices.Index(n.keys, name); i >= 0 {
		return n.items[i]
	}
	return node{}
}

// short reports whether a value stands on one line.
func (n node) short() bool {
	if _, ok := n.known(); ok {
		return true
	}
	if n.list() {
		return !slices.ContainsFunc(n.items, func(x node) bool { return x.object() || x.list() })
	}
	return !n.object()
}

// brief writes a value on one line.
func (n node) brief() string {
	if text, ok := n.known(); ok {
		return text
	}
	if !n.list() && !n.object() {
		return n.text
	}
	var parts []string
	for i, x := range n.items {
		if x.empty() {
			continue
		}
		part := x.brief()
		if n.object() {
			part = spaced(n.keys[i]) + " " + part
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// known writes what people know by a shorter form than its fields: a subject by
// its names, a clock by when it runs out, a span by its place, an uncertain date
// by its words.
func (n node) known() (string, bool) {
	has := func(names ...string) bool {
		return n.object() && !slices.ContainsFunc(names, func(x string) bool { return !slices.Contains(n.keys, x) })
	}
	switch {
	case has("Kind", "Names"):
		var s record.Subject
		err := json.Unmarshal(n.raw, &s)
		return subjectLine(s), err == nil
	case has("rule", "due"):
		return n.clock(), true
	case has("material", "start", "end"):
		return fmt.Sprintf("%s[%s:%s]", n.field("material").text, n.field("start").text, n.field("end").text), true
	case has("From", "To", "Precision"):
		var d date.Partial
		if json.Unmarshal(n.raw, &d) != nil {
			return "", false
		}
		return d.String(), true
	}
	return "", false
}

func (n node) clock() string {
	text := "due " + n.field("due").text
	if done := n.field("done"); !done.empty() {
		return text + ", met " + done.text
	}
	for _, p := range n.field("pauses").items {
		if p.field("until").empty() {
			text += ", paused since " + p.field("from").text
		}
	}
	if k := len(n.field("extensions").items); k > 0 {
		text += ", " + plural(k, "extension", "extensions")
	}
	return text
}

// subjectLine says who is meant.
func subjectLine(s record.Subject) string {
	var names []string
	for _, n := range s.Names {
		name := n.Full
		if n.Quality == record.Weak || n.Quality == record.FormerName {
			name += " (" + string(n.Quality) + ")"
		}
		names = append(names, name)
	}
	parts := []string{string(s.Kind) + ": " + strings.Join(names, " · ")}
	for _, b := range s.Births {
		parts = append(parts, strings.TrimSpace("born "+b.Date.String()+" "+b.Place.Text))
	}
	for _, x := range slices.Concat(s.Nationalities, s.Countries) {
		parts = append(parts, x.Text)
	}
	for _, x := range s.Identifiers {
		parts = append(parts, strings.TrimSpace(x.Type+" "+x.Number+" "+x.Country))
	}
	for _, x := range s.Addresses {
		parts = append(parts, x.Text)
	}
	for _, x := range slices.Concat(s.Positions, s.Remarks) {
		parts = append(parts, x.Text)
	}
	return strings.Join(parts, "; ")
}
