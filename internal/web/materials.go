package web

import (
	"cmp"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/material"
)

// materials are the pages of what is handed in.
func (s *server) materials() {
	s.page("GET /materials", (*visit).showMaterials)
	s.page("GET /materials/new", (*visit).newMaterial)
	s.page("POST /materials/new", (*visit).giveMaterial)
	s.page("GET /materials/{id}", (*visit).showMaterial)
	s.page("GET /materials/{id}/receipt", (*visit).showReceipt)
	s.page("GET /materials/{id}/mentions/{key}", (*visit).showMention)
	s.page("GET /materials/{id}/documents/{hash}", (*visit).sendDocument)
}

func (v *visit) showMaterials() error {
	p, err := v.list("material", v.r.FormValue("state"))
	if err != nil {
		return err
	}
	return v.show(say(v.own(), "Materials"), materialsPage(p))
}

// materialPage is a material as far as the reader may see it.
type materialPage struct {
	clerk.MaterialSeen
	Version    uint64
	Began      int64 // entry of the ledger that began it
	Open       bool  // each part: whether it is shown
	Closed     bool
	Work       bool
	May        []clerk.Command
	Duplicates []clerk.Duplicate
	Text       string // of one document, "" if none is shown
	Of         string // its hash
	Cut        bool   // the text is longer
	Spans      []span
}

// span is a stretch of a text, named or not.
type span struct {
	Text string
	Band string // "": nobody is named
	Key  string // of the mention
}

// mostText is how much of a text a page shows, in bytes.
const mostText = 200_000

func (v *visit) materialOf(of string) (materialPage, error) {
	seen, err := v.read("material", of)
	if err != nil {
		return materialPage{}, err
	}
	m := seen.Content.(clerk.MaterialSeen)
	p := materialPage{MaterialSeen: m, Version: seen.Version, Began: seen.Began}
	for _, part := range seen.Parts {
		p.Open = p.Open || part == "material.read"
		p.Closed = p.Closed || part == "material.read_closed"
		p.Work = p.Work || part == "material.read_work"
	}
	if p.ID.IsZero() { // the open part is not shown, and with it the id
		if p.ID, err = id.Parse[material.Material](of); err != nil {
			return p, fault.New(fault.NotFound, "there is no material %q", of)
		}
	}
	p.May, err = v.Clerk.May(v.ctx(), v.Order, "material", of)
	return p, err
}

func (v *visit) showMaterial() error {
	id := v.r.PathValue("id")
	p, err := v.materialOf(id)
	if err != nil {
		return err
	}
	if p.Duplicates, err = v.Clerk.Duplicates(v.ctx(), v.Order, id); err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if err := v.addText(&p); err != nil {
		return err
	}
	return v.show(cmp.Or(p.Title, say(v.own(), "material")), materialShown(p))
}

// addText adds the text that is asked for, or the first in which somebody is
// named, with its mentions.
func (v *visit) addText(p *materialPage) error {
	p.Of = v.r.FormValue("text")
	if p.Of == "" && p.Closed {
		for _, d := range p.Derived {
			if slices.ContainsFunc(p.Mentions, func(m material.Judged) bool { return m.Place == d.Hash }) {
				p.Of = d.Hash
				break
			}
		}
	}
	if p.Of == "" || !slices.ContainsFunc(p.Derived, func(d material.Derived) bool { return d.Hash == p.Of }) {
		p.Of = ""
		return nil
	}
	f, err := v.Clerk.File(v.ctx(), v.Order, p.ID.String(), p.Of)
	if err != nil {
		return err
	}
	p.Text = string(f.Content)
	for len(p.Text) > mostText || p.Cut && !utf8.ValidString(p.Text) {
		p.Text, p.Cut = p.Text[:min(len(p.Text)-1, mostText)], true
	}
	p.Spans = spansOf(p.Text, p.Of, p.Mentions)
	return nil
}

// spansOf cuts a text at its mentions. Of mentions that overlap the first counts,
// of those that begin together the longest.
func spansOf(text, place string, mentions []material.Judged) []span {
	var here []material.Judged
	for _, m := range mentions {
		if m.Place == place && m.End <= len(text) && m.Start < m.End {
			here = append(here, m)
		}
	}
	slices.SortStableFunc(here, func(a, b material.Judged) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(b.Score, a.Score))
	})
	var out []span
	at := 0
	for _, m := range here {
		if m.Start < at {
			continue
		}
		if m.Start > at {
			out = append(out, span{Text: text[at:m.Start]})
		}
		out = append(out, span{Text: text[m.Start:m.End], Band: m.Band, Key: m.Key})
		at = m.End
	}
	if at < len(text) {
		out = append(out, span{Text: text[at:]})
	}
	return out
}

// showReceipt is what the sender takes home.
func (v *visit) showReceipt() error {
	p, err := v.materialOf(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	m := material.Material{Submitted: material.Submitted{ID: p.ID, Originator: p.Originator, Reference: p.Reference, Documents: p.Documents}, At: p.At}
	return v.show(say(v.own(), "Receipt"), receiptPage(p, m.Receipt()))
}

// showMention chooses the dossier that a mention means.
func (v *visit) showMention() error {
	p, err := v.materialOf(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Mentions, func(m material.Judged) bool { return m.Key == v.r.PathValue("key") })
	if i < 0 {
		return fault.New(fault.NotFound, "there is no such mention")
	}
	cases, err := v.choices("dossier", "open")
	if err != nil {
		return err
	}
	return v.show(say(v.own(), "Whom it means"), mentionPage(p, p.Mentions[i], cases))
}

// sendDocument sends the very bytes of a document, always as a file to keep: it
// came from outside, and no browser opens it as a page of ours.
func (v *visit) sendDocument() error {
	f, err := v.Clerk.File(v.ctx(), v.Order, v.r.PathValue("id"), v.r.PathValue("hash"))
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("Content-Length", strconv.Itoa(len(f.Content)))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(f.Content) // a reader who left is no fault
	return nil
}
