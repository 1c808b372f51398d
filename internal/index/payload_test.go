package index_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/name"
)

func TestThePayloadOfALivingSubjectIsFoundByItsID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c]{0,4}`), 0, 20, rapid.ID[string]).Draw(t, "ids")
		want := map[string]string{}
		segment := func(as string, ids []string) *index.Segment {
			var subjects []index.Subject
			for _, id := range ids {
				want[id] = as + id
				subjects = append(subjects, index.Subject{ID: id, Kinds: []name.Kind{name.AsPerson}, Names: []string{"Ali"}, Payload: []byte(want[id])})
			}
			seg, err := index.Build(subjects)
			if err != nil {
				t.Fatal(err)
			}
			return seg
		}
		ix := index.New(segment("base ", ids))
		delta := rapid.SliceOfDistinct(rapid.StringMatching(`[a-d]{0,4}`), rapid.ID[string]).Draw(t, "delta")
		gone := rapid.SliceOf(rapid.StringMatching(`[a-c]{0,4}`)).Draw(t, "gone")
		for _, id := range gone {
			delete(want, id)
		}
		ix = ix.With(segment("delta ", delta), gone...)
		for id, text := range want {
			if got, err := ix.Payload(id); err != nil || string(got) != text {
				t.Fatalf("%q: %q, %v, want %q", id, got, err, text)
			}
		}
		for i := range 30 {
			id := fmt.Sprintf("%c%c", 'a'+i%4, 'a'+i/4)
			if _, listed := want[id]; listed {
				continue
			}
			if got, err := ix.Payload(id); fault.KindOf(err) != fault.NotFound {
				t.Fatalf("%q, who is not there: %q, %v", id, got, err)
			}
		}
	})
}
