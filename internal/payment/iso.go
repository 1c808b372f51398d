package payment

import (
	"strings"

	"interdict/internal/fault"
)

// messages turns the tree into the messages that it holds. nested counts how
// many escaped documents surround this one.
func (t *tree) messages(nested int) ([]Message, error) {
	docs := t.documents()
	if len(docs) == 0 {
		if err := t.checkRoot(); err != nil {
			return nil, err
		}
		docs = []int32{0}
	}
	w := walk{t: t, paths: make([]string, len(t.nodes)), nested: nested}
	w.divide(docs)
	w.collect()
	if err := w.checkSize(); err != nil {
		return nil, err
	}
	out := make([]Message, 0, len(docs))
	for _, d := range docs {
		out = append(out, w.message(d))
	}
	return out, nil
}

// documents lists the topmost Document elements.
func (t *tree) documents() []int32 {
	var docs []int32
	inside := make([]bool, len(t.nodes))
	for i, n := range t.nodes {
		inside[i] = n.parent >= 0 && inside[n.parent]
		if n.name == "Document" && !inside[i] {
			docs = append(docs, int32(i))
			inside[i] = true
		}
	}
	return docs
}

// heads are the elements with which an ISO 20022 message begins.
var heads = map[string]bool{
	"GrpHdr": true, "Assgnmt": true, "MsgId": true, "MsgHdr": true, "Hdr": true, "Refs": true, "RptHdr": true,
	"Fr": true, "From": true, "BizMsgIdr": true, "AppHdr": true,
}

// checkRoot refuses XML that shows no sign of being ISO 20022.
func (t *tree) checkRoot() error {
	for i, n := range t.nodes {
		if n.name == "AppHdr" || n.parent == 0 && heads[n.name] || kindOf(t.namespace(int32(i))) != "" {
			return nil
		}
		if n.parent > 1 {
			break
		}
	}
	return fault.Hint(&syntaxError{t.nodes[0].offset, "not an ISO 20022 message: the root element is " + t.nodes[0].name},
		"A message has a Document element, or an ISO 20022 namespace.")
}

// kindOf is the message definition named at the end of a namespace.
func kindOf(uri string) string {
	found := messageID.FindAllString(uri, -1)
	if len(found) == 0 {
		return ""
	}
	return found[len(found)-1]
}

// kind names the message at node d and says whether its type is declared.
func (t *tree) kind(d int32) (string, bool) {
	if k := kindOf(t.namespace(d)); k != "" {
		return k, true
	}
	if first := d + 1; int(first) < len(t.nodes) && t.nodes[first].parent == d {
		if k := kindOf(t.namespace(first)); k != "" {
			return k, true
		}
		if t.nodes[d].name == "Document" {
			return t.nodes[first].name, false
		}
	}
	return t.nodes[d].name, false
}

// walk holds what is worked out while a tree is turned into messages.
type walk struct {
	t      *tree
	paths  []string // of nodes, as far as they were asked for
	prefix string   // of all paths, for an embedded document
	nested int
	unit   []bool  // node is a transaction of its own
	holds  []bool  // node has a unit among its descendants
	doc    []int32 // the Document of a node, -1 outside any
	owner  []int32 // the unit or holding node to which a node's texts belong
	bundle map[int32]*bundle
	warned []string
}

// bundle is what one owner's own texts give.
type bundle struct {
	fields   []Field
	evidence map[string]string
}

// divide finds the units: Documents and transaction elements that hold no
// other such element. A text outside all units belongs to the nearest element
// that holds units, and through it to every unit in there.
func (w *walk) divide(docs []int32) {
	t, n := w.t, len(w.t.nodes)
	w.unit, w.holds = make([]bool, n), make([]bool, n)
	w.doc, w.owner = make([]int32, n), make([]int32, n)
	isDoc := map[int32]bool{}
	for _, d := range docs {
		isDoc[d] = true
	}
	for i, one := range t.nodes {
		w.doc[i] = -1
		if isDoc[int32(i)] {
			w.doc[i] = int32(i)
		} else if one.parent >= 0 {
			w.doc[i] = w.doc[one.parent]
		}
		w.unit[i] = isDoc[int32(i)] || w.doc[i] >= 0 && table.split[one.name]
		if !w.unit[i] {
			continue
		}
		for at := one.parent; at >= 0 && !w.holds[at]; at = t.nodes[at].parent {
			w.holds[at] = true
		}
	}
	for i, one := range t.nodes {
		w.unit[i] = w.unit[i] && !w.holds[i]
		w.owner[i] = int32(i)
		if !w.unit[i] && !w.holds[i] && one.parent >= 0 {
			w.owner[i] = w.owner[one.parent]
		}
	}
}

