package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"interdict/internal/date"
	"interdict/internal/list/own"
	"interdict/internal/lookout"
	"interdict/internal/record"
	"interdict/internal/register"
)

func (h *house) lookout() *lookout.Lookout { return h.clerk.Register.(*lookout.Lookout) }

// entries are records of the list of its own, one for each name.
func entries(names ...string) []record.Record {
	var out []record.Record
	for i, name := range names {
		out = append(out, record.Record{
			Source: own.ID, Key: fmt.Sprint("OWN-", i+1),
			Listings: []record.Listing{{Authority: "Commission", Reference: fmt.Sprint("OWN-", i+1), ListedOn: date.OnDay(2026, 3, 1)}},
			Subject:  record.Subject{Kind: record.Person, Names: []record.Name{{Full: name, Type: record.Primary, Quality: record.Strong}}},
		})
	}
	return out
}

// listed puts somebody on the register of a house, by the list of its own.
func (h *house) listed(names ...string) {
	h.t.Helper()
	must(h.lookout().Publish(entries(names...), "system"))
	if err := h.clerk.NoteRegister(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// heldBack hands in an edition against which something speaks.
func (h *house) heldBack(names ...string) string {
	h.t.Helper()
	var b bytes.Buffer
	all := entries(names...)
	if err := own.Write(&b, own.Day(all), all); err != nil {
		h.t.Fatal(err)
	}
	out := must(h.lookout().Archive.Load(own.ID, []register.Input{{Name: "own.jsonl", Bytes: b.Bytes()}}, "somebody", h.clock.now()))
	if !out.Pending {
		h.t.Fatal("the edition is not held back")
	}
	return out.Edition.ID
}

func TestLookingUp(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby", "Братство Тихой Воды")
	h.listed("Bartholomew Quindlesby", "Братство Тихой Воды", "Marta Lindqvist")
	subject := must(h.lookout().Subject("OWN-2")).ID
	status, p := h.get("auditor", "/register?q=own:OWN-2")
	if status != http.StatusSeeOther || p.header.Get("Location") != "/register/subjects/"+subject {
		t.Errorf("a reference that one bears: %d %s", status, p.header.Get("Location"))
	}
	_, p = h.get("auditor", "/register?q="+url.QueryEscape("bratstvo tikhoy"))
	p.says("Братство Тихой Воды")
	_, p = h.get("auditor", "/register?q=nobody+such")
	p.says("Nobody.")
	status, p = h.get("auditor", "/register/subjects/"+subject)
	if status != http.StatusOK {
		t.Fatal(status)
	}
	p.says("Commission", "OWN-2", "2026-03-01", "Cyrillic", "only one", "Through the editions", "first seen")
	if status, p = h.get("auditor", "/register/subjects/OWN-2"); status != http.StatusSeeOther {
		t.Errorf("a reference in the place of an id: %d", status)
	}
	if status, _ := h.get("auditor", "/register/subjects/s-nobody"); status != http.StatusNotFound {
		t.Errorf("nobody is shown: %d", status)
	}
	if status, p := h.get("", "/register"); status != http.StatusSeeOther {
		t.Errorf("the register is shown to who is not signed in: %d %s", status, p.source)
	}
}

func TestWhatChangedBetweenEditions(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby", "Marta Lindqvist")
	first := h.lookout().Editions()[own.ID]
	h.listed("Bartholomew Quindlesbury", "Marta Lindqvist", "Third Person")
	second := h.lookout().Editions()[own.ID]
	_, p := h.get("auditor", "/lists/own")
	p.says("in force", "against the one before")
	path := "/register/diff?source=own&a=" + first + "&b=" + second
	status, p := h.get("auditor", path)
	if status != http.StatusOK {
		t.Fatal(status)
	}
	p.says("1 added", "0 removed", "1 changed", "1 as they were", "Third Person", "Quindlesbury")
	_, p = h.get("auditor", path+"&q=third")
	p.says("Third Person")
	p.silent("Quindlesbury")
	if status, _ := h.get("auditor", "/register/diff?source=own&a=none&b="+second); status != http.StatusNotFound {
		t.Errorf("an edition that is not kept: %d", status)
	}
}

// What is held back replaces nothing until two persons took it.
func TestTakingWhatIsHeldBack(t *testing.T) {
	h := newHouse(t)
	all := []string{"Bartholomew Quindlesby", "Marta Lindqvist"}
	for i := range 40 {
		all = append(all, fmt.Sprint("Somebody Else ", i))
	}
	h.listed(all...)
	before := h.lookout().Editions()[own.ID]
	edition := h.heldBack("Bartholomew Quindlesby")
	_, p := h.get("lead", "/lists")
	p.says("Held back:", "fewer", "What would change", "Propose to take it")
	_, p = h.get("analyst", "/lists")
	p.silent("Propose to take it", "/do/register")
	body := url.Values{"source": {own.ID}, "edition": {edition}, "reason": {"three were taken off by decision 7"}, "_next": {"/lists"}}

	steps := []struct {
		name, who, command string
		change             func(url.Values)
		status             int
		says               string
	}{
		{"who may not", "analyst", "register.propose", nil, http.StatusNotFound, ""},
		{"nobody proposed it", "lead", "register.accept", nil, http.StatusConflict, "nobody proposed"},
		{"without a reason", "lead", "register.propose", func(v url.Values) { v.Set("reason", " ") }, http.StatusUnprocessableEntity, "reason"},
		{"another edition", "lead", "register.propose", func(v url.Values) { v.Set("edition", before) }, http.StatusConflict, "held back"},
		{"the first person", "lead", "register.propose", nil, http.StatusSeeOther, ""},
		{"again", "ada", "register.propose", nil, http.StatusConflict, "proposed already"},
		{"the same person", "lead", "register.accept", nil, http.StatusConflict, "another person"},
		{"who may not, as the second", "member-1", "register.accept", nil, http.StatusNotFound, ""},
	}
	for _, s := range steps {
		v := url.Values{}
		for key, all := range body {
			v[key] = all
		}
		if s.change != nil {
			s.change(v)
		}
		status, p := h.post(s.who, "/do/"+s.command+"/main", v)
		if status != s.status {
			t.Fatalf("%s: %d\n%s", s.name, status, p.source)
		}
		if s.says != "" {
			p.says(s.says)
		}
		if got := h.lookout().Editions()[own.ID]; got != before {
			t.Fatalf("%s: edition %s is in force", s.name, got)
		}
	}
	_, p = h.get("lead", "/lists")
	p.says("proposed to take it", "Another person has to take it")
	p.silent("/do/register.accept")
	_, p = h.get("ada", "/lists")
	p.says("Take it, as the second person", "three were taken off")
	if status, p := h.post("ada", "/do/register.accept/main", body); status != http.StatusSeeOther || p.header.Get("Location") != "/lists" {
		t.Fatalf("%d %s", status, p.source)
	}
	if got := h.lookout().Editions()[own.ID]; got != edition {
		t.Errorf("edition %s is in force, not %s", got, edition)
	}
	_, p = h.get("lead", "/lists")
	p.silent("Held back:")
	p.says("ada", "three were taken off by decision 7")
	_, p = h.get("analyst", "/screen?name=Marta+Lindqvist")
	p.says("No hit")
}

// A list that nobody looked at is called old on every page of screening, until
// somebody looks.
func TestOldLists(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby")
	_, p := h.get("analyst", "/screen?name=Marta")
	p.silent("nobody looked at for too long")
	_, p = h.get("lead", "/lists")
	p.says("does not age")
}
