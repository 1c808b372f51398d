package pack

import (
	"fmt"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/material"
	"interdict/internal/paper"
)

// materialBlocks prints a material; with what the secretariat made of it if the
// reader may know of that.
func materialBlocks(m clerk.MaterialSeen, work bool) []paper.Block {
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
	out = append(out, documents(m)...)
	if work {
		out = append(out, section("Screenings", screenings(m.Screenings))...)
		out = append(out, section("Mentions", mentions(m.Mentions))...)
	}
	out = append(out, section("Uses", tell(m.Uses))...)
	return append(out, section("Feedback", tell(m.Feedback))...)
}

// documents lists what was handed in, and the texts that were made of it.
func documents(m clerk.MaterialSeen) []paper.Block {
	var out []paper.Block
	if len(m.Documents) > 0 {
		t := paper.Table{Head: []string{"Document", "Kind", "Bytes", "SHA-256"}, Widths: []float64{3, 2, 1, 4}}
		for _, d := range m.Documents {
			t.Rows = append(t.Rows, []string{d.Name, d.Media + in(d.Language), fmt.Sprint(d.Size), d.Hash})
		}
		out = section("Documents", []paper.Block{t})
	}
	if len(m.Derived) > 0 {
		t := paper.Table{Head: []string{"Text", "Made", "Of (SHA-256)", "SHA-256"}, Widths: []float64{2, 2, 3, 3}}
		for _, d := range m.Derived {
			made := "by a person"
			if d.Machine {
				made = "by a program, unread by a person"
			}
			if d.Tool != "" {
				made += " (" + d.Tool + ")"
			}
			t.Rows = append(t.Rows, []string{words(string(d.As)) + in(d.Language), made, d.Of, d.Hash})
		}
		out = append(out, section("Texts made of documents", []paper.Block{t})...)
	}
	return out
}

// in names a language.
func in(language string) string {
	if language == "" {
		return ""
	}
	return ", language " + language
}

// screenings print what a material was held against, and what of it was not.
func screenings(all []material.Screening) []paper.Block {
	if len(all) == 0 {
		return []paper.Block{labelled("Screened", "NO: not yet")}
	}
	var out []paper.Block
	for _, s := range all {
		done := "yes"
		switch {
		case s.Reason != "":
			done = "NO: " + s.Reason
		case len(s.Unread) > 0:
			done = "in part"
		}
		out = append(out, labelled("Screened", done))
		if len(s.Unread) > 0 {
			out = append(out, labelled("not read", strings.Join(s.Unread, "\n")))
		}
		out = append(out, labelled("against", fmt.Sprintf("register %s by profile %s; open dossiers %s", s.Snapshot, s.Profile, s.Dossiers)))
	}
	return out
}

// mentions print who seems to be named, and what was judged of it.
func mentions(all []material.Judged) []paper.Block {
	if len(all) == 0 {
		return nil
	}
	t := paper.Table{Head: []string{"Found", "Where", "Whom", "Score", "Judged"}, Widths: []float64{2, 3, 2, 1, 3}}
	for _, x := range all {
		kind := "register"
		if x.Dossier {
			kind = "dossier"
		}
		judged := []string{words(string(x.State))}
		for _, w := range []struct{ label, text string }{{"to", x.To}, {"until", instant(x.Until)}, {"by", string(x.By)}} {
			if w.text != "" {
				judged = append(judged, w.label+" "+w.text)
			}
		}
		if x.Reason != "" {
			judged = append(judged, x.Reason)
		}
		t.Rows = append(t.Rows, []string{
			x.Key + ": " + x.Text, fmt.Sprintf("%s, bytes %d to %d", x.Place, x.Start, x.End), kind + " " + x.Target,
			fmt.Sprintf("%.2f %s", float64(x.Score)/10000, x.Band), strings.Join(judged, "\n"),
		})
	}
	return []paper.Block{t}
}
