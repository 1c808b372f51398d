package recent_test

import (
	"strconv"
	"sync"
	"testing"
	"unsafe"

	"pgregory.net/rapid"

	"interdict/internal/recent"
)

func TestWhatIsAskedForStays(t *testing.T) {
	var m recent.Memory[int]
	for i := range 100 {
		m.Keep(strconv.Itoa(i), i, 1, 10)
		if x, ok := m.Find("0"); !ok || x != 0 {
			t.Fatalf("after %d things the one asked for each time is %d, %v", i, x, ok)
		}
	}
	if _, ok := m.Find("50"); ok {
		t.Error("what nobody asked for stays among 100 things in room for 10")
	}
	if x, ok := m.Find("99"); !ok || x != 99 {
		t.Errorf("the last is %d, %v", x, ok)
	}
}

func TestAMemoryIsNeverWrongNorTooLarge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m recent.Memory[int]
		kept, most := map[string]int{}, rapid.IntRange(1, 20).Draw(t, "most")
		for i, key := range rapid.SliceOf(rapid.StringMatching("[ab]{0,3}")).Draw(t, "keys") {
			if x, ok := m.Find(key); ok && x != kept[key] {
				t.Fatalf("%q is %d, kept as %d", key, x, kept[key])
			}
			m.Keep(key, i, 1, most)
			kept[key] = i
			if x, ok := m.Find(key); !ok || x != i {
				t.Fatalf("%q, kept just now, is %d, %v", key, x, ok)
			}
		}
		held := 0
		for key := range kept {
			if _, ok := m.Find(key); ok {
				held++
			}
		}
		if held > 2*most+1 {
			t.Fatalf("%d things of size 1 in a memory for %d and as many before them", held, most)
		}
	})
}

func TestAKeyNeedNotStayAsItIs(t *testing.T) {
	var m recent.Memory[int]
	m.Keep("a", 1, 1, 1)
	m.Keep("b", 2, 1, 1) // "a" is of the older ones now
	key := []byte("a")
	if x, ok := m.Find(unsafe.String(&key[0], 1)); !ok || x != 1 {
		t.Fatalf("a is %d, %v", x, ok)
	}
	key[0] = 'c'
	if x, ok := m.Find("a"); !ok || x != 1 {
		t.Errorf("a is %d, %v once the bytes of the key that it was found by have changed", x, ok)
	}
}

func TestASharedMemory(t *testing.T) {
	var s recent.Shared[int]
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i := range 1000 {
				key := strconv.Itoa(i % 50)
				if x, ok := s.Find(key); ok && x != i%50 {
					t.Errorf("%s is %d", key, x)
				}
				s.Keep(key, i%50, 1, 20)
			}
		})
	}
	wait.Wait()
}
