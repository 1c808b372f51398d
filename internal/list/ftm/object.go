package ftm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/list"
)

const (
	maxLine  = 64 << 20 // bytes of one entity
	maxDepth = 8        // of nested entities
)

// object is one FollowTheMoney entity. Values of properties are texts; an
// object that was nested is replaced by its id.
type object struct {
	file                string
	line                int
	nested              bool
	id, caption, schema string
	props               map[string][]string
	referents, datasets []string
	target              string // "true", "false", "" if not said
	firstSeen           string
	lastSeen            string
	lastChange          string
	unknown             [][2]string // further members
	back                []string    // ids of objects this one was nested in
}

// load reads the lines of one file; it returns a fault for each line that is
// no object.
func (g *graph) load(f list.File) []error {
	var faults []error
	in := bufio.NewReaderSize(f.Body, 64<<10)
	for line := 1; ; line++ {
		raw, err := readLine(in)
		if text := bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\ufeff"))); len(text) > 0 {
			if e := g.add(f.Name, line, text); e != nil {
				faults = append(faults, e)
			}
		}
		if errors.Is(err, io.EOF) {
			return faults
		}
		if err != nil {
			return append(faults, fault.At(fault.Place{File: f.Name, Line: line}, "%v", err))
		}
	}
}

func readLine(in *bufio.Reader) ([]byte, error) {
	var out []byte
	for {
		piece, err := in.ReadSlice('\n')
		out = append(out, piece...)
		if len(out) > maxLine {
			return nil, fmt.Errorf("a line is longer than %d bytes", maxLine)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return out, err
		}
	}
}

// add reads one line.
func (g *graph) add(file string, line int, text []byte) error {
	place := fault.Place{File: file, Line: line}
	members, err := decode(text)
	if err != nil {
		return fault.Hint(fault.At(place, "no JSON object on the line: %v", err), "FollowTheMoney has one whole object on each line")
	}
	if members["op"] != nil && members["entity"] != nil {
		return deltaFault(place)
	}
	o, err := g.object(place, members, 0)
	if err != nil {
		return err
	}
	g.lines = append(g.lines, o)
	return nil
}

func decode(text []byte) (map[string]any, error) {
	var members map[string]any
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&members); err != nil {
		return nil, err
	}
	if members == nil {
		return nil, errors.New("null")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return members, nil
}

// object reads the members of an entity and, below it, the nested ones.
func (g *graph) object(place fault.Place, members map[string]any, depth int) (*object, error) {
	o := &object{file: place.File, line: place.Line, nested: depth > 0, props: map[string][]string{}}
	o.members(members)
	place.Element = o.place()
	if depth > maxDepth {
		return nil, fault.At(place, "entities nest deeper than %d", maxDepth)
	}
	props, ok := members["properties"].(map[string]any)
	if !ok && members["properties"] != nil {
		return nil, fault.At(place, "properties is no object")
	}
	for _, name := range slices.Sorted(maps.Keys(props)) {
		values, err := g.values(o, place, props[name], depth)
		if err != nil {
			return nil, err
		}
		if len(values) > 0 {
			o.props[name] = values
		}
	}
	return o, nil
}

// members reads what is said of an object besides its properties.
func (o *object) members(members map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if name == "properties" {
			continue
		}
		texts := scalars(members[name])
		first := ""
		if len(texts) > 0 {
			first = texts[0]
		}
		switch name {
		case "id":
			o.id = first
		case "caption":
			o.caption = first
		case "schema":
			o.schema = first
		case "target":
			o.target = first
		case "first_seen":
			o.firstSeen = first
		case "last_seen":
			o.lastSeen = first
		case "last_change":
			o.lastChange = first
		case "referents":
			o.referents = texts
		case "datasets":
			o.datasets = texts
		default:
			o.unknown = append(o.unknown, [2]string{name, strings.Join(texts, "; ")})
		}
	}
}

// values reads the values of a property: texts, or entities nested there.
func (g *graph) values(o *object, place fault.Place, value any, depth int) ([]string, error) {
	items, ok := value.([]any)
	if !ok {
		items = []any{value}
	}
	var out []string
	for _, item := range items {
		members, ok := item.(map[string]any)
		if !ok {
			out = append(out, scalars(item)...)
			continue
		}
		n, err := g.object(place, members, depth+1)
		if err != nil {
			return nil, err
		}
		if n.id == "" {
			n.id = fmt.Sprintf("%s/%d", o.id, len(g.nested)+1)
		}
		n.back = append(n.back, o.id)
		g.nested = append(g.nested, n)
		out = append(out, n.id)
	}
	return out, nil
}

// scalars returns a text, number or truth, or an array of them, as texts.
// What is neither is written as JSON.
func scalars(value any) []string {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		if v = list.Squeeze(v); v != "" {
			return []string{v}
		}
		return nil
	case []any:
		var out []string
		for _, item := range v {
			out = append(out, scalars(item)...)
		}
		return out
	case map[string]any:
		text, err := json.Marshal(v)
		if err != nil {
			return nil // cannot be: it came out of JSON
		}
		return []string{string(text)}
	}
	return []string{fmt.Sprint(value)}
}
