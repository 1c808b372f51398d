package ofac

import (
	"fmt"
	"strings"

	"interdict/internal/list"
)

// refs are the reference sets of one advanced file: what its ids mean. No id
// is known beforehand.
type refs struct {
	sets map[string]map[string]*list.Node // "AliasType" -> id -> element
}

// readRefs takes ReferenceValueSets: each child is a set "<X>Values" of <X>.
func readRefs(n *list.Node) *refs {
	r := &refs{sets: map[string]map[string]*list.Node{}}
	for _, set := range n.Children {
		for _, item := range set.Children {
			if r.sets[item.Name] == nil {
				r.sets[item.Name] = map[string]*list.Node{}
			}
			r.sets[item.Name][item.Attr("ID")] = item
		}
	}
	return r
}

// text returns the words of an id; ok is false for an id that the set lacks.
// No id means no words.
func (r *refs) text(set, id string) (text string, ok bool) {
	if id == "" {
		return "", true
	}
	n, ok := r.sets[set][id]
	if !ok {
		return "", false
	}
	return list.Squeeze(n.Text), true
}

// attr returns an attribute of a reference value.
func (r *refs) attr(set, id, name string) string {
	if n, ok := r.sets[set][id]; ok {
		return n.Attr(name)
	}
	return ""
}

// word is text with a warning for an id that the file does not explain; the
// id itself then stands for it, so that it is not lost.
func (a *party) word(set, id, at string) string {
	text, ok := a.refs.text(set, id)
	if !ok {
		a.warn(at, fmt.Sprintf("%s %s is not among the reference values of the file", set, id))
		return set + " " + id
	}
	return text
}

// country returns the name and the ISO 3166-1 code of a country id.
func (a *party) advancedCountry(id, at string) (text, iso string) {
	text = a.word("Country", id, at)
	if iso = strings.ToUpper(a.refs.attr("Country", id, "ISO2")); len(iso) != 2 {
		iso = code(text)
	}
	return text, iso
}
