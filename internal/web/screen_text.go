package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// textView is a document that is screened, and the answer.
type textView struct {
	Asked    bool
	Pasted   string // what was typed
	Failure  *failure
	Answer   screen.DocumentAnswer
	Text     []stretch // of the document, as far as it is shown
	Cut      bool      // only what stands around the mentions is shown
	Mentions []wordingView
	Stale    []staleList
}

// stretch is a piece of a text: between mentions, or one.
type stretch struct {
	Text    string
	Gap     bool   // something is left out before it
	Part    string // name of the part of the document that begins here
	Mention int    // number of the card; 0: no mention
	Band    screen.Band
	ID      string // of the place
}

// wordingView is one wording with everybody whom it may name, and its places.
type wordingView struct {
	Number int
	Text   string
	Places []place
	Hits   []hitView
}

// place is where a wording stands.
type place struct {
	ID   string // of the mark in the text; "" if it is not shown
	Path string // element of a payment
}

func (v *visit) showTexts(p textView) error {
	if !v.may("screen.document") {
		return fault.New(fault.NotFound, "there is no such page")
	}
	var err error
	if p.Stale, err = v.staleLists(); err != nil {
		return err
	}
	status := http.StatusOK
	if p.Failure != nil {
		status = p.Failure.Status
	}
	return v.render(status, frame(say(v.own(), "Screen a document"), textPage(p)))
}

// given returns what was uploaded or else pasted, and its name.
func (v *visit) given(e entry) (name string, content []byte, err error) {
	if files := e.files["file"]; len(files) > 0 && len(files[0]) > 0 {
		return e.names["file"][0], files[0], nil
	}
	if text := e.values.Get("text"); strings.TrimSpace(text) != "" {
		return "pasted.txt", []byte(text), nil
	}
	return "", nil, fault.New(fault.Invalid, "choose a file, or paste a text")
}

func (v *visit) screenDocument() error {
	if !v.may("screen.document") {
		return fault.New(fault.NotFound, "there is no such page")
	}
	e, err := v.entryOf()
	if err != nil {
		return err
	}
	p := textView{Pasted: e.values.Get("text")}
	name, content, err := v.given(e)
	if err != nil {
		f := failureOf(err)
		p.Failure = &f
		return v.showTexts(p)
	}
	var text document.Text
	if p.Answer, text, err = v.Clerk.ScreenText(v.ctx(), v.Order, name, content); err != nil {
		return err
	}
	p.Asked = true
	listed, err := v.listed(p.Answer.Snapshot, hitsOf(p.Answer.Mentions)...)
	if err != nil {
		return err
	}
	p.Mentions = cards(listed, p.Answer.Mentions, text.Body)
	p.Text, p.Cut = stretches(text, p.Answer.Mentions, p.Mentions)
	return v.showTexts(p)
}

// cards draws equal wordings that name the same people together, the serious ones
// first.
func cards(listed map[string]*register.Subject, all []screen.Mention, body string) []wordingView {
	var out []wordingView
	number := map[string]int{}
	for i, m := range all {
		key := wording(m)
		k, ok := number[key]
		if !ok {
			k = len(out)
			number[key] = k
			out = append(out, wordingView{Number: k + 1, Text: m.Text, Hits: beside(listed, m.Hits, clerk.Compared{Passage: passageOf(m, body)})})
		}
		at := place{Path: m.Path}
		if m.Path == "" {
			at.ID = "at" + strconv.Itoa(i+1)
		}
		out[k].Places = append(out[k].Places, at)
	}
	slices.SortStableFunc(out, func(a, b wordingView) int {
		return cmp.Compare(seriousness(a.Hits[0].Found.Band), seriousness(b.Hits[0].Found.Band))
	})
	return out
}

// hitsOf are the hits of all mentions.
func hitsOf(all []screen.Mention) []screen.Hit {
	var out []screen.Hit
	for _, m := range all {
		out = append(out, m.Hits...)
	}
	return out
}

// wording tells mentions apart that want a card each.
func wording(m screen.Mention) string {
	key := m.Text
	for _, h := range m.Hits {
		key += "\x00" + h.Subject + string(h.Band)
	}
	return key
}

func seriousness(b screen.Band) int {
	return slices.Index([]screen.Band{screen.Strong, screen.Possible, screen.Weak}, b)
}

// passageOf is a mention with what stands around it.
func passageOf(m screen.Mention, body string) *clerk.Passage {
	if m.Path != "" || m.End > len(body) {
		before, after, _ := strings.Cut(m.Context, m.Text)
		return &clerk.Passage{Before: before, Text: m.Text, After: after}
	}
	before, after := body[:m.Start], body[m.End:]
	return &clerk.Passage{Before: lastRunes(before, 90), Text: body[m.Start:m.End], After: firstRunes(after, 90)}
}

// suspect is who is meant by a mention, for the form that raises an alert.
func (m wordingView) suspect() record.Subject {
	return record.Subject{Kind: m.Hits[0].Found.Schema, Names: []record.Name{{Full: strings.Join(strings.Fields(m.Text), " "), Type: record.Primary}}}
}
