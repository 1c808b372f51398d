package pack

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/dossier"
	"interdict/internal/material"
	"interdict/internal/paper"
)

// closedDossier prints a dossier as it is.
func closedDossier(d dossier.Dossier, said quotes) []paper.Block {
	out := []paper.Block{labelled("State", string(d.State)), labelled("Opened", instant(d.At)), labelled("Works on it", joined(d.Team))}
	if len(d.Recused) > 0 {
		out = append(out, labelled("Stands aside", joined(d.Recused)))
	}
	out = append(out, section("Who it is about", subject(d.Subject))...)
	out = append(out, reasons("Open reasons", d.Text.Open)...)
	out = append(out, reasons("Closed reasons", d.Text.Closed)...)
	out = append(out, content(d.Content, said)...)
	out = append(out, section("Requests and inquiries", askings(d.Askings))...)
	return append(out, section("Submissions", tell(d.Pins))...)
}

func reasons(head, text string) []paper.Block {
	if text == "" {
		return nil
	}
	return []paper.Block{paper.Heading{Level: 2, Text: head}, paper.Paragraph{Text: text}}
}

// section is a heading with its blocks, nothing without any.
func section(head string, blocks []paper.Block) []paper.Block {
	if len(blocks) == 0 {
		return nil
	}
	return append([]paper.Block{paper.Heading{Level: 2, Text: head}}, blocks...)
}

func content(c dossier.Content, said quotes) []paper.Block {
	out := section("Grounds and evidence", allegations(c.Allegations, said))
	out = append(out, section("Timeline", timeline(c.Timeline, said))...)
	if len(c.Statements) > 0 {
		t := paper.Table{Head: []string{"What", "Who says it", "Says"}, Widths: []float64{2, 2, 4}}
		for _, s := range c.Statements {
			t.Rows = append(t.Rows, []string{s.Field, s.Party, s.Value})
		}
		out = append(out, section("Statements side by side", []paper.Block{t})...)
	}
	out = append(out, section("Links", tell(c.Links))...)
	return append(out, section("Contacts", tell(c.Contacts))...)
}

func allegations(all []dossier.Allegation, said quotes) []paper.Block {
	var out []paper.Block
	for _, a := range all {
		kind := words(string(a.Assertion)) + ", " + words(string(a.Sort))
		if a.Closed {
			kind += "; closed version only"
		}
		out = append(out,
			labelled(a.Key, words(a.Ground)+" – "+words(a.Element)+" ("+kind+")"),
			labelled("", a.Text))
		if len(a.BasedOn) > 0 {
			out = append(out, labelled("based on", strings.Join(a.BasedOn, ", ")))
		}
		for _, s := range a.Spans {
			out = append(out, labelled("evidence", said.cite(s)))
		}
	}
	return out
}

// cite says where a span stands and, if the document is in the pack, its words.
func (q quotes) cite(s dossier.Span) string {
	where := fmt.Sprintf("material %s, document %s…, bytes %d to %d", s.Material, s.Document[:min(12, len(s.Document))], s.Start, s.End)
	if words, ok := q[s]; ok {
		return "“" + words + "”\n" + where
	}
	return where
}

func timeline(all []dossier.Entry, said quotes) []paper.Block {
	if len(all) == 0 {
		return nil
	}
	t := paper.Table{Head: []string{"When", "What"}, Widths: []float64{2, 8}}
	if slices.ContainsFunc(all, func(e dossier.Entry) bool { return len(e.Spans) > 0 }) {
		t.Head, t.Widths = append(t.Head, "Evidence"), []float64{2, 4, 4}
	}
	for _, e := range all {
		var cited []string
		for _, s := range e.Spans {
			cited = append(cited, said.cite(s))
		}
		t.Rows = append(t.Rows, []string{e.When.String(), e.Text + " (" + words(string(e.Assertion)) + ")", strings.Join(cited, "\n")})
	}
	return []paper.Block{t}
}

func askings(all []dossier.Asking) []paper.Block {
	var out []paper.Block
	for _, a := range all {
		out = append(out, labelled(a.Key, fmt.Sprintf("%s to %s, %s, due %s", words(string(a.What)), a.To, words(string(a.State)), instant(a.Clock.Due))), labelled("", a.Text))
		if a.Answer.Text != "" {
			out = append(out, labelled("answer", a.Answer.Text))
		}
		if len(a.Answer.Materials) > 0 {
			out = append(out, labelled("handed in", joined(a.Answer.Materials)))
		}
		if a.Reason != "" {
			out = append(out, labelled("why", a.Reason))
		}
	}
	return out
}

func materialBlocks(m clerk.MaterialSeen) []paper.Block {
	handling := mark(m.Handling.TLP)
	if m.Handling.OriginatorControl {
		handling += "; its sender must consent to any further use"
	}
	out := []paper.Block{
		labelled("Sender", string(m.Originator)), labelled("Reference", m.Reference), labelled("Handed in", instant(m.At)),
		labelled("Handling", handling), labelled("Handed to", joined(m.Handling.Recipients)), labelled("Sort", words(string(m.Sort))), labelled("State", string(m.State)),
	}
	if m.Grade != (material.Grade{}) {
		out = append(out, labelled("Grade", fmt.Sprintf("%s: source %s, information %s", m.Grade.Scheme, m.Grade.Source, m.Grade.Information)))
	}
	out = append(out, reasons("Summary", m.Summary)...)
	out = append(out, reasons("Reasons", m.Reasons)...)
	for _, p := range m.Parties {
		out = append(out, section("Party "+p.Key, subject(p.Subject))...)
	}
	out = append(out, section("Accounts", tell(m.Accounts))...)
	out = append(out, section("Links", tell(m.Links))...)
	if len(m.Documents) > 0 {
		t := paper.Table{Head: []string{"Document", "Kind", "Bytes", "SHA-256"}, Widths: []float64{3, 2, 1, 4}}
		for _, d := range m.Documents {
			t.Rows = append(t.Rows, []string{d.Name, d.Media, fmt.Sprint(d.Size), d.Hash})
		}
		out = append(out, section("Documents", []paper.Block{t})...)
	}
	if len(m.Mentions) > 0 {
		t := paper.Table{Head: []string{"Found", "Whom", "Score", "Judged"}, Widths: []float64{3, 3, 1, 3}}
		for _, x := range m.Mentions {
			t.Rows = append(t.Rows, []string{x.Text, x.Target, fmt.Sprintf("%.2f", float64(x.Score)/10000), words(string(x.State)) + " " + x.Reason})
		}
		out = append(out, section("Mentions", []paper.Block{t})...)
	}
	out = append(out, section("Uses", tell(m.Uses))...)
	return append(out, section("Feedback", tell(m.Feedback))...)
}
