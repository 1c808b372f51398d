package access

import (
	"slices"
	"strings"
)

// Action is one thing that somebody may want to do or see: "dossier.read". What
// stands before the first dot is the kind of resource that it is done to.
type Action string

// Kind returns the kind of resource on which a is done.
func (a Action) Kind() string {
	kind, _, _ := strings.Cut(string(a), ".")
	return kind
}

// Way says what an action does.
type Way string

// Ways. A sight shows that a thing exists, its state and its days; a read shows
// what it says. A restricted read is recorded with its purpose and refused
// without one (Directive (EU) 2016/680 art. 25). A change is a command.
const (
	Sight      Way = "sight"
	Read       Way = "read"
	Restricted Way = "restricted read"
	Change     Way = "change"
)

// Entry is one line of the table of actions.
type Entry struct {
	Action Action
	Way    Way
	What   string // what is done or seen, in words
	Verb   string // of the room that does it, "material.Material.Submit"; "" if none does
}

// table holds every action once, in the order of the loop.
var table = slices.Concat(intake, inquiry, commission, aftermath, reports, subscriptions, house)

// byAction finds an entry.
var byAction = func() map[Action]Entry {
	m := make(map[Action]Entry, len(table))
	for _, e := range table {
		m[e.Action] = e
	}
	return m
}()

// Actions returns every action in the order of the table.
func Actions() []Entry { return slices.Clone(table) }

// All returns the names of all actions: the scope of a key that may be used for
// whatever its person may do.
func All() []Action {
	var all []Action
	for _, e := range table {
		all = append(all, e.Action)
	}
	return all
}

// Find returns the entry of an action, false if there is no such action.
func Find(a Action) (Entry, bool) {
	e, ok := byAction[a]
	return e, ok
}

// casework are the kinds that carry people and cases. An administrator sees
// nothing of them.
var casework = []string{"material", "alert", "exclusion", "dossier", "request", "session", "decision", "petition", "review", "acknowledgement", "report", "erasure"}

// Casework reports whether a is done on a kind that carries people and cases.
func (a Action) Casework() bool { return slices.Contains(casework, a.Kind()) }
