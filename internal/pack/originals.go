package pack

import (
	"context"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"interdict/internal/clerk"
	"interdict/internal/dossier"
)

// original is a document in the pack.
type original struct {
	Material string `json:"material"`
	Hash     string `json:"sha256"`
	Name     string `json:"name"`
	Derived  bool   `json:"derived,omitempty"` // a text made of a document, by a program or a translator
	Path     string `json:"path"`              // in the pack
}

// originals lists the documents that the reader may have.
func (p *Pack) originals() []original {
	var out []original
	for _, t := range p.Things {
		m, ok := t.Content.(clerk.MaterialSeen)
		if !ok {
			continue
		}
		for i, d := range m.Documents {
			out = append(out, original{t.ID, d.Hash, d.Name, false, fmt.Sprintf("originals/%s/%02d-%s", t.ID, i+1, plainName(d.Name))})
		}
		for _, d := range m.Derived {
			name := string(d.As) + "-" + d.Hash[:min(16, len(d.Hash))] + ".txt"
			out = append(out, original{t.ID, d.Hash, name, true, "derived/" + t.ID + "/" + name})
		}
	}
	return out
}

// plainName is a name that every system can keep a file under.
func plainName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/:*?"<>|`, r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, name)
	for len(name) > 120 {
		_, size := utf8.DecodeRuneInString(name)
		name = name[size:] // the end tells the format
	}
	if name = strings.Trim(name, ". "); name == "" {
		return "document"
	}
	return name
}

// quotes are the words of spans, by where they stand.
type quotes map[dossier.Span]string

// take keeps what the spans of a dossier quote from a document.
func (q quotes) take(spans []dossier.Span, of original, content []byte) {
	for _, s := range spans {
		if s.Document == of.Hash && s.Material.String() == of.Material && s.Holds(content) == nil && utf8.Valid(content[s.Start:s.End]) {
			q[s] = string(content[s.Start:s.End])
		}
	}
}

// quoted returns the spans of the dossier in the pack.
func (p *Pack) quoted() []dossier.Span {
	var out []dossier.Span
	for _, t := range p.Things {
		switch c := t.Content.(type) {
		case dossier.Dossier:
			out = append(out, c.Content.Spans()...)
		case clerk.DossierSeen:
			out = append(out, c.Content.Spans()...)
		}
	}
	return out
}

// document reads a document; that it was read stands in the ledger.
func (p *Pack) document(ctx context.Context, o original) ([]byte, error) {
	f, err := p.clerk.File(ctx, p.order, o.Material, o.Hash)
	if err != nil {
		return nil, fmt.Errorf("reading %s of material %s: %w", o.Name, o.Material, err)
	}
	return f.Content, nil
}
