package register

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/record"
)

// State is what the register remembers: every entry ever seen, under our own
// id, and every human decision. It is plain data and can be stored as JSON;
// its methods return a new State and leave the old one as it was.
type State struct {
	Version   int               // of this form, 1
	Entries   map[string]*Known // by our id
	InForce   map[string]string // source: id of the edition in force
	Taken     []Taken           // every edition that was ever in force, in order
	Decisions []Decision        // in order; the last one about a pair holds
}

// Taken is one edition that was put in force.
type Taken struct {
	Info
	At       time.Time
	Accepted *Accept `json:",omitempty"` // who released it, if it raised concerns
}

// Accept is a named person's release of an edition that raised concerns.
type Accept struct {
	By     string
	At     time.Time
	Reason string
}

// Known is one entry as the register remembers it through the editions.
type Known struct {
	ID          string
	Source      string
	Kind        record.Kind
	Key         string // in the edition Last, unique there
	Caption     string
	First, Last string // editions
	Since       string // day that the first edition states, "" if it states none
	Gone        string `json:",omitempty"` // edition in which it was missing for the first time
	Keys        []Seen
	References  []string // of the edition Last
	Former      []Seen   // references that the list prints as former, or that earlier editions had
	Names       []SeenName
	Births      []date.Partial
	Identifiers []SeenIdentifier
	Listed      []string
	Subjects    []string // ids of the subjects it belonged to, the present one last
	Steps       []Step   // why it was taken for the same, where more than the key and reference said so
}

// Seen is a value with the first edition that printed it.
type Seen struct{ Value, Edition string }

// SeenName is a name with the first edition that printed it.
type SeenName struct {
	Text    string
	Weak    bool `json:",omitempty"`
	Edition string
}

// SeenIdentifier is a strong identifier in the form in which it is compared.
type SeenIdentifier struct{ Key, Country string }

// Step is one assignment of an entry of an edition to a known entry.
type Step struct{ Edition, Reason string }

// Changes is what an edition brought.
type Changes struct {
	Edition  string
	First    bool    // no edition of this source was in force before
	Added    []Entry // entries never seen before
	Returned []Entry // seen before, and missing in the edition in force
	Gone     []Known // in force before, missing now
	Kept     int
	Renamed  []Entry  // kept under another key or reference; the reason says on what ground
	Doubts   []string // assignments not made, for a person to look at
	Content  Difference
}

// NewState returns the memory of a register that has seen nothing.
func NewState() State {
	return State{Version: 1, Entries: map[string]*Known{}, InForce: map[string]string{}}
}

func (s State) clone() State {
	s.Entries, s.InForce = maps.Clone(s.Entries), maps.Clone(s.InForce)
	s.Taken, s.Decisions = slices.Clone(s.Taken), slices.Clone(s.Decisions)
	return s
}

// Take puts an edition in force: it finds for each record the known entry
// that it continues, or makes a new one. Prev is the edition of the source in
// force until now, nil if there is none; it serves to say what changed.
func (s State) Take(prev *Edition, e Edition, accepted *Accept, at time.Time) (State, Changes, error) {
	if err := s.follows(prev, e); err != nil {
		return State{}, Changes{}, fmt.Errorf("taking edition %s of %s: %w", e.ID, e.Source, err)
	}
	next := s.clone()
	next.Taken = append(next.Taken, Taken{Info: e.Info, At: at, Accepted: accepted})
	next.InForce[e.Source] = e.ID
	c := next.absorb(e)
	if c.First = prev == nil; !c.First {
		c.Content = differ(*prev, e, s.pairsOf(*prev, next, e))
	}
	return next, c, nil
}

// Reread returns the state after the edition in force was read from the same
// bytes by a program that reads them differently. Nothing else changes.
func (s State) Reread(e Edition) (State, error) {
	for i := len(s.Taken) - 1; i >= 0; i-- {
		if s.Taken[i].ID != e.ID {
			continue
		}
		next := s.clone()
		next.Taken[i].Info = e.Info
		if s.Taken[i].Content != e.Content {
			next.absorb(e)
		}
		return next, nil
	}
	return State{}, fault.New(fault.NotFound, "reading edition %s of %s again: it was never in force", e.ID, e.Source)
}

// absorb assigns the records of an edition to known entries, in place.
func (s State) absorb(e Edition) Changes {
	known := s.ofSource(e.Source)
	hs := handles(e.Records)
	old, now := make([]face, len(known)), make([]face, len(e.Records))
	for i, k := range known {
		old[i] = k.face()
	}
	for i, r := range e.Records {
		now[i] = faceOf(r, hs[i])
	}
	pairs, doubts := pairUp(old, now)
	c := Changes{Edition: e.ID, Doubts: doubts}
	t := take{state: s, edition: e}
	byNow := map[int]pairing{}
	for _, p := range pairs {
		byNow[p.now] = p
	}
	kept := map[string]bool{}
	for i, r := range e.Records {
		if p, ok := byNow[i]; ok {
			kept[known[p.old].ID] = true
			t.keep(&c, known[p.old], r, now[i], p.reason)
			continue
		}
		t.add(&c, r, now[i])
	}
	for _, k := range known {
		if !kept[k.ID] && k.Gone == "" {
			gone := *k
			gone.Gone = e.ID
			s.Entries[k.ID] = &gone
			c.Gone = append(c.Gone, gone)
		}
	}
	return c
}

