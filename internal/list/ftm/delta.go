package ftm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"

	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

var (
	deltaLine  = regexp.MustCompile(`^\s*\{\s*"op"\s*:`)
	deltaIndex = regexp.MustCompile(`^\s*\{\s*"versions"\s*:`)
)

func acceptsDelta(_ []string, head []byte) bool {
	return deltaLine.Match(head) || deltaIndex.Match(head)
}

func refuseDelta(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		for _, f := range files {
			report.Elements++
			if !yield(record.Record{}, deltaFault(fault.Place{File: f.Name})) {
				return
			}
		}
	}
}

func deltaFault(p fault.Place) error {
	return fault.Hint(fault.At(p, "a delta only says what changed; it is no edition"),
		"load the whole entities.ftm.json, or put the delta over the base it was made for")
}

// Apply writes base with the changes of delta: ADD and MOD put an entity whole,
// DEL takes it away. Lines that did not change are written as they stood, new
// ones at the end. A delta over another base than its own is a Conflict: MOD
// and DEL of what is not there, ADD of what is there with other words.
func Apply(base, delta io.Reader, out io.Writer) error {
	e := edition{lines: map[string][]byte{}, place: map[string]int{}}
	if err := eachLine(base, e.take); err != nil {
		return fmt.Errorf("reading the base: %w", err)
	}
	if err := eachLine(delta, e.change); err != nil {
		return fault.Hint(fmt.Errorf("applying the delta: %w", err), "if the base is not the delta's own, load the whole entities.ftm.json")
	}
	w := bufio.NewWriter(out)
	for i, id := range e.order {
		if e.lines[id] == nil || e.place[id] != i {
			continue
		}
		if _, err := fmt.Fprintf(w, "%s\n", e.lines[id]); err != nil {
			return fmt.Errorf("writing the edition: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing the edition: %w", err)
	}
	return nil
}

// edition is the lines of a file by the ids on them.
type edition struct {
	lines map[string][]byte
	order []string       // ids as they came; one that came back stands twice
	place map[string]int // where in order an id counts
}

func (e *edition) put(id string, line []byte) {
	if e.lines[id] == nil {
		e.place[id] = len(e.order)
		e.order = append(e.order, id)
	}
	e.lines[id] = bytes.Clone(line)
}

func (e *edition) take(n int, line []byte) error {
	id, err := idOf(line)
	if err != nil {
		return fault.New(fault.Invalid, "line %d: %v", n, err)
	}
	if e.lines[id] != nil {
		return fault.New(fault.Invalid, "line %d: the id %s stands twice", n, id)
	}
	e.put(id, line)
	return nil
}

func (e *edition) change(n int, line []byte) error {
	var c struct {
		Op     string          `json:"op"`
		Entity json.RawMessage `json:"entity"`
	}
	if err := json.Unmarshal(line, &c); err != nil {
		return fault.New(fault.Invalid, "line %d: %v", n, err)
	}
	id, err := idOf(c.Entity)
	if err != nil {
		return fault.New(fault.Invalid, "line %d: %v", n, err)
	}
	old := e.lines[id]
	switch c.Op {
	case "ADD":
		if old != nil && !bytes.Equal(old, c.Entity) {
			return fault.New(fault.Conflict, "line %d: %s is to be added and is there in other words", n, id)
		}
		e.put(id, c.Entity)
	case "MOD", "DEL":
		if old == nil {
			return fault.New(fault.Conflict, "line %d: %s of %s, which is not there", n, c.Op, id)
		}
		if c.Op == "MOD" {
			e.put(id, c.Entity)
		} else {
			delete(e.lines, id)
		}
	default:
		return fault.New(fault.Invalid, "line %d: the operation %q is not known", n, c.Op)
	}
	return nil
}

func idOf(entity []byte) (string, error) {
	var e struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(entity, &e); err != nil {
		return "", fmt.Errorf("no entity: %w", err)
	}
	if e.ID == "" {
		return "", errors.New("the entity has no id")
	}
	return e.ID, nil
}

// eachLine calls do for each line that is not blank.
func eachLine(r io.Reader, do func(n int, line []byte) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		line, err := readLine(in)
		if text := bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff"))); len(text) > 0 {
			if e := do(n, text); e != nil {
				return e
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading line %d: %w", n, err)
		}
	}
}
