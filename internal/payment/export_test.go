package payment

import "strings"

// Event is what the scanner tells, for comparison with encoding/xml.
type Event struct {
	Kind, Name, Text string
}

type recorder struct{ out []Event }

func (r *recorder) start(name string, attrs []attr, _ int) {
	r.out = append(r.out, Event{Kind: "start", Name: name})
	for _, a := range attrs {
		r.out = append(r.out, Event{Kind: "attribute", Name: a.name, Text: a.value})
	}
}

func (r *recorder) text(s string, _ int) {
	if n := len(r.out); n > 0 && r.out[n-1].Kind == "text" {
		r.out[n-1].Text += s
		return
	}
	r.out = append(r.out, Event{Kind: "text", Text: s})
}

func (r *recorder) end(name string) { r.out = append(r.out, Event{Kind: "end", Name: name}) }

// Scan returns the events of every document in text, without blank texts.
func Scan(text string) ([]Event, error) {
	r := &recorder{}
	s := scanner{src: text, out: r}
	for {
		more, err := s.document()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	var out []Event
	for _, e := range r.out {
		if e.Kind != "text" || strings.TrimSpace(e.Text) != "" {
			out = append(out, e)
		}
	}
	return out, nil
}

// FromRUR6 decodes.
var FromRUR6 = fromRUR6

// ToRUR6 encodes capitals, for round trips.
func ToRUR6(s string) string {
	back := map[rune]rune{}
	for latin, cyrillic := range rur6 {
		back[cyrillic] = latin
	}
	return strings.Map(func(r rune) rune {
		if c, ok := back[r]; ok {
			return c
		}
		return r
	}, s)
}
