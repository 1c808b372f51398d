package screen

import (
	"slices"

	"interdict/internal/index"
)

// byKeys looks up the numbers of the query; of several that a subject has, the
// first counts, and one that only resembles a number of the query after all
// others.
func (e *Engine) byKeys(q Query) map[string]found {
	var out map[string]found
	for _, look := range [...]func(string) []index.Hit{e.ix.Identified, e.ix.Resembling} {
		for _, id := range q.Numbers() {
			k := index.Key(id)
			if k == "" {
				continue
			}
			for _, h := range look(k) {
				if _, have := out[h.Subject]; have {
					continue
				}
				if out == nil {
					out = map[string]found{}
				}
				out[h.Subject] = found{&h, &index.Probe{Text: id}}
			}
		}
	}
	return out
}

// numbered finds the identifier of a card that a number is, or resembles.
func (c *Card) numbered(number string) (k CardKey, same, ok bool) {
	key := index.Key(number)
	if i := slices.IndexFunc(c.Keys, func(k CardKey) bool { return k.Key == key }); i >= 0 {
		return c.Keys[i], true, true
	}
	if i := slices.IndexFunc(c.Keys, func(k CardKey) bool { return index.Alike(k.Key) == index.Alike(key) }); i >= 0 {
		return c.Keys[i], false, true
	}
	return CardKey{}, false, false
}

// identity says that an identifier is the same, or resembles.
func identity(number string, k CardKey, same bool) Qualifier {
	if same {
		return Qualifier{"identifier", number, k.Number, "the same " + k.Type, sameIdentifier}
	}
	return Qualifier{"identifier", number, k.Number, "resembles the " + k.Type + ": O for 0, or I or l for 1", alikeIdentifier}
}
