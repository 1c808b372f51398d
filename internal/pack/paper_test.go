package pack

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/date"
	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/material"
	"interdict/internal/paper"
	"interdict/internal/record"
)

// marker fills values, each field with something of its own, and remembers what.
type marker struct {
	n     int
	marks map[string]string // what to find on the paper, by field
	skip  map[string]bool   // fields that are not marked
}

// fill marks a value and all that it consists of; lists get one element.
func (m *marker) fill(path string, v reflect.Value) {
	m.n++
	mark := func(text string) {
		if !m.skip[path] {
			m.marks[path] = text
		}
	}
	switch v.Interface().(type) {
	case record.Subject:
		v.Set(reflect.ValueOf(record.Subject{Names: []record.Name{{Full: fmt.Sprint("name-", m.n)}}}))
		mark(fmt.Sprint("name-", m.n))
		return
	case deadline.Clock: // of a clock the paper says when it ends
		v.Set(reflect.ValueOf(deadline.Clock{Due: time.Unix(int64(m.n), 0)}))
		mark(instant(time.Unix(int64(m.n), 0)))
		return
	case time.Time:
		v.Set(reflect.ValueOf(time.Unix(int64(m.n), 0)))
		mark(instant(time.Unix(int64(m.n), 0)))
		return
	case date.Partial:
		d, err := date.Parse(fmt.Sprint(1900 + m.n%100))
		if err != nil {
			panic(err)
		}
		v.Set(reflect.ValueOf(d))
		mark(d.String())
		return
	case material.ID:
		m.id(v, idOf[material.Material](byte(m.n)), mark)
		return
	case dossier.ID:
		m.id(v, idOf[dossier.Dossier](byte(m.n)), mark)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("text-", m.n, "."))
		mark(v.String())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(700000 + m.n))
		mark(fmt.Sprint(v.Int()))
	case reflect.Uint64:
		v.SetUint(uint64(700000 + m.n))
		mark(fmt.Sprint(v.Uint()))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		m.fill(path, v.Index(0))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		m.fill(path, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				m.fill(strings.TrimPrefix(path+"."+f.Name, "."), v.Field(i))
			}
		}
	default:
		panic(path + ": a " + v.Kind().String())
	}
}

func (m *marker) id(v reflect.Value, id fmt.Stringer, mark func(string)) {
	v.Set(reflect.ValueOf(id))
	mark(id.String())
}

// printed is all the text of blocks.
func printed(blocks []paper.Block) string {
	var b strings.Builder
	for _, x := range blocks {
		fmt.Fprintln(&b, x)
	}
	return b.String()
}

// TestThePaperLeavesNoFieldOut: what is in pack.json is on paper, but for what says
// nothing to whoever reads it.
func TestThePaperLeavesNoFieldOut(t *testing.T) {
	check := func(content any, printed string, m marker) {
		t.Helper()
		if len(m.marks) < 20 {
			t.Fatalf("%T has %d fields", content, len(m.marks))
		}
		for path, text := range m.marks {
			if !strings.Contains(printed, text) {
				t.Errorf("%T: %s (%s) is not on paper", content, path, text)
			}
		}
		if t.Failed() {
			t.Log(printed)
		}
	}
	p := &Pack{}
	seen := func(content any) string {
		return printed(p.thing(clerk.Seen{Stream: "material/M", Version: 7, Parts: []access.Action{access.MaterialReadWork}, Content: content}, nil))
	}

	m := marker{marks: map[string]string{}, skip: map[string]bool{
		"ID":                     true, // in the heading
		"Handling.TLP":           true, // in capitals
		"Mentions.Mention.Score": true, // as a share
		"Derived.Near":           true, // nobody is shown it
	}}
	var of clerk.MaterialSeen
	m.fill("", reflect.ValueOf(&of).Elem())
	check(of, seen(of), m)
	for _, word := range []string{"NO: " + of.Screenings[0].Reason, "by a program", "its sender must consent", "dossier " + of.Mentions[0].Target} {
		if !strings.Contains(seen(of), word) {
			t.Errorf("the paper of a material does not say %q", word)
		}
	}

	m = marker{marks: map[string]string{}, skip: map[string]bool{
		"ID": true, "Version": true, // in the heading and under it
		"Content.Timeline.Key": true, "Content.Statements.Key": true, "Askings.Answer.Key": true, // nothing on paper names them
		"Content.Allegations.Spans.Quote": true, "Content.Timeline.Spans.Quote": true, "Content.Statements.Span.Quote": true, // the words are quoted
	}}
	var d dossier.Dossier
	m.fill("", reflect.ValueOf(&d).Elem())
	check(d, seen(d), m)
	if n := strings.Count(seen(d), closedOnly); n != 2 {
		t.Errorf("%d parts are marked as closed, want an allegation and a date", n)
	}
}

// TestNotScreenedIsNotNoHit: whoever may know it reads that nothing was screened;
// who may not, reads nothing of it.
func TestNotScreenedIsNotNoHit(t *testing.T) {
	for _, c := range []struct {
		of   []material.Screening
		want string
	}{
		{nil, "NO: not yet"},
		{[]material.Screening{{Reason: "no text"}}, "NO: no text"},
		{[]material.Screening{{Unread: []string{"p. 3: a picture"}}}, "in part"},
		{[]material.Screening{{}}, "yes"},
	} {
		text := printed(materialBlocks(clerk.MaterialSeen{Screenings: c.of}, true))
		if !strings.Contains(text, "{Screened "+c.want+"}") {
			t.Errorf("%+v: want %q in:\n%s", c.of, c.want, text)
		}
		if text := printed(materialBlocks(clerk.MaterialSeen{}, false)); strings.Contains(text, "Screened") {
			t.Errorf("the sender reads of screenings:\n%s", text)
		}
	}
}
