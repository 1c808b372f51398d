package list

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"

	"interdict/internal/fault"
)

// Limits of an XML list: what is larger is refused, not cut.
const (
	maxDepth   = 64
	maxElement = 16 << 20 // bytes of text in one entry
)

// Node is one XML element, matched by local name: namespaces and versions of
// a list change, its element names seldom do.
type Node struct {
	Name     string
	Attrs    []Attr
	Text     string // character data directly inside, trimmed
	Children []*Node
	Line     int
}

// Attr is an attribute by its local name.
type Attr struct{ Name, Value string }

// Attr returns the value of the attribute with this local name, or "".
func (n *Node) Attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// Child returns the first child of this name, or an empty node: chains of
// calls need no nil checks.
func (n *Node) Child(name string) *Node {
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return &Node{}
}

// All returns the children of this name in order.
func (n *Node) All(name string) []*Node {
	var out []*Node
	for _, c := range n.Children {
		if c.Name == name {
			out = append(out, c)
		}
	}
	return out
}

// Value returns the text of the first child of this name with inner white
// space collapsed.
func (n *Node) Value(name string) string { return Squeeze(n.Child(name).Text) }

// Squeeze trims s and makes each run of white space one blank.
func Squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// Entry is one entry element of an XML list with the path of its parents.
type Entry struct {
	*Node
	Path string // e.g. "CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL[12]"
}

// XML streams the elements named in entries out of r, whole and one at a
// time, wherever they stand. Elements outside them are given to around, if
// not nil, as they open: name, attributes, and the text up to the next tag.
// It refuses document types, entities, processing instructions other than the
// declaration, too deep and too large input.
func XML(r io.Reader, file string, entries []string, around func(path string, n *Node)) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		s := &xmlStream{file: file, entries: entries, around: around, counts: map[string]int{}}
		in := bufio.NewReaderSize(r, 64<<10)
		s.dec = xml.NewDecoder(in)
		s.dec.CharsetReader = charset.NewReaderLabel
		s.run(yield)
	}
}

type xmlStream struct {
	file    string
	entries []string
	around  func(string, *Node)
	dec     *xml.Decoder
	path    []string
	counts  map[string]int
	open    *Node // outside element whose text is being collected
}

func (s *xmlStream) run(yield func(Entry, error) bool) {
	seen := false
	for {
		tok, err := s.dec.Token()
		if errors.Is(err, io.EOF) {
			if !seen {
				yield(Entry{}, s.fault("", "no XML element in the file"))
			}
			return
		}
		if err != nil {
			yield(Entry{}, s.fault(strings.Join(s.path, "/"), "%v", err))
			return
		}
		switch t := tok.(type) {
		case xml.StartElement:
			seen = true
			s.flush()
			if !s.start(t, yield) {
				return
			}
		case xml.EndElement:
			s.flush()
			s.path = s.path[:len(s.path)-1]
			// Lists have been published with bytes after the root element;
			// whatever stands there is no entry.
			if len(s.path) == 0 {
				if err := s.rest(); err != nil {
					yield(Entry{}, err)
				}
				return
			}
		case xml.CharData:
			if s.open != nil {
				s.open.Text += string(t)
			}
		case xml.Directive:
			yield(Entry{}, s.fault("", "document types and entities are refused"))
			return
		case xml.ProcInst:
			if t.Target != "xml" && t.Target != "xml-stylesheet" {
				yield(Entry{}, s.fault("", "processing instruction %q is refused", t.Target))
				return
			}
		}
	}
}

// rest refuses a second root: an entry there would be lost.
func (s *xmlStream) rest() error {
	for {
		tok, err := s.dec.RawToken()
		if err != nil {
			return nil
		}
		if t, ok := tok.(xml.StartElement); ok {
			return s.fault(t.Name.Local, "an element after the end of the document")
		}
	}
}

func (s *xmlStream) flush() {
	if s.open != nil && s.around != nil {
		s.open.Text = strings.TrimSpace(s.open.Text)
		s.around(strings.Join(s.path, "/"), s.open)
	}
	s.open = nil
}

func (s *xmlStream) start(t xml.StartElement, yield func(Entry, error) bool) bool {
	if len(s.path) >= maxDepth {
		yield(Entry{}, s.fault(t.Name.Local, "elements nest deeper than %d", maxDepth))
		return false
	}
	if !slices.Contains(s.entries, t.Name.Local) {
		s.path = append(s.path, t.Name.Local)
		s.open = &Node{Name: t.Name.Local, Attrs: attrs(t), Line: s.line()}
		return true
	}
	parent := strings.Join(append(slices.Clone(s.path), t.Name.Local), "/")
	s.counts[parent]++
	path := fmt.Sprintf("%s[%d]", parent, s.counts[parent])
	size := 0
	n, err := s.element(t, len(s.path), &size)
	if err != nil {
		yield(Entry{}, s.fault(path, "%v", err))
		return false
	}
	return yield(Entry{Node: n, Path: path}, nil)
}

func (s *xmlStream) element(t xml.StartElement, depth int, size *int) (*Node, error) {
	if depth >= maxDepth {
		return nil, fmt.Errorf("elements nest deeper than %d", maxDepth)
	}
	n := &Node{Name: t.Name.Local, Attrs: attrs(t), Line: s.line()}
	var text strings.Builder
	for {
		tok, err := s.dec.Token()
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			c, err := s.element(t, depth+1, size)
			if err != nil {
				return nil, err
			}
			n.Children = append(n.Children, c)
		case xml.CharData:
			if *size += len(t); *size > maxElement {
				return nil, fmt.Errorf("the entry is larger than %d bytes", maxElement)
			}
			text.Write(t)
		case xml.Directive, xml.ProcInst:
			return nil, errors.New("directives inside an entry are refused")
		case xml.EndElement:
			n.Text = strings.TrimSpace(text.String())
			return n, nil
		}
	}
}

func attrs(t xml.StartElement) []Attr {
	var out []Attr
	for _, a := range t.Attr {
		out = append(out, Attr{a.Name.Local, a.Value})
	}
	return out
}

func (s *xmlStream) line() int {
	line, _ := s.dec.InputPos()
	return line
}

func (s *xmlStream) fault(element, format string, args ...any) error {
	// The decoder repeats what it stumbled over, which need not be text.
	message := strings.ToValidUTF8(fmt.Sprintf(format, args...), "\ufffd")
	return fault.At(fault.Place{File: s.file, Line: s.line(), Element: element}, "%s", message)
}

// Leftovers walks n and calls keep for every leaf element or attribute whose
// path (below n, names joined by "/", attributes as "@name") is not known:
// what a reader does not understand is kept, not dropped.
func Leftovers(n *Node, known func(path string) bool, keep func(path, value string)) {
	var walk func(n *Node, path string)
	walk = func(n *Node, path string) {
		for _, a := range n.Attrs {
			if p := path + "@" + a.Name; a.Value != "" && !known(p) {
				keep(p, a.Value)
			}
		}
		for _, c := range n.Children {
			p := c.Name
			if path != "" {
				p = path + "/" + c.Name
			}
			if c.Text != "" && !known(p) {
				keep(p, Squeeze(c.Text))
			}
			walk(c, p)
		}
	}
	walk(n, "")
}
