package screen

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/record"
	"interdict/internal/register"
)

// drawSubject draws a subject with texts that look like the JSON around them.
func drawSubject(t *rapid.T) register.Subject {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"a", "b", `"Line":1`, `{"Edition":"x"}`, `\`, `\"`, "Edition", ",", "]", "}"}))
	s := register.Subject{ID: text.Draw(t, "id")}
	for range rapid.IntRange(0, 3).Draw(t, "entries") {
		e := register.Entry{ID: text.Draw(t, "entry"), Former: []string{text.Draw(t, "former")}}
		e.Source, e.Edition, e.Key = text.Draw(t, "source"), text.Draw(t, "edition"), text.Draw(t, "key")
		e.File, e.Element, e.Line = text.Draw(t, "file"), text.Draw(t, "element"), rapid.IntRange(-1, 9).Draw(t, "line")
		e.Names = []record.Name{{Full: text.Draw(t, "name")}}
		e.Remarks = []record.Text{{Text: text.Draw(t, "remark")}}
		s.Entries = append(s.Entries, e)
	}
	return s
}

func TestWhatIsEqualWithoutItsPlacesSaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := drawSubject(t)
		two := drawSubject(t)
		moved := one
		moved.Entries = append([]register.Entry(nil), one.Entries...)
		for i := range moved.Entries {
			e := &moved.Entries[i]
			e.Edition, e.File, e.Line, e.Element = e.Edition+"}", `"`, e.Line+1, `Line":2,"`
			if rapid.IntRange(0, 3).Draw(t, "other") == 0 {
				e.Remarks = []record.Text{{Text: "other"}}
			}
		}
		for _, pair := range [][2]register.Subject{{one, two}, {one, moved}, {one, one}} {
			a, b := pair[0], pair[1]
			equal := bytes.Equal(appendPlaceless(nil, asText(t, a)), appendPlaceless(nil, asText(t, b)))
			saysA, errA := a.Said()
			saysB, errB := b.Said()
			if errA != nil || errB != nil {
				t.Fatal(errA, errB)
			}
			if same := bytes.Equal(saysA, saysB) && a.ID == b.ID && len(a.Entries) == len(b.Entries); equal && !bytes.Equal(saysA, saysB) || same && !equal && sameFormer(a, b) {
				t.Fatalf("equal %t, says the same %t:\n%s\n%s", equal, same, asText(t, a), asText(t, b))
			}
		}
	})
}

func sameFormer(a, b register.Subject) bool {
	for i := range a.Entries {
		if a.Entries[i].ID != b.Entries[i].ID || a.Entries[i].Former[0] != b.Entries[i].Former[0] {
			return false
		}
	}
	return true
}

func asText(t *rapid.T, s register.Subject) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
