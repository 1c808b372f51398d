package web

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// sessions are the pages of the sittings.
func (s *server) sessions() {
	s.page("GET /sessions/new", (*visit).newSession)
	s.page("GET /sessions/{id}", (*visit).showSession)
	s.page("GET /sessions/{id}/vote/{item}", (*visit).showBallot)
	s.page("GET /sessions/{id}/vote/{item}/{choice}", (*visit).ballotText)
	s.page("GET /sessions/{id}/recount/{item}", (*visit).showRecount)
}

// sessionPage is a sitting as far as the reader may see it.
type sessionPage struct {
	Session   session.Session
	Ballots   bool // they are shown
	Version   uint64
	AsOf      int64
	May       []clerk.Command
	Submitted []clerk.Row // dossiers that can be put on the agenda
}

// sessionSeen reads a sitting.
func (v *visit) sessionSeen() (sessionPage, error) {
	seen, err := v.read("session", v.r.PathValue("id"))
	if err != nil {
		return sessionPage{}, err
	}
	s, ok := seen.Content.(session.Session)
	if !ok {
		return sessionPage{}, fault.New(fault.Internal, "a session shows a %T", seen.Content)
	}
	if s.State == session.Called {
		s.Seats = session.SeatsOf(v.Roster) // as they would be if it opened now
	}
	return sessionPage{Session: s, Ballots: slices.Contains(seen.Parts, access.SessionReadBallots), Version: seen.Version, AsOf: seen.AsOf}, nil
}

func (v *visit) showSession() error {
	p, err := v.sessionSeen()
	if err != nil {
		return err
	}
	id := p.Session.ID.String()
	if p.AsOf == 0 {
		if p.May, err = v.Clerk.May(v.ctx(), v.Order, "session", id); err != nil {
			return err
		}
	}
	if can(p.May, "session.agenda") && (p.Session.State == session.Called || p.Session.State == session.Open) {
		page, err := v.choices("dossier", string(dossier.Submitted))
		if err != nil {
			return err
		}
		p.Submitted = slices.DeleteFunc(page.Rows, func(r clerk.Row) bool {
			return slices.ContainsFunc(p.Session.Items, func(i session.Item) bool { return i.Pin.Dossier.String() == r.ID })
		})
	}
	return v.show(say(v.own(), "Session"), sessionFrame(p))
}

func (v *visit) newSession() error {
	if !v.may("session.call") {
		return fault.New(fault.NotFound, "no session is called here")
	}
	return v.show(say(v.own(), "Call a session"), sessionNew())
}

func (p sessionPage) id() string { return p.Session.ID.String() }

// item returns an item of the agenda, NotFound if the reader has none of that key.
func (p sessionPage) item(key string) (session.Item, error) {
	for _, i := range p.Session.Items {
		if i.Key == key {
			return i, nil
		}
	}
	return session.Item{}, fault.New(fault.NotFound, "session %s has no item %q", p.id(), key)
}

// seatOf returns the seat of a person, false if he has none here.
func (p sessionPage) seatOf(who roster.PersonID) (session.Seat, bool) {
	for _, s := range p.Session.Seats {
		if who != "" && (s.Holder == who || s.Deputy == who) {
			return s, true
		}
	}
	return session.Seat{}, false
}

// sitting returns who is there for a seat.
func (p sessionPage) sitting(seat roster.SeatID) roster.PersonID {
	for _, x := range p.Session.Present {
		if x.Seat == seat {
			return x.Person
		}
	}
	return ""
}

func (p sessionPage) present(who roster.PersonID) bool {
	return slices.ContainsFunc(p.Session.Present, func(x session.Sitting) bool { return x.Person == who })
}

// need is how many seats make the quorum.
func (p sessionPage) need() int { return p.Session.Rules.Quorum.Need(len(p.Session.Seats)) }

// taking counts the seats that would take part in an item now.
func (p sessionPage) taking(i session.Item) int {
	n := 0
	for _, x := range p.Session.Present {
		if !slices.Contains(i.Recused, x.Person) {
			n++
		}
	}
	return n
}

// voted is the ballot that was cast for a seat.
func voted(i session.Item, seat roster.SeatID) (session.Cast, bool) {
	n := slices.IndexFunc(i.Ballots, func(b session.Cast) bool { return b.Seat == seat })
	if n < 0 {
		return session.Cast{}, false
	}
	return i.Ballots[n], true
}

