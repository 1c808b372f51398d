package index

import (
	"cmp"
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

// related is a dictionary token with its relation to a probe token.
type related struct {
	token uint32
	rel   match.Relation
	s     int32
}

// expand returns every token of the dictionary that is related to the probe,
// but not the words that a probe initial stands for (R4): those are lazy, see
// letterNodes.
func (f *finders) expand(tokens []name.Token, probe *name.Token, out []related) []related {
	start := len(out)
	try := func(ids []uint32) {
		for _, id := range ids {
			t := &tokens[id]
			if probe.Class == name.Initial && t.Class == name.Word {
				continue
			}
			if rel, s := match.Relate(probe, t); s > 0 {
				out = append(out, related{id, rel, int32(s)})
			}
		}
	}
	try(f.exact.of(hashClass(probe.Class, probe.Surface)))
	switch probe.Class {
	case name.Word, name.Particle:
		deletions(probe.Fold, reach(probe.Fold), func(h uint32) { try(f.folds.of(h)) })
	default:
		return unique(out, start)
	}
	if probe.Class == name.Word {
		try(f.exact.of(hashClass(name.Initial, probe.Surface[:1])))
		bones := &f.abjad
		if probe.Abjad {
			bones = &f.bones
		}
		boneVariants(probe, func(h uint32) { try(bones.of(h)) })
		for _, s := range probe.Senses {
			if int(s.Group) < f.senses.len() {
				try(f.senses.of(s.Group))
			}
		}
	}
	return unique(out, start)
}

// unique drops repeated tokens from out[start:]; a token's relation to the
// probe does not depend on how it was found.
func unique(out []related, start int) []related {
	own := out[start:]
	if len(own) < 2 {
		return out
	}
	slices.SortFunc(own, func(a, b related) int { return cmp.Compare(a.token, b.token) })
	keep := 1
	for _, r := range own[1:] {
		if r.token != own[keep-1].token {
			own[keep] = r
			keep++
		}
	}
	return out[:start+keep]
}

// sameFold gives the tokens with exactly this fold that want accepts.
func (f *finders) sameFold(tokens []name.Token, fold string, want func(*name.Token) bool, yield func(uint32)) {
	for _, id := range f.folds.of(hash(fold)) {
		if t := &tokens[id]; t.Fold == fold && want(t) {
			yield(id)
		}
	}
}
