package roster_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/event"
	"interdict/internal/event/eventtest"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

var day = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func story() *eventtest.Story[roster.Roster] {
	r := &event.Registry{}
	roster.Events(r)
	return &eventtest.Story[roster.Roster]{Registry: r, Stream: roster.Stream}
}

func founded(t eventtest.T) *eventtest.Story[roster.Roster] {
	s := story()
	events, err := s.Now.Found(roster.Registered{ID: "mkp", Name: "Commission", Nature: roster.Commission, Country: "RU"},
		roster.Engaged{ID: "root", Name: "First Administrator", Organisation: "mkp"})
	if err != nil {
		t.Fatalf("%v", err)
	}
	s.Tell(t, "system", "", day, events...)
	s.Tell(t, "root", "mkp", day, roster.Engaged{ID: "ann", Name: "Ann", Organisation: "mkp"}, roster.Engaged{ID: "bob", Name: "Bob", Organisation: "mkp"},
		roster.SeatMade{ID: "s1", Title: "Chair", Chair: true}, roster.SeatMade{ID: "s2", Title: "Prosecutor"})
	return s
}

func TestWhoMayBecomeWhat(t *testing.T) {
	root := roster.Person{ID: "root"}
	for name, c := range map[string]struct {
		given []event.Event
		when  func(roster.Roster) ([]event.Event, error)
		err   string
		kinds []string
	}{
		"a roster is founded once": {nil, func(r roster.Roster) ([]event.Event, error) {
			return r.Found(roster.Registered{}, roster.Engaged{})
		}, "conflict", nil},
		"a role is given by another":      {nil, func(r roster.Roster) ([]event.Event, error) { return r.GiveRole(root, "ann", roster.Analyst) }, "", []string{"roster.role_given"}},
		"nobody gives himself a role":     {nil, func(r roster.Roster) ([]event.Event, error) { return r.GiveRole(root, "root", roster.Member) }, "forbidden", nil},
		"no role that is not":             {nil, func(r roster.Roster) ([]event.Event, error) { return r.GiveRole(root, "ann", "king") }, "invalid", nil},
		"no role for nobody":              {nil, func(r roster.Roster) ([]event.Event, error) { return r.GiveRole(root, "zoe", roster.Member) }, "not found", nil},
		"a machine judges nothing":        {[]event.Event{roster.RoleGiven{ID: "ann", Role: roster.Machine}}, func(r roster.Roster) ([]event.Event, error) { return r.GiveRole(root, "ann", roster.Member) }, "invalid", nil},
		"an analyst becomes no machine":   {[]event.Event{roster.RoleGiven{ID: "ann", Role: roster.Analyst}}, func(r roster.Roster) ([]event.Event, error) { return r.GiveRole(root, "ann", roster.Machine) }, "invalid", nil},
		"the last administrator stays":    {nil, func(r roster.Roster) ([]event.Event, error) { return r.Leave("root", "rest") }, "conflict", nil},
		"the last administrator keeps it": {nil, func(r roster.Roster) ([]event.Event, error) { return r.TakeRole("root", roster.Administrator, "x") }, "conflict", nil},
		"of two one may go":               {[]event.Event{roster.RoleGiven{ID: "ann", Role: roster.Administrator}}, func(r roster.Roster) ([]event.Event, error) { return r.Leave("root", "rest") }, "", []string{"roster.left"}},
		"who left gets nothing":           {[]event.Event{roster.Left{ID: "ann", Reason: "x"}}, func(r roster.Roster) ([]event.Event, error) { return r.GiveRole(root, "ann", roster.Analyst) }, "conflict", nil},
		"an id is used once": {[]event.Event{roster.Left{ID: "ann", Reason: "x"}}, func(r roster.Roster) ([]event.Event, error) {
			return r.Engage(roster.Engaged{ID: "ann", Name: "A", Organisation: "mkp"})
		}, "conflict", nil},
		"a seat is filled by an act": {nil, func(r roster.Roster) ([]event.Event, error) {
			return r.FillSeat(root, roster.SeatFilled{ID: "s1", Holder: "ann", Deputy: "bob", Act: "Order 7"})
		}, "", []string{"roster.seat_filled"}},
		"no seat without an act": {nil, func(r roster.Roster) ([]event.Event, error) {
			return r.FillSeat(root, roster.SeatFilled{ID: "s1", Holder: "ann"})
		}, "invalid", nil},
		"nobody appoints himself": {nil, func(r roster.Roster) ([]event.Event, error) {
			return r.FillSeat(root, roster.SeatFilled{ID: "s1", Holder: "root", Act: "Order 7"})
		}, "forbidden", nil},
		"one seat a person": {[]event.Event{roster.SeatFilled{ID: "s1", Holder: "ann", Act: "a"}}, func(r roster.Roster) ([]event.Event, error) {
			return r.FillSeat(root, roster.SeatFilled{ID: "s2", Holder: "ann", Act: "Order 7"})
		}, "conflict", nil},
		"one chair": {nil, func(r roster.Roster) ([]event.Event, error) {
			return r.MakeSeat(roster.SeatMade{ID: "s3", Title: "Chair", Chair: true})
		}, "conflict", nil},
		"an organisation with people stays": {nil, func(r roster.Roster) ([]event.Event, error) { return r.Close("mkp", "merged") }, "conflict", nil},
		"a key has 32 bytes":                {nil, func(r roster.Roster) ([]event.Event, error) { return r.StateKey(root, make([]byte, 31)) }, "invalid", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := founded(t)
			s.Tell(t, "root", "mkp", day, c.given...)
			events, err := c.when(s.Now)
			eventtest.Want(t, events, err, c.err, c.kinds...)
		})
	}
}

