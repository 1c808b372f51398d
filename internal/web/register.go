package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/lookout"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// registers are the pages of who is listed.
func (s *server) registers() {
	s.page("GET /register", (*visit).showRegister)
	s.page("GET /register/subjects/{id}", (*visit).showSubject)
	s.page("GET /register/diff", (*visit).showDifference)
}

// registerView is what the register has for a word.
type registerView struct {
	Word  string
	Lists []listView
	Found *clerk.Sought // nil: nothing was asked
	Hits  []screen.Hit
}

func (v *visit) showRegister() error {
	p := registerView{Word: strings.TrimSpace(v.r.FormValue("q"))}
	if p.Word == "" {
		l, err := v.Clerk.Lists(v.ctx(), v.Order)
		if err != nil {
			return err
		}
		p.Lists = shelvesOf(l, v.now())
		return v.show(say(v.own(), "Register"), registerPage(p))
	}
	found, err := v.Clerk.Seek(v.ctx(), v.Order, p.Word)
	if err != nil {
		return err
	}
	if len(found.Borne) == 1 && len(found.Gone)+len(found.Named.Hits) == 0 {
		return v.goTo(pathOf("subject/" + found.Borne[0].ID))
	}
	p.Found = &found
	p.Hits = found.Named.Hits[:min(len(found.Named.Hits), mostSought)]
	return v.show(p.Word, registerPage(p))
}

// mostSought is how many subjects a search by name shows.
const mostSought = 50

// subjectView is one subject of the register.
type subjectView struct {
	lookout.Subject
	Lists []listView
}

