package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/date"
	"interdict/internal/list/own"
	"interdict/internal/record"
)

// onOwnList puts people on the own list, so that there is something to find.
func (h *house) onOwnList(names ...string) {
	h.t.Helper()
	var all []record.Record
	for i, n := range names {
		key := "OWN-" + string(rune('1'+i))
		all = append(all, record.Record{
			Source: own.ID, Key: key,
			Listings: []record.Listing{{Authority: "Commission", Reference: key, ListedOn: date.OnDay(2026, 3, 1)}},
			Subject: record.Subject{
				Kind: record.Person, Names: []record.Name{{Full: n, Type: record.Primary, Quality: record.Strong}},
				Births: []record.Birth{{Date: date.OnDay(1970, 5, 4)}},
			},
		})
	}
	must(h.clerk.Register.Publish(all, "system"))
}

// raised raises an alert of the commission and returns its id.
func (h *house) raised(who, source, name string) string {
	h.t.Helper()
	return h.do(who, "alert.raise", "", body{
		"channel": "onboarding", "source": source,
		"subject": body{"kind": "person", "names": []body{{"full": name}}, "born": []string{"1999-01-02"}},
	}).ID
}

// alert reads an alert as the analyst.
func (h *house) alert(id string) alert.Alert {
	h.t.Helper()
	seen := must(h.clerk.Read(h.t.Context(), clerk.Order{By: "analyst", Purpose: "test"}, "alert", id, clerk.When{}))
	return seen.Content.(alert.Alert)
}