func (s State) follows(prev *Edition, e Edition) error {
	force := s.InForce[e.Source]
	switch {
	case s.Entries == nil || s.InForce == nil:
		return fault.New(fault.Invalid, "the register has no state; begin with NewState")
	case force == e.ID:
		return fault.New(fault.Conflict, "it is in force already")
	case prev == nil && force != "":
		return fault.New(fault.Conflict, "edition %s is in force and was not given", force)
	case prev != nil && prev.ID != force:
		return fault.New(fault.Conflict, "edition %s is in force, not %s", force, prev.ID)
	}
	return nil
}

// ofSource returns the known entries of a source by age and id.
func (s State) ofSource(source string) []*Known {
	var out []*Known
	for _, k := range s.Entries {
		if k.Source == source {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, older)
	return out
}

// older orders entries by the day that their first edition states, so that
// lists may be loaded in any order; undated ones come last.
func older(a, b *Known) int {
	return cmp.Or(cmp.Compare(cmp.Or(a.Since, "9999"), cmp.Or(b.Since, "9999")), cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID))
}

// face is what is known of an entry, as evidence.
func (k *Known) face() face {
	f := face{handle: k.Key, shown: k.Key, kind: k.Kind, births: k.Births, listed: k.Listed}
	for i, r := range k.References {
		if i == 0 {
			f.shown = r
		}
		f.refs = append(f.refs, references(k.Source, r)...)
	}
	for _, r := range k.Former {
		f.former = append(f.former, references(k.Source, r.Value)...)
	}
	for _, n := range k.Names {
		f.addName(n.Text, n.Text == k.Caption, n.Weak)
	}
	for _, x := range k.Identifiers {
		f.ids = append(f.ids, idFace{x.Key, x.Country})
	}
	return f
}

// take is the work of taking one edition.
type take struct {
	state   State
	edition Edition
}

func (t take) keep(c *Changes, k *Known, r record.Record, f face, reason string) {
	n := *k
	entry := Entry{ID: k.ID, Reason: reason, Record: r}
	if k.Gone != "" {
		c.Returned = append(c.Returned, entry)
	} else {
		c.Kept++
	}
	renamed := k.Key != f.handle || !slices.Equal(k.face().refs, f.refs)
	if renamed {
		c.Renamed = append(c.Renamed, entry)
	}
	if renamed || k.Gone != "" {
		n.Steps = append(slices.Clone(n.Steps), Step{t.edition.ID, reason})
	}
	n.Gone = ""
	t.learn(&n, r, f)
	t.state.Entries[n.ID] = &n
}

func (t take) add(c *Changes, r record.Record, f face) {
	n := Known{ID: t.newID(f.handle), Source: r.Source, First: t.edition.ID}
	if d := t.edition.Date; d.Known() {
		n.Since = d.From.String()
	}
	t.learn(&n, r, f)
	t.state.Entries[n.ID] = &n
	c.Added = append(c.Added, Entry{ID: n.ID, Record: r})
}

var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// newID makes the id of an entry from its list and how it was first printed,
// so that two registers that begin with the same edition use the same ids.
func (t take) newID(handle string) string {
	first := t.edition.Date.String()
	if first == "" {
		first = t.edition.ID
	}
	for n := 0; ; n++ {
		sum := sha256.Sum256([]byte("entry\n" + strconv.Quote(t.edition.Source) + "\n" + strconv.Quote(handle) + "\n" + first + "\n" + strconv.Itoa(n)))
		id := "e-" + crockford.EncodeToString(sum[:])[:10]
		if _, taken := t.state.Entries[id]; !taken {
			return id
		}
	}
}

// learn adds to a known entry what the edition says of it.
func (t take) learn(k *Known, r record.Record, f face) {
	id := t.edition.ID
	k.Key, k.Kind, k.Caption, k.Last = f.handle, r.Kind, r.PrimaryName(), id
	k.Keys = learnSeen(k.Keys, f.handle, id)
	k.learnReferences(r, id)
	k.Names = slices.Clone(k.Names)
	for _, n := range r.Names {
		s := SeenName{n.Full, n.Quality == record.Weak, id}
		if !slices.ContainsFunc(k.Names, func(x SeenName) bool { return x.Text == s.Text && x.Weak == s.Weak }) {
			k.Names = append(k.Names, s)
		}
	}
	k.Births = slices.Clone(k.Births)
	for _, b := range f.births {
		b.Text = ""
		if !slices.Contains(k.Births, b) {
			k.Births = append(k.Births, b)
		}
	}
	k.Identifiers = slices.Clone(k.Identifiers)
	for _, x := range f.ids {
		if !slices.Contains(k.Identifiers, SeenIdentifier{x.key, x.country}) {
			k.Identifiers = append(k.Identifiers, SeenIdentifier{x.key, x.country})
		}
	}
	k.Listed = slices.Clone(k.Listed)
	for _, d := range f.listed {
		if !slices.Contains(k.Listed, d) {
			k.Listed = append(k.Listed, d)
		}
	}
}

func (k *Known) learnReferences(r record.Record, edition string) {
	var now []string
	for _, l := range r.Listings {
		if l.Reference != "" && !slices.Contains(now, l.Reference) {
			now = append(now, l.Reference)
		}
		for _, s := range l.Former {
			k.Former = learnSeen(k.Former, s, edition)
		}
	}
	for _, s := range k.References {
		if !slices.Contains(now, s) {
			k.Former = learnSeen(k.Former, s, edition)
		}
	}
	k.References = now
}

// learnSeen adds a value that was not seen yet.
func learnSeen(seen []Seen, value, edition string) []Seen {
	if slices.ContainsFunc(seen, func(x Seen) bool { return x.Value == value }) {
		return seen
	}
	return append(slices.Clone(seen), Seen{value, edition})
}
