package pack

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/dossier"
	"interdict/internal/paper"
)

// sheet describes pack.pdf.
func (p *Pack) sheet(said quotes, all []original) paper.Sheet {
	s := paper.Sheet{
		Title: "Evidence pack of " + strings.ReplaceAll(p.Of, "/", " "), Mark: mark(p.Label), At: p.At,
		Header: "Evidence pack of " + p.Of,
		Footer: fmt.Sprintf("printed by %s at %s from entry %d of the ledger", p.printedBy(), p.At.Format("2006-01-02 15:04:05 UTC"), p.Entries-1),
	}
	if p.Purpose != "" {
		s.Footer += "; purpose: " + p.Purpose
	}
	if p.Less {
		s.Blocks = append(s.Blocks, paper.Paragraph{Text: "Parts were left out for the ceiling " + mark(p.Ceiling) + "."})
	}
	for _, t := range p.Things {
		s.Blocks = append(s.Blocks, p.thing(t, said)...)
	}
	s.Blocks = append(s.Blocks, p.proofs(all)...)
	return s
}

// heading is what a thing is called.
func heading(t clerk.Seen) string {
	kind, id, _ := strings.Cut(t.Stream, "/")
	name := strings.ToUpper(kind[:1]) + kind[1:] + " " + id
	switch c := t.Content.(type) {
	case dossier.Dossier:
		return name + ": " + c.Title
	case clerk.DossierSeen:
		return name + ": " + c.Title
	case clerk.MaterialSeen:
		return name + ": " + c.Title
	}
	return name
}

func (p *Pack) thing(t clerk.Seen, said quotes) []paper.Block {
	out := []paper.Block{paper.Heading{Level: 1, Text: heading(t)}}
	add := func(b ...paper.Block) { out = append(out, b...) }
	add(labelled("Shown", p.shown(t)))
	switch c := t.Content.(type) {
	case dossier.Dossier:
		add(closedDossier(c, said)...)
	case clerk.DossierSeen:
		add(labelled("State", string(c.State)), labelled("Opened", instant(c.At)))
		add(reasons("Reasons", c.Text)...)
		add(content(c.Content, said)...)
	case clerk.MaterialSeen:
		add(materialBlocks(c, slices.Contains(t.Parts, access.MaterialReadWork))...)
	default:
		add(tell(t.Content)...)
	}
	return out
}

// shown says how much of a thing is printed.
func (p *Pack) shown(t clerk.Seen) string {
	if p.Ceiling != "" {
		return fmt.Sprintf("version %d: what may be in a pack under %s", t.Version, mark(p.Ceiling))
	}
	var parts []string
	for _, a := range t.Parts {
		e, _ := access.Find(a)
		parts = append(parts, e.What)
	}
	return fmt.Sprintf("version %d: %s", t.Version, strings.Join(parts, "; "))
}

// proofs say what else is in the pack and how it is verified.
func (p *Pack) proofs(all []original) []paper.Block {
	out := []paper.Block{
		paper.Heading{Level: 1, Text: "Documents and proofs in this pack"},
		paper.Paragraph{Text: fmt.Sprintf("Beside this paper the pack holds the same as data (pack.json), %d documents, %d receipts of entries of the ledger and its checkpoint. README.txt says how they are verified without the commission's machine; MANIFEST.json has the hash of every file.", len(all), len(p.receipts))},
	}
	if len(all) > 0 {
		t := paper.Table{Head: []string{"Material", "File in the pack", "SHA-256"}, Widths: []float64{2, 4, 4}}
		for _, o := range all {
			t.Rows = append(t.Rows, []string{o.Material, o.Path, o.Hash})
		}
		out = append(out, paper.Heading{Level: 2, Text: "Documents"}, t)
	}
	return append(out, paper.Heading{Level: 2, Text: "Checkpoint of the ledger"}, paper.Paragraph{Text: strings.TrimSpace(string(p.checkpoint))})
}
