package web

import (
	"context"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/dossier"
	"interdict/internal/draw"
	"interdict/internal/id"
	"interdict/internal/material"
	"interdict/internal/record"
)

// tied is a link of the network with the thing that says so.
type tied struct {
	draw.Link
	source string // stream
}

// network is who is tied to whom in a case.
type network struct {
	nodes []draw.Node
	ties  []tied
	at    map[string]int // nodes by id
}

const subjectNode = "subject"

// networkOf puts the network together from the materials that the reader may
// read and the case's own links.
func networkOf(ctx context.Context, p dossierPage) *network {
	n := &network{at: map[string]int{}}
	kind := draw.Kind(p.Case.Subject.Kind)
	n.node(draw.Node{ID: subjectNode, Kind: kind, Label: p.Case.Title, Focus: true})
	for _, m := range p.Shown.Materials {
		n.material(ctx, m, p.Case)
	}
	for _, l := range p.Case.Content.Links {
		to := "dossier/" + l.To
		x := draw.Node{ID: to, Kind: draw.Other, Label: l.To, Note: visitOf(ctx).organisationOf(l.Owner)}
		if isDossier(l.To) {
			x.Kind, x.Label, x.Href = draw.Dossier, short(l.To), pathOf(to)
		}
		n.node(x)
		n.tie(subjectNode, to, l.Role, draw.Confirmed, say(ctx, "confirmed"), dossier.Stream(p.Case.ID))
	}
	return n
}

func (n *network) node(x draw.Node) {
	if _, ok := n.at[x.ID]; ok {
		return
	}
	n.at[x.ID] = len(n.nodes)
	n.nodes = append(n.nodes, x)
}

func (n *network) tie(from, to, label string, c draw.Certainty, said, source string) {
	for _, t := range n.ties {
		if t.From == from && t.To == to && t.Label == label && t.source == source {
			return
		}
	}
	n.ties = append(n.ties, tied{draw.Link{From: from, To: to, Label: label, Certainty: c, Said: said}, source})
}

func (n *network) label(node string) string {
	if i, ok := n.at[node]; ok {
		return n.nodes[i].Label
	}
	return node
}

// material adds what one material states: its parties and accounts, and the ties
// between them.
func (n *network) material(ctx context.Context, m clerk.MaterialSeen, d dossier.Dossier) {
	stream := material.Stream(m.ID)
	c := certaintyOf(m.Grade)
	sure := say(ctx, string(c))
	nodes := map[string]string{} // of the material's keys
	for _, x := range m.Parties {
		nodes[x.Key] = n.party(m, x, d)
	}
	for _, a := range m.Accounts {
		node := "account/" + a.Number
		n.node(draw.Node{ID: node, Kind: draw.Account, Label: a.Number, Note: joined(" · ", a.Institution, a.Currency), Href: pathOf(stream)})
		nodes[a.Key] = node
		if a.Holder != "" && nodes[a.Holder] != "" {
			n.tie(nodes[a.Holder], node, say(ctx, "holds"), c, sure, stream)
		}
	}
	linked := map[string]bool{}
	for _, l := range m.Links {
		if from, to := nodes[l.From], nodes[l.To]; from != "" && to != "" {
			n.tie(from, to, l.Role, c, sure, stream)
			linked[from], linked[to] = true, true
		}
	}
	for _, x := range m.Parties {
		if node := nodes[x.Key]; node != subjectNode && !linked[node] {
			n.tie(node, subjectNode, say(ctx, "named with"), draw.Possible, say(ctx, "possible"), stream)
		}
	}
}

// party returns the node of a party: that of the subject, if its mention was
// linked to the case or it has one of the subject's names; else its own.
func (n *network) party(m clerk.MaterialSeen, x material.Party, d dossier.Dossier) string {
	for _, mention := range m.Mentions {
		if mention.State == material.Linked && mention.To == d.ID.String() && mention.Place == x.Key {
			return subjectNode
		}
	}
	label := x.Subject.Names[0].Full
	for _, s := range d.Subject.Names {
		if s.Quality != record.Weak && strings.EqualFold(s.Full, label) && d.Subject.Kind == x.Subject.Kind {
			return subjectNode
		}
	}
	node := string(x.Subject.Kind) + "/" + strings.ToLower(label)
	note := ""
	for _, other := range x.Subject.Names[1:] {
		note = other.Full
		break
	}
	n.node(draw.Node{ID: node, Kind: draw.Kind(x.Subject.Kind), Label: label, Note: note, Href: pathOf(material.Stream(m.ID))})
	return node
}

func (n *network) drawn(ctx context.Context) string {
	links := make([]draw.Link, len(n.ties))
	for i, t := range n.ties {
		links[i] = t.Link
	}
	return draw.Graph(draw.Frame{
		ID: "network", Title: say(ctx, "Who is tied to whom"), RTL: visitOf(ctx).Tongue.RTL,
		About: say(ctx, "%d persons, organisations, accounts and things, and %d ties between them; the table below says the same.", len(n.nodes), len(n.ties)),
	}, n.nodes, links)
}

// certaintyOf is how sure a tie is by the grade of the information in its
// material, on the two scales that grade it by number.
func certaintyOf(g material.Grade) draw.Certainty {
	switch g.Information {
	case "1":
		return draw.Confirmed
	case "2":
		return draw.Probable
	}
	return draw.Possible
}

// isDossier reports whether a reference is the id of one of our dossiers.
func isDossier(text string) bool {
	_, err := id.Parse[dossier.Dossier](text)
	return err == nil
}
