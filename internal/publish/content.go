package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/fault"
	"interdict/internal/list/own"
	"interdict/internal/notice"
	"interdict/internal/record"
)

// Entry is one entry of the list with the instant of the decision that made it
// what it is.
type Entry struct {
	Record  record.Record
	Decided time.Time
}

// Issue is the list as it stands, entries and notices in the order of their
// keys.
type Issue struct {
	Entries []Entry
	Notices []notice.Notice
}

// records returns the records of an issue.
func (i Issue) records() []record.Record {
	var all []record.Record
	for _, e := range i.Entries {
		all = append(all, e.Record)
	}
	return all
}

// content is what an edition is made of.
type content struct {
	manifest Manifest
	files    map[string][]byte
}

// contentOf makes the files of the edition that follows a snapshot; false if
// nothing changed.
func contentOf(i Issue, before []byte, sequence int64, at time.Time) (content, bool, error) {
	c := content{manifest: Manifest{Form: 1, Sequence: sequence, At: at, Entries: len(i.Entries)}, files: map[string][]byte{}}
	var snapshot bytes.Buffer
	if err := own.Write(&snapshot, at, i.records()); err != nil {
		return c, false, fmt.Errorf("writing the snapshot: %w", err)
	}
	delta, err := c.delta(before, snapshot.Bytes(), i)
	if err != nil || c.manifest.Changed == 0 {
		return c, false, err
	}
	c.files[Snapshot], c.files[Delta], c.files[Notices] = snapshot.Bytes(), delta, notices(i.Notices)
	for name, write := range map[string]func(Issue, time.Time) ([]byte, error){XML: writeXML, FTM: writeFTM, CSV: writeCSV} {
		if c.files[name], err = write(i, at); err != nil {
			return c, false, fmt.Errorf("writing %s: %w", name, err)
		}
	}
	for _, name := range []string{Snapshot, Delta, Notices, XML, FTM, CSV} {
		sum := sha256.Sum256(c.files[name])
		c.manifest.Files = append(c.manifest.Files, File{name, hex.EncodeToString(sum[:]), int64(len(c.files[name]))})
	}
	return c, true, nil
}

// change is one line of a delta.
type change struct {
	Op      string          `json:"op"` // ADD, MOD or DEL of the record with that key
	Key     string          `json:"key"`
	Decided time.Time       `json:"decided,omitzero"`
	Record  json.RawMessage `json:"record,omitempty"`
}

// deltaHead is the first line of a delta.
type deltaHead struct {
	Form     int    `json:"interdict_delta"` // 1
	To       int64  `json:"to"`              // sequence of the edition that it gives, over the one before
	Snapshot string `json:"snapshot"`        // first line of the snapshot that it gives
}

// delta writes what changed, and counts it.
func (c *content) delta(before, after []byte, i Issue) ([]byte, error) {
	_, old, err := lines(before)
	if err != nil {
		return nil, err
	}
	head, now, err := lines(after)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(deltaHead{1, c.manifest.Sequence, string(head)}); err != nil {
		return nil, err
	}
	put := func(x change) error {
		c.manifest.Changed++
		if !x.Decided.IsZero() && (c.manifest.Decided.IsZero() || x.Decided.Before(c.manifest.Decided)) {
			c.manifest.Decided = x.Decided
		}
		return enc.Encode(x)
	}
	for _, e := range i.Entries {
		op, key := "MOD", e.Record.Key
		if old[key] == nil {
			op = "ADD"
		}
		if !bytes.Equal(old[key], now[key]) {
			if err := put(change{op, key, e.Decided.UTC(), now[key]}); err != nil {
				return nil, err
			}
		}
	}
	for _, key := range sorted(old) {
		if now[key] == nil {
			if err := put(change{Op: "DEL", Key: key}); err != nil {
				return nil, err
			}
		}
	}
	return b.Bytes(), nil
}

// lines splits a snapshot into its first line and the others by their keys. None
// has neither.
func lines(snapshot []byte) (head []byte, byKey map[string][]byte, err error) {
	byKey = map[string][]byte{}
	for n, line := range bytes.Split(bytes.TrimSuffix(snapshot, []byte("\n")), []byte("\n")) {
		if n == 0 {
			head = line
			continue
		}
		var r struct{ Key string }
		if err := json.Unmarshal(line, &r); err != nil || r.Key == "" || byKey[r.Key] != nil {
			return nil, nil, fault.New(fault.Corrupt, "line %d of the snapshot is no entry of its own: %v", n+1, err)
		}
		byKey[r.Key] = line
	}
	return head, byKey, nil
}

func sorted(byKey map[string][]byte) []string {
	var keys []string
	for k := range byKey {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Apply returns the snapshot that a delta gives over the one before. A delta
// that does not fit is Corrupt; whether the snapshot is the one that was signed
// is for the caller to check by its hash.
func Apply(before, delta []byte) ([]byte, error) {
	_, all, err := lines(before)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(delta))
	var head deltaHead
	if err := d.Decode(&head); err != nil || head.Form != 1 {
		return nil, fault.New(fault.Corrupt, "reading a delta: its first line is %v, form %d", err, head.Form)
	}
	for d.More() {
		var x change
		if err := d.Decode(&x); err != nil {
			return nil, fault.New(fault.Corrupt, "reading a delta: %w", err)
		}
		if (x.Op == "ADD") != (all[x.Key] == nil) || x.Op != "ADD" && x.Op != "MOD" && x.Op != "DEL" {
			return nil, fault.New(fault.Corrupt, "a delta over another snapshot: %s of %s", x.Op, x.Key)
		}
		delete(all, x.Key)
		if x.Op != "DEL" {
			all[x.Key] = x.Record
		}
	}
	out := []string{head.Snapshot}
	for _, key := range sorted(all) {
		out = append(out, string(all[key]))
	}
	return []byte(strings.Join(out, "\n") + "\n"), nil
}

// notices writes the publications for people.
func notices(all []notice.Notice) []byte {
	var b bytes.Buffer
	for i, n := range all {
		if i > 0 {
			b.WriteString("\n" + strings.Repeat("-", 72) + "\n\n")
		}
		fmt.Fprintf(&b, "%s\n\n%s", n.Title, n.Body)
	}
	return b.Bytes()
}
