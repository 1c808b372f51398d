package web

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/roster"
)

// alerts are the queue and the page on which alerts are triaged.
func (s *server) alerts() {
	s.page("GET /alerts", (*visit).showQueue)
	s.page("GET /alerts/next", (*visit).nextAlert)
	s.page("GET /alerts/{id}", (*visit).showAlert)
	s.page("GET /alerts/{id}/escalate", (*visit).showEscalation)
	s.page("GET /exclusions/{id}", (*visit).showExclusion)
}

// queueStates are the states of alerts, in the order of the tabs.
var queueStates = []string{"open", "snoozed", "escalated", "closed"}

// anyState is the tab of all of them.
const anyState = "all"

func (v *visit) showQueue() error {
	state := cmp.Or(v.r.FormValue("state"), "open")
	want := state
	if state == anyState {
		want = ""
	}
	q, err := v.Clerk.Alerts(v.ctx(), v.Order, want, v.r.FormValue("after"), 50)
	if err != nil {
		return err
	}
	return v.show(say(v.own(), "Alerts"), queuePage(q, state))
}

// handed remembers for a while to whom which alert was shown as the next, so that
// two people are not sent to the same one. It is no claim: the version of an alert
// keeps two judgements apart.
type handed struct {
	mu sync.Mutex
	to map[string]handing
}

type handing struct {
	person roster.PersonID
	at     time.Time
}

// handedFor is how long an alert is somebody's before it is offered again.
const handedFor = 5 * time.Minute

// elsewhere reports whether an alert was just shown to somebody else.
func (h *handed) elsewhere(id string, to roster.PersonID, now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	got, ok := h.to[id]
	return ok && got.person != to && now.Sub(got.at) < handedFor
}

func (h *handed) hand(id string, to roster.PersonID, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.to == nil {
		h.to = map[string]handing{}
	}
	for old, g := range h.to {
		if now.Sub(g.at) >= handedFor {
			delete(h.to, old)
		}
	}
	h.to[id] = handing{to, now}
}

// nextAlert goes to the next alert to triage; past leaves one out.
func (v *visit) nextAlert() error {
	past := v.r.FormValue("past")
	id, err := v.Clerk.NextAlert(v.ctx(), v.Order, func(id string) bool {
		return id == past || v.handed.elsewhere(id, v.Person.ID, v.now())
	})
	if err != nil {
		return err
	}
	if id == "" {
		return v.show(say(v.own(), "Alerts"), queueEmpty())
	}
	v.handed.hand(id, v.Person.ID, v.now())
	return v.goTo(pathOf("alert/" + id))
}

// alertPage is an alert under triage.
type alertPage struct {
	clerk.Comparison
	Now string // key of the hit that is next to be judged, "" if none is
}

func (v *visit) showAlert() error {
	x, err := v.Clerk.Compare(v.ctx(), v.Order, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := alertPage{Comparison: x}
	if i := slices.IndexFunc(x.Hits, func(h clerk.Compared) bool { return h.State == alert.Waiting }); i >= 0 && x.Alert.State == alert.Open {
		p.Now = x.Hits[i].Key
	}
	return v.show(p.title(), triagePage(p))
}

// title is who was screened, or the listed name of the best hit.
func (p alertPage) title() string { return titleOf(p.Alert) }

func titleOf(a alert.Alert) string {
	if name := a.Screened.PrimaryName(); name != "" {
		return name
	}
	best := slices.MaxFunc(a.Hits, func(x, y alert.Disposed) int { return cmp.Compare(x.Score, y.Score) })
	return best.Name
}

// settled reports whether the alert may be closed now.
func (p alertPage) settled() bool {
	for _, h := range p.Hits {
		if h.State == alert.Waiting || h.State == alert.Unsure || h.State == alert.Same && p.Alert.State != alert.Escalated && len(p.Alert.Reports) == 0 {
			return false
		}
	}
	return can(p.May, "alert.close") && (p.Alert.State == alert.Open || p.Alert.State == alert.Escalated)
}

// judgeable reports whether hits may be judged now.
func (p alertPage) judgeable() bool {
	return can(p.May, "alert.different") && (p.Alert.State == alert.Open || p.Alert.State == alert.Escalated)
}

// after is where to go once a hit is somebody else: to the next alert if no other
// hit waits, for then this one is closed with it.
func (p alertPage) after(key string) string {
	for _, h := range p.Hits {
		if h.Key != key && h.State != alert.Different {
			return p.path()
		}
	}
	return "/alerts/next"
}

func (p alertPage) path() string { return pathOf(alert.Stream(p.Alert.ID)) }

// material is the id of the material that raised the alert, "" if none did.
func (p alertPage) material() string {
	id, ok := strings.CutPrefix(p.Alert.Source, "material/")
	if !ok {
		return ""
	}
	return id
}

// showEscalation chooses the dossier that an alert is handed to.
func (v *visit) showEscalation() error {
	seen, err := v.read("alert", v.r.PathValue("id"))
	if err != nil {
		return err
	}
	cases, err := v.choices("dossier", "open")
	if err != nil {
		return err
	}
	a := seen.Content.(alert.Alert)
	return v.show(say(v.own(), "Hand an alert to a dossier"), escalationPage(a, cases))
}

// exclusionPage is an exclusion and what may be done with it.
type exclusionPage struct {
	alert.Exclusion
	May []clerk.Command
}

func (v *visit) showExclusion() error {
	id := v.r.PathValue("id")
	seen, err := v.read("exclusion", id)
	if err != nil {
		return err
	}
	may, err := v.Clerk.May(v.ctx(), v.Order, "exclusion", id)
	if err != nil {
		return err
	}
	x := seen.Content.(alert.Exclusion)
	return v.show(say(v.own(), "Exclusion"), exclusionShown(exclusionPage{x, may}))
}

// mayAnswer reports whether the reader may be the second person.
func (x exclusionPage) mayAnswer(v *visit) bool {
	return x.State == alert.Pending && x.AskedBy != v.Person.ID && can(x.May, "exclusion.approve")
}
