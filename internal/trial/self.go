package trial

import (
	"cmp"
	"context"
	"strings"

	"interdict/internal/bench"
	"interdict/internal/screen"
)

// SelfTest says whether every entry finds itself: by every name that its list
// prints, in every channel. A name of one short word is looked for in texts only
// where it is set off as a name; such a name is asked again in quotation marks.
type SelfTest struct {
	Entries  bench.Share   `json:"entries"` // found by all their names in all channels
	Asked    int           `json:"asked"`
	Rows     []SelfRow     `json:"rows"`
	Quoted   []SelfName    `json:"only_in_quotation_marks"`
	Failures []SelfFailure `json:"failures"`
}

// SelfRow is one list in one channel.
type SelfRow struct {
	List    string      `json:"list"`
	Channel string      `json:"channel"`
	Found   bench.Share `json:"names_found"`
	Full    int         `json:"score_1"`                 // of these with the full score
	Weak    int         `json:"weak_band_only"`          // of these in the weak band
	Quoted  int         `json:"only_in_quotation_marks"` // besides these
	Missed  int         `json:"not_found"`
}

// SelfName is a name with the entry that it should find.
type SelfName struct {
	List      string `json:"list"`
	Reference string `json:"reference"`
	Entry     string `json:"entry"`
	Field     string `json:"field"`
	Name      string `json:"name"`
}

// SelfFailure is a name that does not find its entry.
type SelfFailure struct {
	SelfName
	Channel string `json:"channel"`
	Why     string `json:"why"`
}

var selfChannels = []string{asName, asDocument, asBook}

// selfAnswer is the answer to one name in one channel.
type selfAnswer struct {
	found, full, weak, quoted bool
	why                       string
}

func selfTest(ctx context.Context, e *screen.Engine, r registered) (SelfTest, error) {
	answers := make([][]selfAnswer, len(r.entries))
	err := each(ctx, len(r.entries), func(i int) error {
		for _, t := range r.entries[i].names {
			for _, channel := range selfChannels {
				a, err := findSelf(e, t, channel)
				if err != nil {
					return err
				}
				answers[i] = append(answers[i], a)
			}
		}
		return nil
	})
	if err != nil {
		return SelfTest{}, err
	}
	return selfTally(r, answers), nil
}

func findSelf(e *screen.Engine, t target, channel string) (selfAnswer, error) {
	r, err := channels[channel](e, t.text)
	if err != nil {
		return selfAnswer{}, err
	}
	h, found := r.best(t.subject)
	a := selfAnswer{found: found, full: h.Score == 10000, weak: found && h.Band == screen.Weak, why: r.reason}
	if found || channel != asDocument {
		return a, nil
	}
	if r, err = askDocument(e, "“"+t.text+"”"); err != nil {
		return a, err
	}
	if _, a.quoted = r.best(t.subject); a.quoted {
		return a, nil
	}
	a.why, err = otherwise(e, t)
	return a, err
}

// otherwise says in what other form a text finds a name that it does not find
// within a sentence as it is listed, "" if in none of those tried.
func otherwise(e *screen.Engine, t target) (string, error) {
	r, err := askText(e, t.text+"\n", screen.Options{Brief: true})
	if _, alone := r.best(t.subject); alone || err != nil {
		return "found on a line of its own, not within a sentence: words beside it are read into the name", err
	}
	family, given, inverted := strings.Cut(t.text, ", ")
	if !inverted {
		return r.reason, nil
	}
	r, err = askDocument(e, given+" "+family)
	if _, found := r.best(t.subject); found {
		return "found as given name and family name, not turned round as the list prints it", err
	}
	return r.reason, err
}

// selfCounts are the answers of one list in one channel.
type selfCounts struct{ asked, found, full, weak, quoted int }

func (c *selfCounts) count(a selfAnswer) {
	c.asked++
	c.found += one(a.found)
	c.full += one(a.full)
	c.weak += one(a.weak)
	c.quoted += one(a.quoted)
}

func selfTally(r registered, answers [][]selfAnswer) SelfTest {
	type key struct{ list, channel string }
	counts := map[key]*selfCounts{}
	out, whole := SelfTest{Quoted: []SelfName{}, Failures: []SelfFailure{}}, 0
	for i, en := range r.entries {
		failed := len(out.Failures)
		for k, a := range answers[i] {
			channel := selfChannels[k%len(selfChannels)]
			id := key{en.list, channel}
			if counts[id] == nil {
				counts[id] = &selfCounts{}
			}
			counts[id].count(a)
			out.note(en, en.names[k/len(selfChannels)], channel, a)
		}
		// An entry without a name cannot find itself, and its list must be asked.
		if len(en.names) == 0 {
			out.Failures = append(out.Failures, SelfFailure{SelfName{List: en.list, Reference: en.reference}, "all", "the entry has no name"})
		}
		whole += one(failed == len(out.Failures))
		out.Asked += max(1, len(answers[i]))
	}
	out.Entries = bench.NewShare(whole, len(r.entries))
	for _, l := range r.lists {
		for _, channel := range selfChannels {
			if c := counts[key{l.List, channel}]; c != nil {
				out.Rows = append(out.Rows, SelfRow{l.List, channel, bench.NewShare(c.found, c.asked), c.full, c.weak, c.quoted, c.asked - c.found - c.quoted})
			}
		}
	}
	return out
}

// note keeps what is not as it should be.
func (s *SelfTest) note(en entry, t target, channel string, a selfAnswer) {
	n := SelfName{en.list, en.reference, en.name, t.field, t.text}
	switch {
	case a.found:
	case a.quoted:
		s.Quoted = append(s.Quoted, n)
	default:
		s.Failures = append(s.Failures, SelfFailure{n, channel, cmp.Or(a.why, "screened, and not found")})
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
