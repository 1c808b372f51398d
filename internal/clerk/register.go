package clerk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/alert"
	"interdict/internal/archive"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/lookout"
	"interdict/internal/match"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/roster"
	"interdict/internal/screen"
)

// Register is the register in force, ready to be screened against.
type Register interface {
	// Engine answers questions on the register in force.
	Engine() *screen.Engine
	// Editions returns which editions are in force, by source.
	Editions() map[string]string
	// Then answers questions on an earlier register, as it did then.
	Then(snapshot string) (*screen.Engine, error)
	// Entry returns the version of what is listed of a subject.
	Entry(subject string) (version string, ok bool)
	// Publish puts an edition of the commission's own list in force and returns
	// its id.
	Publish(records []record.Record, by string) (edition string, err error)

	// Subject returns the listed subject that an id or a reference names.
	Subject(id string) (lookout.Subject, error)
	// Bearers returns the ids of the subjects that bear an id or a reference.
	Bearers(id string) []string
	// Gone returns the entries of that id or reference that no list has any more.
	Gone(id string) ([]register.Known, error)
	// Stock returns every edition that is kept, and those that are held back.
	Stock() ([]archive.Stored, error)
	// Looked returns when each source was looked at last.
	Looked() (map[string]time.Time, error)
	// Difference compares two editions of one list.
	Difference(from, to string) (lookout.Compared, error)
	// Waiting returns the edition of a source that is held back, "" if none is.
	Waiting(source string) (edition string, err error)
	// Accept puts an edition in force that is held back.
	Accept(source, edition string, word register.Accept) error
}

// snapshot returns the id of the register in force.
func (c *Clerk) snapshot() string {
	if c.Register == nil {
		return "none"
	}
	return c.Register.Engine().Snapshot()
}

// profile returns the scoring profile of the register in force.
func (c *Clerk) profile() string { return match.Profile() }

// queryOf asks for a subject by all its names and what is known of it.
func queryOf(s record.Subject) screen.Query {
	q := screen.Query{Name: s.PrimaryName(), Kind: s.Kind}
	if len(s.Genders) == 1 {
		q.Gender = s.Genders[0].Text
	}
	for _, n := range s.Names {
		if n.Full != q.Name {
			q.Aliases = append(q.Aliases, n.Full)
		}
	}
	for _, b := range s.Births {
		q.Born = append(q.Born, b.Date)
	}
	for _, c := range slices.Concat(s.Nationalities, s.Citizenships, s.Countries) {
		if c.Code != "" {
			q.Countries = append(q.Countries, c.Code)
		}
	}
	for _, x := range s.Identifiers {
		q.Identifiers = append(q.Identifiers, x.Number)
	}
	return q
}

// fingerprint is the hash of who somebody is: of names, births and identifiers,
// in whatever order and case they are written. An exclusion holds for it.
func fingerprint(s record.Subject) string {
	lines := []string{"kind " + string(s.Kind)}
	for _, n := range s.Names {
		lines = append(lines, "name "+strings.ToLower(strings.Join(strings.Fields(n.Full), " ")))
	}
	for _, b := range s.Births {
		if b.Date.Known() {
			lines = append(lines, "born "+b.Date.String())
		}
	}
	for _, x := range s.Identifiers {
		lines = append(lines, "number "+index.Key(x.Number))
	}
	slices.Sort(lines)
	return hashOf([]byte(strings.Join(slices.Compact(lines), "\n")))
}

// excluded returns the exclusion of an organisation that covers what it found,
// none if none does. A certificate covers its bearer in every channel, whoever
// asks.
func (c *Clerk) excluded(ctx context.Context, owner roster.OrganisationID, found alert.Scope) (alert.ExclusionID, error) {
	all, err := c.exclusionsOf(ctx, found.Subject)
	if err != nil {
		return alert.ExclusionID{}, err
	}
	return c.covering(all, owner, found), nil
}

