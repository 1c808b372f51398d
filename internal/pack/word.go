package pack

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"interdict/internal/paper"
	"interdict/internal/record"
)

// words spells a code as words.
func words(code string) string { return strings.NewReplacer("_", " ").Replace(code) }

func labelled(label, text string) paper.Labelled {
	if text == "" {
		text = "–"
	}
	return paper.Labelled{Label: label, Text: text}
}

// instant is a time with its zone.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}

func joined[T any](all []T) string {
	var out []string
	for _, x := range all {
		out = append(out, fmt.Sprint(x))
	}
	return strings.Join(out, ", ")
}

func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		return strings.Compare(fmt.Sprint(a.Interface()), fmt.Sprint(b.Interface()))
	})
	return keys
}

// subject prints who is meant: the names as they were given, each in its script,
// then whatever else is known.
func subject(s record.Subject) []paper.Block {
	var out []paper.Block
	if s.Kind != "" {
		out = append(out, labelled("kind", string(s.Kind)))
	}
	for _, n := range s.Names {
		label := "name"
		if n.Type != "" {
			label += ", " + string(n.Type)
		}
		if n.Quality == record.Weak {
			label += ", weak"
		}
		out = append(out, labelled(label, n.Full))
		for _, b := range n.Births {
			out = append(out, labelled("born, of this name", birth(b)))
		}
		if n.Note != "" {
			out = append(out, labelled("note on the name", n.Note))
		}
	}
	for _, b := range s.Births {
		out = append(out, labelled("born", birth(b)))
	}
	rest := s
	rest.Kind, rest.Names, rest.Births = "", nil, nil
	return append(out, tellStruct("", reflect.ValueOf(rest))...)
}

func birth(b record.Birth) string {
	var parts []string
	for _, text := range []string{b.Date.String(), b.Place.Text, b.Place.City, b.Place.Region, b.Place.Country, b.Note} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ")
}