// fields are the hidden fields of a form.
func fields(form *html.Node) url.Values {
	out := url.Values{}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Data == "input" && attr(n, "type") == "hidden" {
			out.Add(attr(n, "name"), attr(n, "value"))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(form)
	return out
}

// form returns the nth form of a command on a page.
func (p page) form(command string, n int) *html.Node {
	p.t.Helper()
	all := p.all(with("form", "data-command", command))
	if len(all) <= n {
		p.t.Fatalf("the page has %d forms of %s, not %d:\n%s", len(all), command, n+1, p.source)
	}
	return all[n]
}

// A plain "not him" is two keys: n opens the reasons, a number gives one; the last
// one closes the alert and goes to the next.
func TestTriage(t *testing.T) {
	h := newHouse(t)
	h.onOwnList("Bartholomew Quindlesby", "Bartholomew Quindlesbie")
	id := h.raised("analyst", "permit 1", "Bartholomew Quindlesby")
	other := h.raised("analyst", "permit 2", "Bartholomew Quindlesby")

	status, p := h.get("analyst", "/alerts/"+id)
	if status != http.StatusOK {
		t.Fatalf("%d\n%s", status, p.source)
	}
	p.says("Bartholomew Quindlesby", "1999-01-02", "1970-05-04", "cannot be the same", "OWN-1", "hit 1 of 2")
	hits := p.all(func(n *html.Node) bool { return n.Data == "section" && strings.HasPrefix(attr(n, "id"), "hit-") })
	if len(hits) != 2 || attr(hits[0], "aria-current") != "true" || attr(hits[1], "aria-current") == "true" {
		t.Fatalf("of %d hits the first is not the one at hand", len(hits))
	}
	for i, want := range []string{"/alerts/" + id, "/alerts/next"} {
		form := p.form("alert.different", 2*i)
		reason := p.all(with("button", "name", "reason", "data-key", "1"))
		if len(reason) == 0 {
			t.Fatal("no reason is one press")
		}
		values := fields(form)
		values.Set("reason", attr(reason[0], "value"))
		if i == 1 { // the page after the first judgement
			_, p = h.get("analyst", "/alerts/"+id)
			form = p.form("alert.different", 0)
			values = fields(form)
			values.Set("reason", "known here")
		}
		status, done := h.post("analyst", attr(form, "action"), values)
		if status != http.StatusSeeOther {
			t.Fatalf("hit %d: %d\n%s", i+1, status, done.source)
		}
		if to := done.header.Get("Location"); to != want {
			t.Errorf("after hit %d: %q", i+1, to)
		}
	}
	a := h.alert(id)
	if a.State != alert.Closed || a.Hits[0].Reason != "the date of birth is another one" || a.Hits[1].Reason != "known here" {
		t.Fatalf("%s: %+v", a.State, a.Hits)
	}
	status, p = h.get("analyst", "/alerts/next")
	if status != http.StatusSeeOther || p.header.Get("Location") != "/alerts/"+other {
		t.Fatalf("next: %d %q", status, p.header.Get("Location"))
	}
	if _, p = h.get("analyst-2", "/alerts/next"); p.header.Get("Location") != "" {
		t.Errorf("two people were sent to one alert: %q", p.header.Get("Location"))
	}
}

// The points of the lines add up to the sum that the page shows.
func TestPointsOfAnAlertAddUp(t *testing.T) {
	h := newHouse(t)
	h.onOwnList("Bartholomew Quindlesby")
	id := h.raised("analyst", "permit 1", "Bartholomew Quindelsby")
	x := must(h.clerk.Compare(t.Context(), clerk.Order{By: "analyst", Purpose: "test"}, id))
	found := x.Hits[0].Found
	if x.Then != nil || found == nil || int(found.Score) != x.Hits[0].Score {
		t.Fatalf("it was not counted again: %v %+v", x.Then, found)
	}
	gains := 0
	for _, w := range found.Explanation.Pairs {
		gains += w.Gain
	}
	if gains != found.Explanation.Base {
		t.Errorf("the words give %d, the page says %d", gains, found.Explanation.Base)
	}
	_, p := h.get("analyst", "/alerts/"+id)
	total := 0.0
	var said float64
	for _, row := range p.all(with("tr")) {
		if !strings.HasPrefix(attr(row, "class"), "al-") && !strings.Contains(text(row), "Together") {
			continue
		}
		cells := strings.Fields(text(row))
		n, err := parseSigned(cells[len(cells)-1])
		switch {
		case err != nil:
		case strings.Contains(text(row), "Together"):
			said = n
		default:
			total += n
		}
	}
	if diff := total - said; said == 0 || diff > .25 || diff < -.25 { // each line is rounded to a tenth
		t.Errorf("the lines add up to %.1f, the page says %.1f", total, said)
	}
}

// What is not one's own is not there: neither in the queue nor on its page.
func TestAlertsOfOthers(t *testing.T) {
	h := newHouse(t)
	h.onOwnList("Bartholomew Quindlesby")
	ours := h.raised("analyst", "permit 1", "Bartholomew Quindlesby")
	theirs := h.raised("officer-bank", "customer 7", "Bartholomew Quindlesby")
	cases := []struct {
		who, sees, not string
	}{
		{"analyst", ours, theirs},
		{"officer-bank", theirs, ours},
	}
	for _, c := range cases {
		_, p := h.get(c.who, "/alerts")
		if len(p.all(with("a", "href", "/alerts/"+c.sees))) != 1 {
			t.Errorf("%s does not see his own", c.who)
		}
		p.silent(c.not)
		for _, path := range []string{"/alerts/" + c.not, "/alerts/" + c.not + "/escalate"} {
			if status, _ := h.get(c.who, path); status != http.StatusNotFound {
				t.Errorf("%s: %s: %d", c.who, path, status)
			}
		}
		if _, p := h.get(c.who, "/alerts/next"); p.header.Get("Location") != "/alerts/"+c.sees {
			t.Errorf("%s is sent to %q", c.who, p.header.Get("Location"))
		}
	}
	_, p := h.get("auditor", "/alerts")
	p.says("what it is about is for those who triage it")
	p.silent("Quindlesby")
	if status, _ := h.get("liaison-bank", "/alerts"); status != http.StatusOK {
		t.Errorf("an empty list: %d", status)
	}
}

// An exclusion is asked for with one press, and another person puts it in force.
func TestExclusionByTwo(t *testing.T) {
	h := newHouse(t)
	h.onOwnList("Bartholomew Quindlesby")
	id := h.raised("analyst", "permit 1", "Bartholomew Quindlesby")
	h.do("analyst", "alert.different", id, body{"key": "1", "reason": "the date of birth is another one"})
	_, p := h.get("analyst", "/alerts/"+id)
	form := p.form("exclusion.request", 0)
	if status, p := h.post("analyst", attr(form, "action"), fields(form)); status != http.StatusSeeOther {
		t.Fatalf("%d\n%s", status, p.source)
	}
	_, p = h.get("analyst", "/exclusions?state=pending")
	link := p.all(func(n *html.Node) bool { return n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/exclusions/") })
	if len(link) != 1 {
		t.Fatalf("%d exclusions wait", len(link))
	}
	path := attr(link[0], "href")
	_, p = h.get("analyst", path)
	p.says("You asked for it, so another person answers.", "the date of birth is another one")
	if n := len(p.all(with("form", "data-command", "exclusion.approve"))); n != 0 {
		t.Errorf("who asked may approve by %d forms", n)
	}
	_, p = h.get("analyst-2", path)
	form = p.form("exclusion.approve", 0)
	if status, p := h.post("analyst-2", attr(form, "action"), fields(form)); status != http.StatusSeeOther {
		t.Fatalf("%d\n%s", status, p.source)
	}
	_, p = h.get("analyst", path)
	p.says("in force", "Second Analyst")
	again := h.raised("analyst", "permit 9", "Bartholomew Quindlesby")
	_, p = h.get("analyst", "/alerts/"+again)
	p.says("An exclusion covers this hit; it is kept all the same.")
}

// A judgement on what has changed meanwhile is refused, and nothing is lost.
func TestTriageTooLate(t *testing.T) {
	h := newHouse(t)
	h.onOwnList("Bartholomew Quindlesby")
	id := h.raised("analyst", "permit 1", "Bartholomew Quindlesby")
	_, p := h.get("analyst", "/alerts/"+id)
	form := p.form("alert.same", 0)
	h.do("analyst-2", "alert.unsure", id, body{"key": "1", "reason": "only the name is known"})
	values := fields(form)
	values.Set("reason", "seen in person")
	status, p := h.post("analyst", attr(form, "action"), values)
	if status != http.StatusConflict {
		t.Fatalf("%d", status)
	}
	p.says("look at it again")
	if !strings.Contains(p.source, "seen in person") {
		t.Error("what was typed is lost")
	}
}

func TestSnoozeAndReturn(t *testing.T) {
	h := newHouse(t)
	h.onOwnList("Bartholomew Quindlesby")
	id := h.raised("analyst", "permit 1", "Bartholomew Quindlesby")
	_, p := h.get("analyst", "/alerts/"+id)
	form := p.form("alert.snooze", 0)
	values := fields(form)
	values.Set("until", "2026-03-09T09:00")
	values.Set("reason", "documents were asked for")
	if status, p := h.post("analyst", attr(form, "action"), values); status != http.StatusSeeOther {
		t.Fatalf("%d\n%s", status, p.source)
	}
	_, p = h.get("analyst", "/alerts")
	p.says("Nothing here.")
	_, p = h.get("analyst", "/alerts?state=snoozed")
	p.says("Bartholomew Quindlesby", "days left")
	h.clock.move(8 * 24 * 3600 * 1e9)
	if _, err := h.clerk.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, p = h.get("analyst", "/alerts")
	p.says("Bartholomew Quindlesby", "is back")
}
