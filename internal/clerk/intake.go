package clerk

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"

	"interdict/internal/alert"
	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/record"
	"interdict/internal/roster"
	"interdict/internal/screen"
	"interdict/internal/vault"
)

// text is what can be read of a material: its place is the hash of a text or
// the key of a party.
type text struct {
	place string
	file  string
	read  document.Text
	why   error // it could not be read
}

// mediaOf returns the media type of a file, told by its name and bytes where its
// sender gives none.
func mediaOf(e enclosure) (string, error) {
	media := e.Media
	if media == "" {
		media, _, _ = strings.Cut(mime.TypeByExtension(strings.ToLower(filepath.Ext(e.Name))), ";")
	}
	if media == "" {
		media, _, _ = strings.Cut(http.DetectContentType(e.Content), ";")
	}
	if strings.EqualFold(filepath.Ext(e.Name), ".eml") {
		media = "message/rfc822"
	}
	return media, vault.CheckType(media, e.Content)
}

// extract reads the text of every document. Where it is not the document's very
// bytes it is kept beside it, marked as machine work.
func (t *Turn) extract(stream string, files []enclosure) ([]text, error) {
	var out []text
	for _, f := range files {
		hash := hashOf(f.Content)
		x := text{place: hash, file: f.Name}
		x.read, x.why = document.Read(f.Name, bytes.NewReader(f.Content))
		if x.why == nil {
			body := []byte(x.read.Body)
			x.place = hashOf(body)
			m, err := get[material.Material](t, stream)
			if err != nil {
				return nil, err
			}
			events, err := m.Derive(t.By, material.Derived{
				Hash: x.place, Of: hash, As: material.Extraction, Machine: true, Tool: "interdict",
				Language: f.Language, Near: material.SketchOf(x.read.Body).Bands(),
			})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.Name, err)
			}
			if err := t.addWith(stream, events[0], []sealable{{"text/plain", body}}); err != nil {
				return nil, err
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// screenMaterial holds parties and texts against the register and the open
// dossiers. What was found are proposals; what could not be read is said.
func (t *Turn) screenMaterial(stream string, s material.Submitted, texts []text) error {
	f, err := t.finder()
	if err != nil {
		return err
	}
	for _, x := range texts {
		if err := f.inText(x); err != nil {
			return err
		}
	}
	for _, p := range s.Parties {
		if err := f.inSubject(p.Key, p.Subject); err != nil {
			return err
		}
	}
	return f.record(stream)
}

// screenText holds a text added later against the same.
func (t *Turn) screenText(stream, hash, body string) error {
	f, err := t.finder()
	if err != nil {
		return err
	}
	if err := f.inText(text{place: hash, file: "text", read: document.Text{Body: body, Format: "txt"}}); err != nil {
		return err
	}
	return f.record(stream)
}

// finder gathers what screening a material finds.
type finder struct {
	t        *Turn
	listed   *screen.Engine // nil: no register
	dossiers *screen.Engine // nil: no open dossier
	cases    string         // version of the set of open dossiers
	found    []material.Mention
	hits     []alert.Hit // of the register, strong or possible
	unread   []string
}

func (t *Turn) finder() (*finder, error) {
	f := &finder{t: t}
	if t.clerk.Register != nil {
		f.listed = t.clerk.Register.Engine()
	}
	var err error
	f.dossiers, f.cases, err = t.clerk.openDossiers(t.ctx)
	return f, err
}

func (f *finder) inText(x text) error {
	if x.why != nil {
		f.unread = append(f.unread, fmt.Sprintf("%s: %v", x.file, x.why))
		return nil
	}
	for _, w := range x.read.Unread {
		f.unread = append(f.unread, x.file+": "+w)
	}
	for _, e := range []*screen.Engine{f.listed, f.dossiers} {
		if e == nil {
			continue
		}
		a, err := e.Document(x.file, x.read, screen.Options{Brief: true})
		if err != nil {
			return err
		}
		if a.Status == screen.NotScreened {
			f.unread = append(f.unread, x.file+": "+a.Reason)
		}
		for _, m := range a.Mentions {
			for _, h := range m.Hits {
				f.add(e, h, material.Mention{Place: x.place, Start: m.Start, End: m.End, Text: m.Text})
			}
		}
	}
	return nil
}

func (f *finder) inSubject(key string, s record.Subject) error {
	for _, e := range []*screen.Engine{f.listed, f.dossiers} {
		if e == nil {
			continue
		}
		a, err := e.Name(queryOf(s), screen.Options{Brief: true})
		if err != nil {
			return err
		}
		if a.Status == screen.NotScreened {
			f.unread = append(f.unread, key+": "+a.Reason)
		}
		for _, h := range a.Hits {
			f.add(e, h, material.Mention{Place: key, Text: s.PrimaryName()})
		}
	}
	return nil
}

func (f *finder) add(e *screen.Engine, h screen.Hit, m material.Mention) {
	m.Key = fmt.Sprintf("%s-%d", f.t.At.Format("20060102150405.000000"), len(f.found)+1)
	m.Target, m.Score, m.Band, m.Dossier = h.Subject, int(h.Score), string(h.Band), e == f.dossiers
	f.found = append(f.found, m)
	if m.Dossier || h.Band == screen.Weak {
		return
	}
	version, _ := f.t.clerk.Register.Entry(h.Subject)
	f.hits = append(f.hits, alert.Hit{
		Key: m.Key, Entry: h.Subject, EntryVersion: version, Name: h.Name,
		Path: fmt.Sprintf("%s[%d:%d]", m.Place, m.Start, m.End), Score: m.Score, Band: m.Band,
	})
}

// record says on the material what was found, and raises an alert for hits of
// the register.
func (f *finder) record(stream string) error {
	t := f.t
	m, err := get[material.Material](t, stream)
	if err != nil {
		return err
	}
	s := material.Screened{Screening: material.Screening{
		Snapshot: "none", Profile: t.clerk.profile(), Dossiers: f.cases, Unread: f.unread,
	}, Mentions: f.found}
	switch {
	case f.listed != nil:
		s.Snapshot = f.listed.Snapshot() // that answered, whatever is in force by now
	case f.dossiers == nil:
		s.Reason = "no register is loaded"
	default:
		s.Unread = append(s.Unread, "no register is loaded: only the open dossiers were looked at")
	}
	events, err := m.Screen(s)
	if err != nil {
		return err
	}
	if err := t.add(stream, events...); err != nil || len(f.hits) == 0 {
		return err
	}
	return t.raise(alert.Raised{
		Owner: t.commission(), Channel: alert.FromMaterial, Source: stream, Subject: hashOf([]byte(stream)), Snapshot: s.Snapshot, Hits: f.hits,
	})
}

// hitsOf screens a subject and says against which register. No hit is no alert,
// which is said as a conflict.
func (t *Turn) hitsOf(s record.Subject) ([]alert.Hit, string, error) {
	if t.clerk.Register == nil {
		return nil, "", fault.New(fault.Conflict, "no register is loaded")
	}
	a, err := t.clerk.Register.Engine().Name(queryOf(s), screen.Options{Brief: true})
	switch {
	case err != nil:
		return nil, "", err
	case a.Status == screen.NotScreened:
		return nil, "", fault.New(fault.Invalid, "not screened: %s", a.Reason)
	case len(a.Hits) == 0:
		return nil, "", fault.New(fault.Conflict, "no hit: there is nothing to raise")
	}
	var hits []alert.Hit
	for i, h := range a.Hits {
		version, _ := t.clerk.Register.Entry(h.Subject)
		hits = append(hits, alert.Hit{
			Key: strconv.Itoa(i + 1), Entry: h.Subject, EntryVersion: version, Name: h.Name, Path: "name", Score: int(h.Score), Band: string(h.Band),
		})
	}
	return hits, a.Snapshot, nil
}

// raise raises an alert; hits that an exclusion covers are kept and marked.
func (t *Turn) raise(r alert.Raised) error {
	id, err := newID[alert.Alert](t.clerk)
	if err != nil {
		return err
	}
	r.ID, r.Profile = id, t.clerk.profile()
	for i, h := range r.Hits {
		x, err := t.clerk.excluded(t.ctx, r.Owner, alert.Scope{
			Subject: r.Subject, Entry: h.Entry, EntryVersion: h.EntryVersion, Name: h.Name, Channel: r.Channel, Profile: r.Profile,
		})
		if err != nil {
			return err
		}
		r.Hits[i].Excluded = x
	}
	events, err := alert.Alert{}.Raise(r)
	if err != nil {
		return err
	}
	return t.add(alert.Stream(id), events...)
}

// commission returns the id of the authority itself.
func (t *Turn) commission() roster.OrganisationID {
	for _, o := range t.Roster.Organisations {
		if o.Nature == roster.Commission && o.Closed.IsZero() {
			return o.ID
		}
	}
	return t.By.Organisation
}

// document returns the bytes of a document or derived text of a material, by
// their hash.
func (c *Clerk) document(ctx context.Context, id material.ID, hash string) ([]byte, error) {
	stream := material.Stream(id)
	h, err := c.thing(ctx, stream)
	if err != nil {
		return nil, err
	}
	m := h.value.(material.Material)
	happened, err := c.Store.Stream(ctx, stream, 0)
	if err != nil {
		return nil, err
	}
	derived := 0
	for _, e := range happened {
		switch e.Envelope.Kind {
		case material.Submitted{}.Kind():
			for i, d := range m.Documents {
				if d.Hash == hash && i < len(e.Envelope.Evidence) {
					return c.evidence(ctx, e.Envelope.Evidence[i])
				}
			}
		case material.Derived{}.Kind():
			if m.Derived[derived].Hash == hash && len(e.Envelope.Evidence) == 1 {
				return c.evidence(ctx, e.Envelope.Evidence[0])
			}
			derived++
		}
	}
	return nil, fault.New(fault.NotFound, "material %s has no document %q", id, hash)
}