// exclusionsOf returns the exclusions of hits of one who was screened.
func (c *Clerk) exclusionsOf(ctx context.Context, subject string) ([]alert.Exclusion, error) {
	ties, err := c.Store.Queries().TiesTo(ctx, "subject/"+subject)
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("looking for exclusions: %w", err))
	}
	var out []alert.Exclusion
	for _, t := range ties {
		if t.Relation != "excludes" {
			continue
		}
		h, err := c.thing(ctx, t.Source)
		if isErased(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, h.value.(alert.Exclusion))
	}
	return out, nil
}

// covering returns which of them covers what an organisation found, none if none
// does.
func (c *Clerk) covering(all []alert.Exclusion, owner roster.OrganisationID, found alert.Scope) alert.ExclusionID {
	for _, x := range all {
		if mine := x.Owner == owner || x.Certificate != ""; mine && x.Covers(found, c.now()) {
			return x.ID
		}
	}
	return alert.ExclusionID{}
}

// openCases is the index over the subjects of open dossiers, as of their last
// change.
type openCases struct {
	version string
	engine  *screen.Engine
}

// openDossiers returns an engine over the subjects of dossiers on which work is
// not ended, nil if there is none, and the version of that set.
func (c *Clerk) openDossiers(ctx context.Context) (*screen.Engine, string, error) {
	all, err := c.unended(ctx)
	if err != nil {
		return nil, "", err
	}
	var subjects []register.Subject
	var lines []string
	for _, d := range all {
		subjects = append(subjects, register.Subject{
			ID: d.ID.String(), Kind: d.Subject.Kind, Caption: d.Subject.PrimaryName(),
			Entries: []register.Entry{{ID: d.ID.String(), Record: record.Record{Source: "dossiers", Key: d.ID.String(), Subject: d.Subject}}},
		})
		lines = append(lines, d.ID.String()+" "+fingerprint(d.Subject))
	}
	version := hashOf([]byte(strings.Join(lines, "\n")))[:16]
	c.memory.mu.Lock()
	cases := *c.cases
	c.memory.mu.Unlock()
	if cases.version == version {
		return cases.engine, version, nil
	}
	var engine *screen.Engine
	if len(subjects) > 0 {
		prepared, err := screen.Subjects(register.Snapshot{ID: version, Subjects: subjects})
		if err != nil {
			return nil, "", err
		}
		seg, err := index.Build(prepared)
		if err != nil {
			return nil, "", err
		}
		engine = screen.New(index.New(seg), version, "")
	}
	c.memory.mu.Lock()
	*c.cases = openCases{version, engine}
	c.memory.mu.Unlock()
	return engine, version, nil
}

// unended returns the dossiers on which work is not ended.
func (c *Clerk) unended(ctx context.Context) ([]dossier.Dossier, error) {
	var out []dossier.Dossier
	for _, state := range []dossier.State{dossier.Open, dossier.Submitted, dossier.Decided} {
		things, err := c.all(ctx, "dossier", string(state))
		if err != nil {
			return nil, err
		}
		for _, h := range things {
			out = append(out, h.value.(dossier.Dossier))
		}
	}
	return out, nil
}

// cleared returns whom a certificate clears of which version of which entry. The
// listed name is the one that matches, found by screening if it is not given.
func (t *Turn) cleared(b bearer) (*decision.Bearer, error) {
	s, err := b.Person.subject()
	if err != nil {
		return nil, err
	}
	if t.clerk.Register == nil {
		return nil, fault.New(fault.Conflict, "no register is loaded")
	}
	version, ok := t.clerk.Register.Entry(b.Entry)
	if !ok {
		return nil, fault.New(fault.NotFound, "nobody is listed as %q", b.Entry)
	}
	out := &decision.Bearer{Subject: fingerprint(s), Entry: b.Entry, EntryVersion: version, Name: b.Name}
	if out.Name != "" {
		return out, nil
	}
	a, err := t.clerk.Register.Engine().Name(queryOf(s), screen.Options{Brief: true})
	if err != nil {
		return nil, err
	}
	for _, h := range a.Hits {
		if h.Subject == b.Entry {
			out.Name = h.Name
			return out, nil
		}
	}
	return nil, fault.New(fault.Conflict, "%s does not match %s: there is nothing to clear", s.PrimaryName(), b.Entry)
}
