package web

import (
	"net/http"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/record"
	"interdict/internal/screen"
)

// public is the site for everybody: the list, reasons as far as the law makes
// them public, whether somebody only bears a listed name, how to petition, and
// the checkpoints by which anybody can hold us to what was said.
func (s *server) public() {
	s.open("GET /public", (*visit).showPublicList)
	s.open("GET /public/entries/{reference...}", (*visit).showDesignation)
	s.open("GET /public/namesake", (*visit).showNamesake)
	s.open("POST /public/namesake", (*visit).checkNamesake) // what is typed stands in no address and no log
	s.open("GET /public/petition", func(v *visit) error {
		p, err := v.Clerk.PublicList(v.ctx())
		if err != nil {
			return err
		}
		return v.show(say(v.own(), "How to petition"), petitionGuide(p.Law))
	})
	s.open("GET /public/checkpoint", (*visit).showCheckpoint)
}

// publicView is the public list as it is asked for.
type publicView struct {
	*clerk.Public
	Query string
	Ended bool // entries that are no longer in force too
	Shown []clerk.Designation
}

func (v *visit) showPublicList() error {
	p, err := v.Clerk.PublicList(v.ctx())
	if err != nil {
		return err
	}
	view := publicView{Public: p, Query: strings.TrimSpace(v.r.FormValue("q")), Ended: v.r.FormValue("ended") != ""}
	for _, e := range p.Entries {
		if (view.Ended || e.To.IsZero()) && mentions(e, view.Query) {
			view.Shown = append(view.Shown, e)
		}
	}
	return v.show(say(v.own(), "The public list"), publicPage(view))
}

// mentions reports whether every word of a query stands in an entry. It is for
// finding what one knows to be there; the namesake check is what misses nothing.
func mentions(e clerk.Designation, query string) bool {
	all := strings.ToLower(e.Entry.Key + " " + e.Notice.Body)
	for _, n := range e.Entry.Names {
		all += " " + strings.ToLower(n.Full)
	}
	for _, word := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

func (v *visit) showDesignation() error {
	p, err := v.Clerk.PublicList(v.ctx())
	if err != nil {
		return err
	}
	e, ok := p.Find(v.r.PathValue("reference"))
	if !ok {
		return fault.New(fault.NotFound, "there is no such entry")
	}
	return v.show(e.Entry.PrimaryName(), designationPage(e))
}

// namesakeView is the namesake check with its answer.
type namesakeView struct {
	Name, Born, Country, Kind string
	Trouble                   string
	Asked                     bool
	Answer                    screen.Answer
	Entries                   map[string]clerk.Designation
}

func (v *visit) showNamesake() error {
	return v.show(say(v.own(), "Is it your name?"), namesakePage(namesakeView{}))
}

// longestName is how many letters of a name are checked for whoever asks.
const longestName = 300

func (v *visit) checkNamesake() error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, 16<<10)
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	value := func(name string) string { return strings.TrimSpace(v.r.PostFormValue(name)) }
	n := namesakeView{Name: value("name"), Born: value("born"), Country: value("country"), Kind: value("kind"), Asked: true}
	if len([]rune(n.Name)) > longestName {
		return fault.New(fault.Invalid, "a name of more than %d letters", longestName)
	}
	p, err := v.Clerk.PublicList(v.ctx())
	if err != nil {
		return err
	}
	q := screen.Query{Name: n.Name, Kind: record.Kind(n.Kind)}
	if n.Country != "" {
		q.Countries = []string{n.Country}
	}
	if n.Born != "" {
		born, err := date.Parse(n.Born)
		if err != nil {
			n.Trouble = err.Error()
			return v.show(say(v.own(), "Is it your name?"), namesakePage(n))
		}
		q.Born = []date.Partial{born}
	}
	if n.Answer, err = p.Namesakes(q); err != nil {
		return err
	}
	n.Entries = map[string]clerk.Designation{}
	for _, h := range n.Answer.Hits {
		n.Entries[h.Subject], _ = p.Find(h.Subject)
	}
	return v.show(say(v.own(), "Is it your name?"), namesakePage(n))
}

// checkpointView is what binds the authority to its ledger and its list.
type checkpointView struct {
	Ledger string
	List   string
	Key    string // verifier key of the list
	Size   int64  // editions
}

func (v *visit) showCheckpoint() error {
	h, err := v.Clerk.Store.Head(v.ctx())
	if err != nil {
		return err
	}
	c := checkpointView{Ledger: string(h.Checkpoint)}
	if f := v.Clerk.Feed; f != nil {
		c.Size, c.Key = f.Size(), f.VerifierKey()
		if c.List, err = f.Checkpoint(); err != nil {
			return err
		}
	}
	return v.show(say(v.own(), "Checkpoint"), checkpointPage(c))
}
