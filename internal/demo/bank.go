package demo

import (
	"context"
	"os"
	"sync"
	"time"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// Ids of the people of an institution, in its own house.
const (
	officer     roster.PersonID = "officer"
	deputy      roster.PersonID = "officer-2"
	keptBy      roster.PersonID = "administrator"
	knownAs     roster.PersonID = "officer-" // and the server: the officer, at the authority
	machineName roster.PersonID = "machine-" // and the server: its own Interdict, at the authority
)

// clerkOf is a person of an institution, in its own house.
type clerkOf struct {
	id              roster.PersonID
	name, says, try string
	roles           []roster.Role
}

// bank is an institution of the story.
type bank struct {
	server  Server
	people  []clerkOf
	planted []customer
	seed    uint64
	starter bool // it has the starter register beside the followed list
}

var harbourBank = bank{
	server: Harbour, seed: 7411, starter: true,
	people: []clerkOf{
		{officer, "Beatrix Longstaff", "Compliance officer", "See the alert on your own desk once the chair has signed; freeze, and report it.", []roster.Role{roster.Officer}},
		{deputy, "Ignatius Pemberley", "Second compliance officer", "Approve an exclusion that your colleague asked for.", []roster.Role{roster.Officer}},
		{keptBy, "Morwenna Tregarth", "Administrator", "Engage somebody at the bank.", []roster.Role{roster.Administrator}},
	},
	planted: []customer{
		{"H-20031", "Gray Lantern Brotherhood", "organisation", "", state},
		{"H-20077", "Quillon Vashtarak", "person", "1979-11-02", state},
		{"H-20052", "Tallow Street Hostel Fund", "organisation", "", state},
		{"H-20118", "Saltmarsh Ferry Trading Ltd", "organisation", "", state},
		{"H-20140", "第九港打捞公司", "organisation", "", state},
		{"H-20155", "Ozric Bellwhistle", "person", "1987-05-30", state},
		{"H-20160", "Quillan Vashtarek", "person", "2001-09-14", state},
		{"H-20161", "Zebulon Quarringer", "person", "1990-12-01", state},
	},
}

var kestrelHouse = bank{
	server: Kestrel, seed: 90210,
	people: []clerkOf{
		{officer, "Cormac Ellesmere", "Compliance officer", "The authority has not said yet whether the baker is the man. Look at what you sent.", []roster.Role{roster.Officer}},
		{deputy, "Tabitha Wrenfield", "Second compliance officer", "Judge the alerts that wait.", []roster.Role{roster.Officer}},
		{keptBy, "Fergus Oakhollow", "Administrator", "Engage somebody at the payment house.", []roster.Role{roster.Administrator}},
	},
	planted: []customer{
		{"K-5009", "Зебулон Кварренгейт", "person", "1968-04-17", state},
		{"K-5031", "Quillon Vashtarek", "person", "1996-06-21", state},
		{"K-5044", "شركة سولتمارش لتجارة العبارات", "organisation", "", state},
		{"K-5050", "Zebulon Quarringate", "person", "1941-01-30", state},
		{"K-5060", "Komandor Divers of the Ninth Harbour", "organisation", "", state},
	},
}

var banks = []bank{harbourBank, kestrelHouse}

// officer is the compliance officer as the authority knows him.
func (b bank) officer() someone {
	return someone{knownAs + roster.PersonID(b.server), b.people[0].name, roster.OrganisationID(b.server), []roster.Role{roster.Officer}}
}

// machine is the bank's own Interdict as the authority knows it.
func (b bank) machine() someone {
	return someone{machineName + roster.PersonID(b.server), "Interdict of " + b.server.Title(), roster.OrganisationID(b.server), []roster.Role{roster.Machine, roster.Officer}}
}

// Joined is an institution's house, open, that follows the authority.
type Joined struct {
	House
	Book string                          // file in which its customers are to stand
	Look func(ctx context.Context) error // follows the authority as far as it is, screens, and carries reports
	Key  func(key string) error          // takes another key at the authority
}

// Join opens the house of an institution with the key that it has at the
// authority.
type Join func(ctx context.Context, s Server, key string) (Joined, error)

// desk is an institution in the story.
type desk struct {
	*teller
	bank
	look func(ctx context.Context) error
	key  func(string) error
}

// joins registers an institution at the authority and founds its own house.
func (t *teller) joins(b bank, join Join) *desk {
	t.register(organisation{roster.OrganisationID(b.server), b.server.Title(), roster.Institution})
	t.engage(administrator, b.officer())
	t.engage(administrator, b.machine())
	d := &desk{teller: &teller{ctx: t.ctx, clock: t.clock, start: t.start, err: t.err}, bank: b}
	if t.err != nil {
		return d
	}
	key, err := MachineKey(t.ctx, t.clerk, b.server)
	t.failed(err, "issuing a key for %s", b.server)
	if t.err != nil {
		return d
	}
	joined, err := join(t.ctx, b.server, key)
	t.failed(err, "opening the house of %s", b.server)
	if t.err != nil {
		return d
	}
	d.clerk, d.house, d.look, d.key = joined.Clerk, joined.House, joined.Look, joined.Key
	t.failed(os.WriteFile(joined.Book, b.customers(), 0o600), "writing the customers of %s", b.server)
	d.found()
	t.failed(d.err, "founding %s", b.server)
	return d
}

// renews gives institutions a new key: one is good for a year at most.
func (t *teller) renews(all ...*desk) {
	for _, d := range all {
		if t.err != nil {
			return
		}
		key, err := MachineKey(t.ctx, t.clerk, d.server)
		if err == nil {
			err = d.key(key)
		}
		t.failed(err, "renewing the key of %s", d.server)
	}
}

// found founds an institution's own house.
func (d *desk) found() {
	last := d.people[len(d.people)-1]
	_, err := d.clerk.Found(d.ctx, clerk.Foundation{
		Commission: roster.OrganisationID(d.server), Nature: roster.Institution, Name: d.server.Title(), Country: state,
		Administrator: last.id, PersonName: last.name,
	})
	d.failed(err, "founding")
	for _, p := range d.people[:len(d.people)-1] {
		d.engage(last.id, someone{p.id, p.name, roster.OrganisationID(d.server), p.roles})
	}
	if d.starter {
		d.startRegister()
	}
}

// follows has institutions look at what the authority published, after a while,
// all at once.
func (t *teller) follows(after time.Duration, all ...*desk) {
	t.clock.pass(after)
	if t.err != nil {
		return
	}
	var looking sync.WaitGroup
	for _, d := range all {
		looking.Go(func() { d.failed(d.look(d.ctx), "%s follows", d.server) })
	}
	looking.Wait()
	for _, d := range all {
		t.failed(d.err, "at %s", d.server)
	}
}

// judges says of the alert on a customer that it is the listed subject, and
// returns its id.
func (d *desk) judges(customer, verb, reason string) string {
	id := d.alertOn(customer)
	var a alert.Alert
	d.read(officer, "alert", id, &a)
	for _, h := range a.Hits {
		if h.State == alert.Waiting {
			d.do(officer, "alert."+verb, id, body{"key": h.Key, "reason": reason})
		}
	}
	return id
}

// alertOn finds the open alert on a customer.
func (d *desk) alertOn(customer string) string {
	if d.err != nil {
		return ""
	}
	order := clerk.Order{By: officer, Purpose: "to judge it"}
	page, err := d.clerk.List(d.ctx, order, "alert", string(alert.Open), "", 500)
	d.failed(err, "looking for the alert on %s", customer)
	for _, row := range page.Rows {
		if row.Title == customer {
			return row.ID
		}
	}
	d.failed(fault.New(fault.NotFound, "nobody raised an alert on %s", customer), "looking for it")
	return ""
}