// collect turns every leaf into a field, evidence, or a known code.
func (w *walk) collect() {
	w.bundle = map[int32]*bundle{}
	lines := lineGroups{walk: w}
	var names []string
	for i, l := range w.t.leaves {
		names = w.t.up(names[:0], l)
		b := w.at(w.owner[l.node])
		here := table.at(names[0])
		w.keepEvidence(b, first(here.evidence, names), l, i)
		class := first(here.classes, names)
		if !w.embedded(b, l) {
			w.field(b, Class(class.value), l, here, names)
		}
		lines.see(l, class.join)
	}
	lines.flush()
}

func (w *walk) at(owner int32) *bundle {
	b := w.bundle[owner]
	if b == nil {
		b = &bundle{evidence: map[string]string{}, fields: make([]Field, 0, 8)}
		w.bundle[owner] = b
	}
	return b
}

// class is the class of a leaf by the rules.
func (w *walk) class(l leaf) Class {
	names := w.t.up(nil, l)
	return Class(first(table.at(names[0]).classes, names).value)
}

func (w *walk) keepEvidence(b *bundle, e *rule, l leaf, i int) {
	if l.attr == "@Ccy" {
		if _, have := b.evidence["currency"]; !have && i+1 < len(w.t.leaves) && w.t.leaves[i+1].node == l.node {
			b.evidence["currency"] = l.text
			b.evidence["amount"] = w.t.leaves[i+1].text
		}
		return
	}
	if e != nil {
		if _, have := b.evidence[e.value]; !have {
			b.evidence[e.value] = l.text
		}
	}
}

// field adds the leaf unless it is a known code or holds nothing to screen.
func (w *walk) field(b *bundle, class Class, l leaf, here *leafRules, names []string) {
	if !hasLetter(l.text) {
		switch class {
		case PartyName, BankName, FreeText, Identifier, BirthDate:
		case AnyText:
			if !hasID(l.text) {
				return
			}
			class = Identifier
		case Reference:
			if !hasID(l.text) {
				return
			}
		default:
			return
		}
		if isTelegraph(l.text) && class != Identifier {
			w.warned = append(w.warned, telegraphWarning(w.path(l)))
		}
	}
	if class != BirthDate && here.isKnown(names, l.text) {
		return
	}
	b.fields = append(b.fields, Field{
		Path: w.path(l), Class: class, Text: l.text, Variant: l.variant, Offset: int64(l.offset), Party: w.party(l.node, class),
	})
}

func telegraphWarning(path string) string {
	return path + ": Chinese telegraph codes, not decoded: a name may stand here unread"
}

func (w *walk) path(l leaf) string {
	if l.attr != "" {
		return w.node(l.node) + "/" + l.attr
	}
	return w.node(l.node)
}

// node is the path of node n.
func (w *walk) node(n int32) string { return w.prefix + w.t.path(w.paths, n) }

// party is the path of the nearest element that is more than an inner part of
// a party.
func (w *walk) party(n int32, class Class) string {
	switch class {
	case FreeText, Reference, Code, AnyText:
		return ""
	}
	at := w.t.nodes[n].parent
	for at > 0 && table.inner[w.t.nodes[at].name] {
		at = w.t.nodes[at].parent
	}
	if at < 0 {
		return ""
	}
	return w.node(at)
}

// embedded reads a leaf that is a document of its own, escaped or in CDATA.
func (w *walk) embedded(b *bundle, l leaf) bool {
	if w.nested >= 3 || len(l.text) < 7 || l.text[0] != '<' {
		return false
	}
	inner := &tree{}
	inner.reset()
	s := scanner{src: l.text, out: inner}
	if more, err := s.document(); err != nil || !more {
		return false
	}
	if rest := strings.TrimSpace(s.src[s.pos:]); rest != "" {
		return false
	}
	v := walk{t: inner, paths: make([]string, len(inner.nodes)), prefix: w.path(l) + "/", nested: w.nested + 1}
	v.divide([]int32{0})
	for i := range v.owner {
		v.owner[i] = 0
	}
	for i := range inner.leaves {
		inner.leaves[i].offset += l.offset
		inner.leaves[i].variant = "embedded"
	}
	v.collect()
	b.fields = append(b.fields, v.at(0).fields...)
	w.warned = append(w.warned, v.warned...)
	return true
}
