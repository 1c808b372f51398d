package register

import (
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/record"
)

// face is the evidence for who an entry is, ready to be compared.
type face struct {
	handle  string // key unique in the edition
	shown   string // reference as printed, or the key
	kind    record.Kind
	refs    []string // references in force
	former  []string // earlier references, printed by the list or seen by us
	names   []nameFace
	births  []date.Partial
	ids     []idFace
	listed  []string // days of listing
	country []string // ISO codes of nationality, citizenship and other ties
}

type nameFace struct {
	tokens  []string // sorted
	key     string
	text    string
	primary bool
	weak    bool
}

type idFace struct{ key, country string }

func faceOf(r record.Record, handle string) face {
	f := face{handle: handle, shown: handle, kind: r.Kind}
	primary := r.PrimaryName()
	for _, n := range r.Names {
		f.addName(n.Full, n.Type == record.Primary || n.Full == primary, n.Quality == record.Weak)
		for _, b := range n.Births {
			f.addBirth(b.Date)
		}
	}
	for _, b := range r.Births {
		f.addBirth(b.Date)
	}
	for _, x := range r.Identifiers {
		if key, country := identifier(x); key != "" {
			f.ids = append(f.ids, idFace{key, country})
		}
	}
	for _, l := range r.Listings {
		if l.Reference != "" && f.shown == handle {
			f.shown = l.Reference
		}
		f.refs = append(f.refs, references(r.Source, l.Reference)...)
		for _, s := range l.Former {
			f.former = append(f.former, references(r.Source, s)...)
		}
		if l.ListedOn.Precision == date.Day {
			f.listed = append(f.listed, l.ListedOn.String())
		}
	}
	for _, c := range [][]record.Country{r.Nationalities, r.Citizenships, r.Countries} {
		for _, x := range c {
			f.addCountry(x.Code)
		}
	}
	for _, a := range r.Addresses {
		f.addCountry(a.Code)
	}
	return f
}

func (f *face) addName(text string, primary, weak bool) {
	tokens, key := foldName(text)
	if key == "" {
		return
	}
	f.names = append(f.names, nameFace{tokens, key, text, primary, weak})
}

func (f *face) addBirth(d date.Partial) {
	if d.Known() {
		f.births = append(f.births, d)
	}
}

func (f *face) addCountry(code string) {
	if code != "" && !slices.Contains(f.country, code) {
		f.country = append(f.country, code)
	}
}

// nameGrade says how far the names of two entries agree.
type nameGrade int

const (
	namesApart   nameGrade = iota // comparable, and nothing shared
	namesUnknown                  // nothing to compare: no name, or no script in common
	oneCommon                     // shared tokens, all of them common ones
	oneToken                      // one token that few entries have
	moreTokens                    // two tokens or more, at least one that few have
	fullName                      // a whole name, not a weak one, of two tokens or a long one
	primaryName                   // the primary names are the same
)

// birthGrade says how far the births of two entries agree.
type birthGrade int

const (
	birthsApart   birthGrade = iota - 1 // both known, more than a year apart
	birthsUnknown                       // missing on a side, or within a year
	birthsOverlap
	sameBirthDay
)

// rarity tells common tokens from telling ones by how many entries have them.
type rarity struct {
	count map[string]int
	limit int
}

func rarityOf(faces ...[]face) rarity {
	r := rarity{count: map[string]int{}}
	n := 0
	for _, fs := range faces {
		for _, f := range fs {
			n++
			seen := map[string]bool{}
			for _, x := range f.names {
				for _, t := range x.tokens {
					if !seen[t] {
						seen[t] = true
						r.count[t]++
					}
				}
			}
		}
	}
	r.limit = max(4, n/400)
	return r
}

// telling reports whether few entries have the token. One letter is an
// initial and tells nothing.
func (r rarity) telling(token string) bool {
	return len(token) > 1 && r.count[token] <= r.limit
}

func compareNames(a, b face, r rarity) (nameGrade, string) {
	best, text := namesUnknown, ""
	comparable := false
	for _, x := range a.names {
		for _, y := range b.names {
			g := compareName(x, y, r)
			if g == namesApart {
				comparable = true
				continue
			}
			if g > best {
				best, text = g, sharedText(x, y, g)
			}
		}
	}
	if best == namesUnknown && comparable {
		return namesApart, ""
	}
	return best, text
}

func compareName(x, y nameFace, r rarity) nameGrade {
	if x.key == y.key && !x.weak && !y.weak && (len(x.tokens) > 1 || len([]rune(x.key)) >= 5) {
		if x.primary && y.primary {
			return primaryName
		}
		return fullName
	}
	shared, telling := 0, 0
	for i, j := 0, 0; i < len(x.tokens) && j < len(y.tokens); {
		switch strings.Compare(x.tokens[i], y.tokens[j]) {
		case -1:
			i++
		case 1:
			j++
		default:
			if len(x.tokens[i]) > 1 {
				shared++
			}
			if r.telling(x.tokens[i]) {
				telling++
			}
			i, j = i+1, j+1
		}
	}
	switch {
	case shared > 1 && telling > 0, shared > 2:
		return moreTokens
	case telling > 0:
		return oneToken
	case shared > 0:
		return oneCommon
	case latin(x.key) != latin(y.key):
		return namesUnknown
	}
	return namesApart
}

func latin(s string) bool { return strings.ContainsAny(s, "abcdefghijklmnopqrstuvwxyz") }

func sharedText(x, y nameFace, g nameGrade) string {
	if g >= fullName {
		return x.text
	}
	return x.text + " / " + y.text
}

func compareBirths(a, b []date.Partial) birthGrade {
	if len(a) == 0 || len(b) == 0 {
		return birthsUnknown
	}
	best := birthsApart
	for _, x := range a {
		for _, y := range b {
			switch {
			case x.Overlaps(y):
				g := birthsOverlap
				if x.Precision == date.Day && y.Precision == date.Day && x.From == y.From {
					g = sameBirthDay
				}
				best = max(best, g)
			case near(x, y):
				best = max(best, birthsUnknown)
			}
		}
	}
	return best
}

// near reports whether two births lie within a year: a mended date, not
// another person.
func near(x, y date.Partial) bool {
	return x.From.Y <= y.To.Y+1 && y.From.Y <= x.To.Y+1
}

func sharedIdentifier(a, b []idFace) string {
	for _, x := range a {
		for _, y := range b {
			if x.key == y.key && (x.country == y.country || x.country == "" || y.country == "") {
				return x.key
			}
		}
	}
	return ""
}

func shared(a, b []string) string {
	for _, x := range a {
		if slices.Contains(b, x) {
			return x
		}
	}
	return ""
}
