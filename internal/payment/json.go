package payment

import (
	"encoding/json"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"

	"interdict/internal/fault"
)

// readJSON walks JSON forms of ISO 20022 as if they were XML: keys are
// elements, array members are equal-named siblings. The keys XMLName and
// Attrs, which Go programs write, name an element and its attributes.
func readJSON(name, text string) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		dec := json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		dec.DisallowUnknownFields()
		for {
			j := jsonWalk{dec: dec, t: &tree{}}
			j.t.reset()
			err := j.value("Document", 0)
			if errors.Is(err, io.EOF) {
				return
			}
			var messages []Message
			if err == nil {
				messages, err = j.messages()
			}
			if err != nil {
				yield(Message{}, (&lines{name: name, text: text}).locate(&syntaxError{int(dec.InputOffset()), err.Error()}))
				return
			}
			for _, m := range messages {
				if !yield(m, nil) {
					return
				}
			}
		}
	}
}

type jsonWalk struct {
	dec *json.Decoder
	t   *tree
}

func (j *jsonWalk) messages() ([]Message, error) {
	if len(j.t.nodes) == 0 {
		return nil, fault.New(fault.Invalid, "not an ISO 20022 message: no object")
	}
	known := j.t.namespace(0) != ""
	for i, n := range j.t.nodes[1:] {
		if n.parent == 0 && (n.name == "Document" || n.name == "AppHdr") {
			j.t.nodes[0].name, known = "BusinessMessage", true
		}
		known = known || n.parent == 0 && i+2 < len(j.t.nodes) && heads[j.t.nodes[i+2].name]
	}
	if !known {
		return nil, fault.New(fault.Invalid, "not an ISO 20022 message: no object with a message's header")
	}
	return j.t.messages(0)
}

// value reads one JSON value as element name.
func (j *jsonWalk) value(name string, depth int) error {
	tok, err := j.dec.Token()
	if err != nil {
		if errors.Is(err, io.EOF) && depth > 0 {
			return io.ErrUnexpectedEOF
		}
		return err
	}
	if depth > maxDepth {
		return fault.New(fault.Invalid, "nested deeper than %d", maxDepth)
	}
	switch v := tok.(type) {
	case json.Delim:
		if v == '[' {
			for j.dec.More() {
				if err := j.value(name, depth+1); err != nil {
					return err
				}
			}
			_, err := j.dec.Token()
			return noEOF(err)
		}
		return j.object(name, depth)
	case string:
		j.leaf(name, v)
	case json.Number:
		j.leaf(name, v.String())
	case bool:
		j.leaf(name, strconv.FormatBool(v))
	}
	return nil
}

func (j *jsonWalk) leaf(name, text string) {
	j.t.open(name, int(j.dec.InputOffset()))
	j.t.text(text, max(0, int(j.dec.InputOffset())-len(text)-1))
	j.t.end(name)
}

func (j *jsonWalk) object(name string, depth int) error {
	n := j.t.open(name, int(j.dec.InputOffset()))
	for j.dec.More() {
		tok, err := j.dec.Token()
		if err != nil {
			return noEOF(err)
		}
		key, _ := tok.(string)
		switch key {
		case "XMLName":
			err = j.xmlName(n)
		case "Attrs":
			err = j.attributes(n)
		default:
			if err = checkKey(key); err == nil {
				err = j.value(key, depth+1)
			}
		}
		if err != nil {
			return noEOF(err)
		}
	}
	if _, err := j.dec.Token(); err != nil {
		return noEOF(err)
	}
	j.t.end(name)
	return nil
}

type xmlName struct{ Space, Local string }

func (j *jsonWalk) xmlName(n int32) error {
	var x xmlName
	if err := j.dec.Decode(&x); err != nil {
		return err
	}
	if err := checkKey(x.Local); err != nil {
		return err
	}
	j.t.nodes[n].name = x.Local
	j.t.spaces = append(j.t.spaces, space{node: n, uri: x.Space})
	return nil
}

func (j *jsonWalk) attributes(n int32) error {
	var list []struct {
		Name  xmlName
		Value string
	}
	if err := j.dec.Decode(&list); err != nil {
		return err
	}
	for _, a := range list {
		j.t.attribute(n, attr{name: a.Name.Local, value: a.Value, offset: int(j.dec.InputOffset())})
	}
	return nil
}

// checkKey refuses keys that no element is named by: they become paths.
func checkKey(key string) error {
	if key == "" || strings.ContainsFunc(key, func(r rune) bool { return r > 'z' || !isName(byte(r)) }) {
		return fault.New(fault.Invalid, "the key %q is no element name", key)
	}
	return nil
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