func TestWhoLeavesHoldsNoSeat(t *testing.T) {
	s := founded(t)
	s.Tell(t, "root", "mkp", day, roster.SeatFilled{ID: "s1", Holder: "ann", Deputy: "bob", Act: "a"}, roster.Left{ID: "ann", Reason: "x"})
	seat := s.Now.Seats["s1"]
	if seat.Holder != "" || seat.Deputy != "bob" {
		t.Errorf("seat after its holder left: %+v", seat)
	}
	if p, ok := s.Now.Person("ann"); !ok || p.Has(roster.Member) || p.Name != "Ann" {
		t.Errorf("who left can no longer be named: %+v", p)
	}
}

func TestNoHistoryLeavesTheRosterWithoutAnAdministrator(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := founded(t)
		person := rapid.SampledFrom([]roster.PersonID{"root", "ann", "bob", "p1", "p2"})
		role := rapid.SampledFrom(roster.Roles())
		seat := rapid.SampledFrom([]roster.SeatID{"s1", "s2"})
		try := func(events []event.Event, err error) {
			if err == nil {
				s.Tell(t, "root", "mkp", day.Add(time.Duration(len(s.Events))*time.Minute), events...)
			} else if fault.KindOf(err) == fault.Internal {
				t.Fatalf("%v", err)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"engage": func(t *rapid.T) {
				p := person.Draw(t, "who")
				try(s.Now.Engage(roster.Engaged{ID: p, Name: fmt.Sprint("Name of ", p), Organisation: "mkp"}))
			},
			"leave": func(t *rapid.T) { try(s.Now.Leave(person.Draw(t, "who"), "r")) },
			"give": func(t *rapid.T) {
				by := s.Now.People[person.Draw(t, "by")]
				who := person.Draw(t, "who")
				events, err := s.Now.GiveRole(by, who, role.Draw(t, "role"))
				if err == nil && by.ID == who {
					t.Fatalf("%s gave himself a role", who)
				}
				try(events, err)
			},
			"take": func(t *rapid.T) { try(s.Now.TakeRole(person.Draw(t, "who"), role.Draw(t, "role"), "r")) },
			"fill": func(t *rapid.T) {
				try(s.Now.FillSeat(s.Now.People["root"], roster.SeatFilled{ID: seat.Draw(t, "seat"), Holder: person.Draw(t, "holder"), Deputy: person.Draw(t, "deputy"), Act: "a"}))
			},
			"vacate": func(t *rapid.T) { try(s.Now.VacateSeat(seat.Draw(t, "seat"), "r")) },
			"": func(t *rapid.T) {
				admins, seats := 0, map[roster.PersonID]int{}
				for _, p := range s.Now.People {
					if p.Has(roster.Administrator) {
						admins++
					}
				}
				for _, seat := range s.Now.Composition() {
					seats[seat.Holder]++
					seats[seat.Deputy]++
					if h := s.Now.People[seat.Holder]; seat.Holder != "" && !h.Left.IsZero() {
						t.Fatalf("%s left and sits", h.ID)
					}
				}
				for p, n := range seats {
					if p != "" && n > 1 {
						t.Fatalf("%s has %d seats", p, n)
					}
				}
				if admins == 0 {
					t.Fatalf("no administrator is left")
				}
			},
		})
		s.Refold(t, roster.Roster{})
	})
}
