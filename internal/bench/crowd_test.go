package bench_test

import (
	"bytes"
	"testing"

	"interdict/internal/bench"
	"interdict/internal/index"
)

func TestMadeRegisterHasTheNamesAskedFor(t *testing.T) {
	r := bench.MadeRegister{Seed: 1, Names: 3000}
	made := func(r bench.MadeRegister) (file []byte, size index.Size) {
		seg, err := index.BuildOf(func(yield func(index.Subject) bool) {
			for s, err := range r.Subjects() {
				if err != nil {
					t.Fatal(err)
				}
				if !yield(s) {
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := seg.Write(&b, index.Head{}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes(), index.New(seg).Size()
	}
	file, size := made(r)
	if size.Names < r.Names || size.Names > r.Names+40 || size.Subjects < r.Names/10 || size.Unread > 0 {
		t.Errorf("%d names asked for: %+v", r.Names, size)
	}
	if again, _ := made(r); !bytes.Equal(file, again) {
		t.Error("a seed gives two registers")
	}
	r.Seed = 2
	if other, _ := made(r); bytes.Equal(file, other) {
		t.Error("two seeds give one register")
	}
}
