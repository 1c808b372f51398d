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
	"strconv"

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
	unknown             [][2]string // further members, as JSON
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
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
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

// object reads the members of an entity and, below it, the nested ones.
func (g *graph) object(place fault.Place, members map[string]json.RawMessage, depth int) (*object, error) {
	o := &object{file: place.File, line: place.Line, nested: depth > 0, props: map[string][]string{}}
	for name, to := range map[string]*string{
		"id": &o.id, "caption": &o.caption, "schema": &o.schema, "target": &o.target,
		"first_seen": &o.firstSeen, "last_seen": &o.lastSeen, "last_change": &o.lastChange,
	} {
		if values := g.scalars(members[name]); len(values) > 0 {
			*to = values[0]
		}
	}
	place.Element = o.place()
	if depth > maxDepth {
		return nil, fault.At(place, "entities nest deeper than %d", maxDepth)
	}
	o.referents, o.datasets = g.scalars(members["referents"]), g.scalars(members["datasets"])
	var props map[string]json.RawMessage
	if raw := members["properties"]; raw != nil {
		if err := json.Unmarshal(raw, &props); err != nil {
			return nil, fault.At(place, "properties is no object: %v", err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(props)) {
		values, err := g.values(o, place, props[name], depth)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if len(values) > 0 {
			o.props[name] = values
		}
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if !slices.Contains(known, name) {
			o.unknown = append(o.unknown, [2]string{name, string(members[name])})
		}
	}
	return o, nil
}

var known = []string{"id", "caption", "schema", "target", "first_seen", "last_seen", "last_change", "referents", "datasets", "properties"}

// values reads the values of a property: texts, or entities nested there.
func (g *graph) values(o *object, place fault.Place, raw json.RawMessage, depth int) ([]string, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		items = []json.RawMessage{raw}
	}
	var out []string
	for _, item := range items {
		if len(item) == 0 || item[0] != '{' {
			out = append(out, g.scalars(item)...)
			continue
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(item, &members); err != nil {
			return nil, fault.At(place, "%v", err)
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

// scalars reads a text, a number or a truth, or an array of them.
func (g *graph) scalars(raw json.RawMessage) []string {
	if len(raw) == 0 {
		return nil
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		if one = list.Squeeze(one); one == "" {
			return nil
		}
		return []string{one}
	}
	var many []json.RawMessage
	if json.Unmarshal(raw, &many) == nil {
		var out []string
		for _, m := range many {
			out = append(out, g.scalars(m)...)
		}
		return out
	}
	var truth bool
	if json.Unmarshal(raw, &truth) == nil {
		return []string{strconv.FormatBool(truth)}
	}
	return []string{string(bytes.ToValidUTF8(raw, []byte("\ufffd")))}
}
