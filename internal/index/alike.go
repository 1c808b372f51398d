package index

import (
	"cmp"
	"slices"
	"strings"
)

// Alike is a key, as made by Key, with the signs that are taken for each other
// as one: O is 0, I and L are 1. Keys of which it is equal resemble each other.
func Alike(key string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, key)
}

// alikeTable finds the keys that resemble one: by the hash of what they are
// alike.
type alikeTable []alikeKey

type alikeKey struct{ hash, key uint32 }

func (seg *Segment) alikes() alikeTable {
	t := make(alikeTable, seg.keys.keys.len())
	for i := range t {
		t[i] = alikeKey{uint32(hash(Alike(string(seg.keys.keys.of(uint32(i)))))), uint32(i)}
	}
	slices.SortFunc(t, func(a, b alikeKey) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.key, b.key)) })
	return t
}

// Resembling returns the subjects that have an identifier which resembles the
// key and is another one, as Identified returns those that have the key.
func (ix *Index) Resembling(key string) []Hit {
	alike := Alike(key)
	if !strings.ContainsAny(alike, "01") {
		return nil // no sign of it is taken for another
	}
	var hits []Hit
	h := uint32(hash(alike))
	for _, p := range ix.parts {
		t := p.alikes()
		at, _ := slices.BinarySearchFunc(t, h, func(a alikeKey, h uint32) int { return cmp.Compare(a.hash, h) })
		for ; at < len(t) && t[at].hash == h; at++ {
			have, subject := string(p.seg.keys.keys.of(t[at].key)), p.seg.keys.subject[t[at].key]
			if have != key && Alike(have) == alike && !p.dead[subject] {
				hits = append(hits, p.identified(subject))
			}
		}
	}
	return once(hits)
}

// identified is a subject as a hit of no name.
func (p *part) identified(subject uint32) Hit {
	return Hit{Subject: string(p.seg.ids.of(subject)), Name: -1, part: p, subject: subject}
}

// once are the hits of no name by their subjects, each once.
func once(hits []Hit) []Hit {
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(a.Subject, b.Subject) })
	return slices.CompactFunc(hits, func(a, b Hit) bool { return a.Subject == b.Subject })
}