func (v *visit) showSubject() error {
	s, err := v.Clerk.Subject(v.ctx(), v.Order, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if s.ID != v.r.PathValue("id") {
		return v.goTo(pathOf("subject/" + s.ID)) // a retired id, or a reference
	}
	l, err := v.Clerk.Lists(v.ctx(), v.Order)
	if err != nil {
		return err
	}
	return v.show(s.Caption, registeredPage(subjectView{s, shelvesOf(l, v.now())}))
}

// verdictTones are the colours of the verdicts of a concordance.
var verdictTones = map[string]string{register.Agree: "good", register.Overlap: "warn", register.Differ: "bad", register.OnlyOne: "plain"}

// sayers names each list that gives a value once.
func sayers(s register.Said) []register.Say {
	var out []register.Say
	for _, by := range s.By {
		if !slices.ContainsFunc(out, func(o register.Say) bool { return o.Source == by.Source }) {
			out = append(out, by)
		}
	}
	return out
}

// severally are the values of a field that are shown one by one.
func severally(f register.Field) []register.Said {
	if f.Verdict == register.OnlyOne {
		return nil
	}
	return f.Values
}

// scripted are the names of a subject that are written in one script.
type scripted struct {
	Script string
	Names  []record.Name
}

// scripts are the names of a subject by script, in the order in which scripts first
// come up.
func scripts(s register.Subject) []scripted {
	var out []scripted
	seen := map[string]bool{}
	for _, e := range s.Entries {
		for _, n := range e.Names {
			if seen[n.Full] {
				continue
			}
			seen[n.Full] = true
			in := scriptOf(n.Full)
			i := slices.IndexFunc(out, func(x scripted) bool { return x.Script == in })
			if i < 0 {
				i = len(out)
				out = append(out, scripted{Script: in})
			}
			out[i].Names = append(out[i].Names, n)
		}
	}
	return out
}

// tiesOf are the links that the lists print from a subject to others.
func tiesOf(s register.Subject) []record.Link {
	var out []record.Link
	for _, e := range s.Entries {
		for _, l := range e.Subject.Links {
			l.Source = cmp.Or(l.Source, e.Source)
			if !slices.ContainsFunc(out, func(o record.Link) bool {
				return o.Role == l.Role && o.Key == l.Key && o.Name == l.Name && o.Source == l.Source
			}) {
				out = append(out, l)
			}
		}
	}
	return out
}

// tiePath is where the other end of a link is looked up.
func tiePath(l record.Link) string {
	word := l.Name
	if l.Key != "" {
		word = l.Source + ":" + l.Key
	}
	return "/register?" + url.Values{"q": {word}}.Encode()
}

// step is an edition of a list in which something of an entry was first printed,
// with what it was.
type step struct {
	Edition archive.Stored
	What    []string // keys of messages and values in turn
}

// history is what is known of an entry through the editions of its list, the
// latest first.
func (p subjectView) history(k register.Known) []step {
	i := slices.IndexFunc(p.Lists, func(x listView) bool { return x.Source == k.Source })
	if i < 0 {
		return nil
	}
	var out []step
	for _, e := range p.Lists[i].all() {
		s := step{Edition: e}
		if e.ID == k.First {
			s.What = append(s.What, "first seen", "")
		}
		for _, n := range k.Names {
			if n.Edition == e.ID && e.ID != k.First {
				s.What = append(s.What, "name", n.Text)
			}
		}
		for _, f := range k.Former {
			if f.Edition == e.ID {
				s.What = append(s.What, "former reference", f.Value)
			}
		}
		for _, x := range k.Keys {
			if x.Edition == e.ID && e.ID != k.First {
				s.What = append(s.What, "key", x.Value)
			}
		}
		for _, x := range k.Steps {
			if x.Edition == e.ID {
				s.What = append(s.What, "taken for the same", x.Reason)
			}
		}
		if len(s.What) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// before is the edition of a list before another one, "" if there is none.
func (p subjectView) before(source, edition string) string {
	for _, x := range p.Lists {
		if x.Source != source {
			continue
		}
		all := x.all()
		for i, e := range all {
			if e.ID == edition && i+1 < len(all) {
				return all[i+1].ID
			}
		}
	}
	return ""
}

// diffPath is the comparison of two editions of a list; words narrow it down.
func diffPath(source, from, to string, words ...string) string {
	q := url.Values{"source": {source}, "a": {from}, "b": {to}}
	if len(words) > 0 {
		q.Set("q", strings.Join(words, " "))
	}
	return "/register/diff?" + q.Encode()
}

// diffView is the comparison of two editions.
type diffView struct {
	List   listView
	A, B   string
	Word   string
	Diff   *lookout.Compared // nil: nothing was asked
	Added  []register.Brief
	Gone   []register.Brief
	Edited []register.Change
}

// mostChanges is how many entries of each kind of change are shown at once.
const mostChanges = 200

func (v *visit) showDifference() error {
	l, err := v.Clerk.Lists(v.ctx(), v.Order)
	if err != nil {
		return err
	}
	p := diffView{A: v.r.FormValue("a"), B: v.r.FormValue("b"), Word: strings.TrimSpace(v.r.FormValue("q"))}
	all := shelvesOf(l, v.now())
	i := slices.IndexFunc(all, func(x listView) bool { return x.Source == v.r.FormValue("source") })
	if i < 0 {
		return fault.New(fault.NotFound, "no list %q is read", v.r.FormValue("source"))
	}
	p.List = all[i]
	for _, id := range []string{p.A, p.B} {
		if id != "" && !p.List.keeps(id) {
			return fault.New(fault.NotFound, "the list %s has no edition %q", p.List.Source, id)
		}
	}
	if p.A != "" && p.B != "" {
		d, err := v.Clerk.CompareEditions(v.ctx(), v.Order, p.A, p.B)
		if err != nil {
			return err
		}
		p.take(d)
	}
	return v.show(say(v.own(), "What changed"), differencePage(p))
}

// take keeps what the word narrows the difference down to.
func (p *diffView) take(d lookout.Compared) {
	p.Diff = &d
	brief := func(all []register.Brief) []register.Brief {
		return slices.DeleteFunc(slices.Clone(all), func(b register.Brief) bool { return !matches(b, p.Word) })
	}
	p.Added, p.Gone = brief(d.Added), brief(d.Removed)
	p.Edited = slices.DeleteFunc(slices.Clone(d.Changed), func(c register.Change) bool { return !matches(c.New, p.Word) && !matches(c.Old, p.Word) })
}

// stock are all editions that may be compared, the latest first.
func (x listView) stock() []archive.Stored {
	if x.Waiting != nil {
		return append([]archive.Stored{*x.Waiting}, x.all()...)
	}
	return x.all()
}

// keeps reports whether an edition is one of the list.
func (x listView) keeps(id string) bool {
	return slices.ContainsFunc(x.stock(), func(e archive.Stored) bool { return e.ID == id })
}

// matches reports whether an entry bears a word.
func matches(b register.Brief, word string) bool {
	word = strings.ToLower(word)
	for _, text := range []string{b.Key, b.Reference, b.Name} {
		if strings.Contains(strings.ToLower(text), word) {
			return true
		}
	}
	return false
}

// briefID is how an entry is called in a list.
func briefID(b register.Brief) string { return cmp.Or(b.Reference, b.Key) }
