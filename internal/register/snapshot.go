package register

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/record"
)

// Snapshot is what is in force at one moment: every entry of the editions in
// force, grouped into subjects. It is not changed after [Build].
type Snapshot struct {
	ID       string // 16 hex digits over the content, whenever it was loaded
	Editions []Info // by source
	Subjects []Subject
}

// Subject is one person, organisation, vessel, aircraft or wallet as all
// lists in force describe it.
type Subject struct {
	ID       string
	Kind     record.Kind
	Caption  string   // primary name of the oldest entry
	Aliases  []string // ids that resolve to this subject: of its entries, and retired ones
	Entries  []Entry  // the oldest first
	Links    []Link   // why the entries are one subject
	Possible []Link   // links from here to other subjects that merged nobody
}

// Entry is one entry of one list in force.
type Entry struct {
	ID            string
	Reason        string   `json:",omitempty"` // in [Changes]: why it continues a known entry
	Former        []string `json:",omitempty"` // earlier references, printed by the list or seen by us
	Earlier       []string `json:",omitempty"` // names that only earlier editions printed
	record.Record `json:"Record"`
}

// Build makes the snapshot of the editions in force. They must be the ones
// that the state has in force, one for each source.
func Build(s State, editions []Edition) (Snapshot, error) {
	if err := s.complete(editions); err != nil {
		return Snapshot{}, fmt.Errorf("building the snapshot: %w", err)
	}
	nodes, err := s.nodes(editions)
	if err != nil {
		return Snapshot{}, fmt.Errorf("building the snapshot: %w", err)
	}
	l := newLinker(nodes)
	l.printed()
	l.identified()
	l.named()
	apart := l.decided(s.Decisions)
	c := l.cluster(apart)
	snap := Snapshot{Subjects: c.subjects(s)}
	for _, e := range editions {
		snap.Editions = append(snap.Editions, e.Info)
	}
	slices.SortFunc(snap.Editions, func(a, b Info) int { return cmp.Compare(a.Source, b.Source) })
	snap.ID = snap.hash()
	return snap, nil
}

func (s State) complete(editions []Edition) error {
	given := map[string]bool{}
	for _, e := range editions {
		if given[e.Source] {
			return fault.New(fault.Invalid, "two editions of %s given", e.Source)
		}
		given[e.Source] = true
		if s.InForce[e.Source] != e.ID {
			return fault.New(fault.Conflict, "edition %s of %s is not in force", e.ID, e.Source)
		}
	}
	for _, source := range slices.Sorted(maps.Keys(s.InForce)) {
		if !given[source] {
			return fault.New(fault.Conflict, "the edition of %s in force was not given", source)
		}
	}
	return nil
}

func (s State) nodes(editions []Edition) ([]node, error) {
	var out []node
	for _, e := range editions {
		ids := s.idsOf(e)
		hs := handles(e.Records)
		for i, r := range e.Records {
			if ids[i] == "" {
				return nil, fault.New(fault.Corrupt, "entry %s of %s is in the edition in force and not in the state", hs[i], e.Source)
			}
			out = append(out, node{known: s.Entries[ids[i]], rec: r, face: faceOf(r, hs[i])})
		}
	}
	slices.SortFunc(out, func(a, b node) int { return older(a.known, b.known) })
	return out, nil
}

// entry returns the node as it stands in a subject.
func (n node) entry() Entry {
	e := Entry{ID: n.known.ID, Record: n.rec}
	for _, r := range n.known.Former {
		e.Former = append(e.Former, r.Value)
	}
	printed := map[string]bool{}
	for _, x := range n.face.names {
		printed[x.key] = true
	}
	for _, x := range n.known.Names {
		if _, key := foldName(x.Text); !printed[key] {
			printed[key] = true
			e.Earlier = append(e.Earlier, x.Text)
		}
	}
	return e
}

// Settled returns the state that remembers which entries belong to which
// subject, so that a subject keeps its id when its oldest entry is gone.
func (s State) Settled(snap Snapshot) State {
	next := s.clone()
	for _, x := range snap.Subjects {
		for _, e := range x.Entries {
			k := *next.Entries[e.ID]
			if n := len(k.Subjects); n > 0 && k.Subjects[n-1] == x.ID {
				continue
			}
			k.Subjects = append(slices.Clone(k.Subjects), x.ID)
			next.Entries[e.ID] = &k
		}
	}
	return next
}

func (s Snapshot) hash() string {
	h := sha256.New()
	fmt.Fprintln(h, "snapshot 1")
	for _, e := range s.Editions {
		fmt.Fprintln(h, "edition", e.Source, e.ID)
	}
	for _, x := range s.Subjects {
		fmt.Fprintln(h, "subject", x.ID, x.Kind, strconv.Quote(x.Caption), strings.Join(x.Aliases, " "))
		for _, e := range x.Entries {
			e.hash(h)
		}
		for _, k := range append(slices.Clone(x.Links), x.Possible...) {
			fmt.Fprintf(h, "link %s %s %s %s %q %q\n", k.A, k.B, k.Reason, k.Strength, k.Evidence, k.Contradictions)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func (e Entry) hash(w io.Writer) {
	fmt.Fprintf(w, "entry %s %q %q %q %q\n", e.ID, e.Source, e.Key, e.Former, e.Earlier)
	for _, v := range Content(e.Record) {
		fmt.Fprintf(w, "%s %q\n", v.Path, v.Text)
	}
}
