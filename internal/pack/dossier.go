package pack

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/dossier"
	"interdict/internal/paper"
)

// closedDossier prints a dossier as it is.
func closedDossier(d dossier.Dossier, said quotes) []paper.Block {
	out := []paper.Block{labelled("State", string(d.State)), labelled("Opened", instant(d.At)), labelled("Works on it", joined(d.Team))}
	for _, l := range []paper.Labelled{{Label: "Stands aside", Text: joined(d.Recused)}, {Label: "Came from", Text: joined(d.From)}, {Label: "Merged into", Text: d.Into.String()}, {Label: "Decision", Text: d.Decision}} {
		if l.Text != "" {
			out = append(out, l)
		}
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
		t := paper.Table{Head: []string{"What", "Who says it", "Says", "Evidence"}, Widths: []float64{2, 2, 3, 3}}
		for _, s := range c.Statements {
			cited := ""
			if s.Span != nil {
				cited = said.cite(*s.Span)
			}
			t.Rows = append(t.Rows, []string{s.Field, s.Party, s.Value, cited})
		}
		out = append(out, section("Statements side by side", []paper.Block{t})...)
	}
	out = append(out, section("Links", tell(c.Links))...)
	return append(out, section("Contacts", tell(c.Contacts))...)
}

// closedOnly marks what the open version leaves out.
const closedOnly = "closed version only"

func allegations(all []dossier.Allegation, said quotes) []paper.Block {
	var out []paper.Block
	for _, a := range all {
		kind := words(string(a.Assertion)) + ", " + words(string(a.Sort))
		if a.Closed {
			kind += "; " + closedOnly
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
		kind := words(string(e.Assertion))
		if e.Closed {
			kind += "; " + closedOnly
		}
		row := []string{e.When.String(), e.Text + " (" + kind + ")"}
		if len(t.Head) > len(row) {
			row = append(row, strings.Join(cited, "\n"))
		}
		t.Rows = append(t.Rows, row)
	}
	return []paper.Block{t}
}

func askings(all []dossier.Asking) []paper.Block {
	var out []paper.Block
	for _, a := range all {
		who := words(string(a.What))
		if a.From != "" {
			who += " of " + a.From
		}
		if a.By != "" {
			who += " by " + string(a.By)
		}
		out = append(out, labelled(a.Key, fmt.Sprintf("%s to %s, %s, due %s", who, a.To, words(string(a.State)), instant(a.Clock.Due))), labelled("", a.Text))
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