// hindrance says, as a key of messages, why the reader cannot vote on an item
// now; "" if he can.
func (p sessionPage) hindrance(i session.Item, who roster.PersonID) string {
	seat, sits := p.seatOf(who)
	_, done := voted(i, seat.ID)
	switch {
	case !sits:
		return "You have no seat in this session."
	case i.State != session.Voting:
		return "The question is not put."
	case slices.Contains(i.Recused, who):
		return "You stand aside from this item."
	case done:
		return "Your seat has voted. A ballot is never changed."
	case i.Mode == session.OpenVote && !p.present(who):
		return "You are not recorded as present."
	case i.Mode != session.OpenVote && who != seat.Holder:
		return "The holder of the seat answers in writing."
	case p.Session.Rules.Declare && !slices.Contains(i.Declared, who):
		return "Declare your interests first."
	case len(seat.Key(who)) == 0:
		return "You had stated no key when the session opened, so that no ballot of yours could be verified."
	}
	return ""
}

// ballotPage is where a member votes.
type ballotPage struct {
	sessionPage
	Item    session.Item
	Seat    session.Seat
	Key     string // public key that counts, in base64
	Choices []ballotChoice
}

type ballotChoice struct {
	Choice session.Choice
	Text   string // that is signed
}

// ballotOf puts the ballots together that the reader could sign.
func (v *visit) ballotOf() (ballotPage, error) {
	p, err := v.sessionSeen()
	if err != nil {
		return ballotPage{}, err
	}
	b := ballotPage{sessionPage: p}
	if b.Item, err = p.item(v.r.PathValue("item")); err != nil {
		return b, err
	}
	if why := p.hindrance(b.Item, v.Person.ID); why != "" {
		return b, fault.New(fault.Conflict, "%s", say(v.own(), why))
	}
	b.Seat, _ = p.seatOf(v.Person.ID)
	b.Key = base64.StdEncoding.EncodeToString(b.Seat.Key(v.Person.ID))
	for _, c := range []session.Choice{session.Yes, session.No, session.Abstain} {
		text := session.Ballot{Item: b.Item.Key, Seat: b.Seat.ID, Person: v.Person.ID, Choice: c}.Text(p.Session.ID, b.Item.Agendum)
		b.Choices = append(b.Choices, ballotChoice{c, string(text)})
	}
	return b, nil
}

func (v *visit) showBallot() error {
	b, err := v.ballotOf()
	if err != nil {
		return err
	}
	return v.show(say(v.own(), "Your ballot"), ballotForm(b))
}

// ballotText gives the text of a ballot for signing elsewhere.
func (v *visit) ballotText() error {
	b, err := v.ballotOf()
	if err != nil {
		return err
	}
	for _, c := range b.Choices {
		if string(c.Choice) == v.r.PathValue("choice") {
			v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			v.w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="ballot-%s.txt"`, c.Choice))
			_, _ = v.w.Write([]byte(c.Text)) // a reader who left is no fault
			return nil
		}
	}
	return fault.New(fault.NotFound, "there is no choice %q", v.r.PathValue("choice"))
}

// recount is the count of an item made again here, from what is recorded.
type recount struct {
	sessionPage
	Item   session.Item
	Tally  session.Tally
	Notes  []string
	Checks []checked
}

// checked is a ballot with what verifying it gave.
type checked struct {
	session.Cast
	Key   string // public key of the seat, in hexadecimal
	Text  string // that was signed
	Fault string // why it does not count; "" if it does
}

func (v *visit) showRecount() error {
	p, err := v.sessionSeen()
	if err != nil {
		return err
	}
	if !p.Ballots {
		return fault.New(fault.NotFound, "the ballots of session %s are not yours to see", p.id())
	}
	r := recount{sessionPage: p}
	if r.Item, err = p.item(v.r.PathValue("item")); err != nil {
		return err
	}
	if r.Tally, r.Notes, err = p.Session.Recount(r.Item.Key); err != nil {
		return err
	}
	for _, b := range r.Item.Ballots {
		r.Checks = append(r.Checks, p.check(r.Item, b))
	}
	return v.render(http.StatusOK, frame(say(v.own(), "Count again"), recountPage(r)))
}

// check is one ballot with what Recount says of it.
func (p sessionPage) check(i session.Item, b session.Cast) checked {
	out := checked{Cast: b, Text: string(b.Text(p.Session.ID, i.Agendum)), Fault: p.Session.Doubt(i, b)}
	for _, seat := range p.Session.Seats {
		if seat.ID == b.Seat {
			out.Key = hexOf(seat.Key(b.Person))
		}
	}
	return out
}
