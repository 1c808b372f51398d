package lookout

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// Subject is somebody who is listed, with what the lists say of him.
type Subject struct {
	register.Subject
	Concordance register.Concordance
	Memory      []register.Known // of its entries, in their order
	Snapshot    string
}

// Subject returns the listed subject of an id of ours; a retired id, an id of an
// entry, or "source:reference" do as well if one subject alone bears it. NotFound
// says that nobody does.
func (l *Lookout) Subject(id string) (Subject, error) {
	e := l.Engine()
	s, err := subjectOf(e, id)
	if fault.KindOf(err) == fault.NotFound {
		switch all := l.bearers(e)[folded(id)]; len(all) {
		case 0:
		case 1:
			s, err = subjectOf(e, all[0])
		default:
			err = fault.New(fault.Conflict, "%q names %d subjects: %s", id, len(all), strings.Join(all, ", "))
		}
	}
	if err != nil {
		return Subject{}, err
	}
	kept, err := l.kept()
	if err != nil {
		return Subject{}, err
	}
	out := Subject{Subject: s, Snapshot: e.Snapshot()}
	one := register.Snapshot{ID: e.Snapshot(), Editions: l.infos(kept), Subjects: []register.Subject{s}}
	if out.Concordance, err = one.Concord(s.ID); err != nil {
		return Subject{}, err
	}
	for _, x := range s.Entries {
		if k := kept.state.Entries[x.ID]; k != nil {
			out.Memory = append(out.Memory, *k)
		}
	}
	return out, nil
}

// Bearers returns the ids of the subjects that bear an id, a reference or a key,
// present or former, with "source:" before it or without.
func (l *Lookout) Bearers(id string) []string {
	return slices.Clone(l.bearers(l.Engine())[folded(id)])
}

// Gone returns the entries that an id names and no list has any more.
func (l *Lookout) Gone(id string) ([]register.Known, error) {
	kept, err := l.kept()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(kept.state.Recall(id), func(k register.Known) bool { return k.Gone == "" }), nil
}

func subjectOf(e *screen.Engine, id string) (register.Subject, error) {
	payload, err := e.Index().Payload(id)
	if err != nil {
		return register.Subject{}, err
	}
	return screen.Subject(payload)
}

// infos are the editions in force; those of the register of the beginning while
// no list is loaded.
func (l *Lookout) infos(kept memory) []register.Info {
	var out []register.Info
	for _, x := range kept.stock {
		if x.Status == archive.InForce {
			out = append(out, x.Info)
		}
	}
	if out == nil {
		return l.Fallback.Editions
	}
	return out
}

// names are the ids and references that the subjects of one register bear.
type names struct {
	once sync.Once
	of   map[string][]string // folded: ids of subjects
}

// bearers returns who bears what in a register. It is gathered once, when it is
// first asked for; what cannot be read is left out, and is refused elsewhere.
func (l *Lookout) bearers(e *screen.Engine) map[string][]string {
	got, _ := l.named.LoadOrStore(e, &names{})
	n := got.(*names)
	n.once.Do(func() {
		n.of = gather(e)
		l.named.Range(func(key, _ any) bool {
			if key != e && key != l.Engine() {
				l.named.Delete(key)
			}
			return true
		})
	})
	return n.of
}

func gather(e *screen.Engine) map[string][]string {
	out := map[string][]string{}
	for payload, err := range e.Index().Payloads() {
		if err != nil {
			continue
		}
		s, err := screen.Subject(payload)
		if err != nil {
			continue
		}
		for _, id := range borne(s) {
			if id = folded(id); id != "" && !slices.Contains(out[id], s.ID) {
				out[id] = append(out[id], s.ID)
			}
		}
	}
	return out
}

// borne are all ids of a subject.
func borne(s register.Subject) []string {
	out := append([]string{s.ID}, s.Aliases...)
	for _, e := range s.Entries {
		own := append([]string{e.Key}, e.Former...)
		for _, x := range e.Listings {
			own = append(own, x.Reference)
		}
		out = append(out, e.ID)
		for _, id := range own {
			if id != "" {
				out = append(out, id, e.Source+":"+id)
			}
		}
	}
	return out
}

// folded is an id as it is compared: references are written in capitals or not.
func folded(id string) string { return strings.ToLower(strings.Join(strings.Fields(id), " ")) }

// memory is what the archive remembers, as of one of its states.
type memory struct {
	state register.State
	stock []archive.Stored
}

// kept returns what the archive remembers; it is read again when it has changed.
func (l *Lookout) kept() (memory, error) {
	m, err := l.Archive.Current()
	if err != nil {
		return memory{}, fmt.Errorf("reading what the register remembers: %w", err)
	}
	l.remembering.Lock()
	defer l.remembering.Unlock()
	if l.remembered.stock != nil && l.asOf == m.Sequence {
		return l.remembered, nil
	}
	stock, state, err := l.Archive.Stock()
	if err != nil {
		return memory{}, fmt.Errorf("reading what the register remembers: %w", err)
	}
	l.remembered, l.asOf = memory{state, stock}, m.Sequence
	return l.remembered, nil
}
