package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/ledger"
	"interdict/internal/material"
	"interdict/internal/paper"
	"interdict/internal/record"
	"interdict/internal/roster"
	"interdict/internal/session"
)

func TestPlainNames(t *testing.T) {
	for given, want := range map[string]string{
		"letter.pdf":             "letter.pdf",
		"../../etc/passwd":       "passwd",
		`C:\docs\a b.txt`:        "a b.txt",
		"résumé محمد.pdf":        "résumé محمد.pdf",
		"gpj.\u202eexe":          "gpj._exe",
		"a:b*c?.txt":             "a_b_c_.txt",
		"..":                     "document",
		"":                       "document",
		"a\x00b\nc":              "a_b_c",
		strings.Repeat("漢", 100): strings.Repeat("漢", 40),
	} {
		if got := plainName(given); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := plainName(rapid.String().Draw(t, "name"))
		if got == "" || len(got) > 120 || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\:*?\"<>|\x00\n") || got == "." || got == ".." {
			t.Fatalf("%q", got)
		}
	})
}

func TestLabelsAreOrdered(t *testing.T) {
	for i, a := range labels {
		for j, b := range labels {
			if stricter(a, b) != (i > j) {
				t.Errorf("%s stricter than %s: %v", a, b, stricter(a, b))
			}
		}
		if !stricter("", a) || stricter(a, "") {
			t.Errorf("a label that nobody knows is not stricter than %s", a)
		}
	}
	if l, err := ParseCeiling("Amber+Strict"); l != material.AmberStrict || err != nil {
		t.Errorf("%q %v", l, err)
	}
	if _, err := ParseCeiling("white"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("white: %v", err)
	}
}

var did, green, amber, unknown = idOf[dossier.Dossier](1), idOf[material.Material](2), idOf[material.Material](3), idOf[material.Material](4)

func idOf[T id.Kind](n byte) id.Of[T] { return id.New[T]([10]byte{9: n}) }

func on(of material.ID) []dossier.Span { return []dossier.Span{{Material: of, Document: "d", End: 1}} }

// aCase is a dossier of which one allegation rests on each material, and others on those.
func aCase() dossier.Dossier {
	return dossier.Dossier{ID: did, Title: "T", Text: dossier.Text{Open: "open", Closed: "closed"}, Content: dossier.Content{
		Allegations: []dossier.Allegation{
			{Key: "late", BasedOn: []string{"mid"}},
			{Key: "mid", BasedOn: []string{"amber"}},
			{Key: "green", Spans: on(green)},
			{Key: "amber", Spans: append(on(green), on(amber)...)},
			{Key: "unknown", Spans: on(unknown)},
			{Key: "hidden", Spans: on(green), Closed: true},
			{Key: "secret", Spans: on(amber), Closed: true},
			{Key: "nobody's", Spans: on(unknown), Closed: true},
			{Key: "onSecret", BasedOn: []string{"hidden", "secret"}}, // open, and the closed part is no longer named in the open version
			{Key: "onThat", BasedOn: []string{"green", "onSecret"}},
			{Key: "onNobodys", BasedOn: []string{"nobody's"}},
			{Key: "onHidden", BasedOn: []string{"hidden"}},
		},
		Timeline: []dossier.Entry{{Key: "t1", Spans: on(green)}, {Key: "t2", Spans: on(amber)}, {Key: "t3"}},
		Contacts: []dossier.Contact{{Key: "c1"}},
	}}
}

func packOf(ceiling material.TLP) *Pack {
	seen := func(kind string, m material.ID, l material.TLP) clerk.Seen {
		return clerk.Seen{Stream: kind + "/" + m.String(), ID: m.String(), Content: clerk.MaterialSeen{Handling: material.Handling{TLP: l}}}
	}
	return &Pack{Of: "dossier/" + did.String(), Ceiling: ceiling, Things: []clerk.Seen{
		{Stream: "dossier/" + did.String(), ID: did.String(), Parts: []access.Action{access.DossierReadClosed}, Content: aCase()},
		seen("material", green, material.Green), seen("material", amber, material.Amber),
	}}
}

// TestCeiling: under a ceiling nothing stays that rests, however far back, on
// something above it or of which nobody knows the label.
func TestCeiling(t *testing.T) {
	rests := map[string]material.TLP{green.String(): material.Green, amber.String(): material.Amber, unknown.String(): ""}
	for ceiling, want := range map[material.TLP]struct {
		label  material.TLP
		things int
		keys   string
		less   bool
	}{
		"":                   {material.Red, 3, "late mid green amber unknown hidden secret nobody's onSecret onThat onNobodys onHidden t1 t2 t3 c1", false},
		material.Red:         {material.Amber, 3, "late mid green amber onSecret onThat onHidden t1 t2 t3", true},
		material.AmberStrict: {material.Amber, 3, "late mid green amber onSecret onThat onHidden t1 t2 t3", true},
		material.Amber:       {material.Amber, 3, "late mid green amber onSecret onThat onHidden t1 t2 t3", true},
		material.Green:       {material.Green, 2, "green onHidden t1 t3", true},
	} {
		p := packOf(ceiling)
		if err := p.lower(rests); err != nil {
			t.Errorf("%q: %v", ceiling, err)
			continue
		}
		var keys []string
		switch c := p.Things[0].Content.(type) {
		case dossier.Dossier:
			keys = c.Content.Keys()
		case clerk.DossierSeen:
			keys = c.Content.Keys()
		}
		if p.Label != want.label || len(p.Things) != want.things || strings.Join(keys, " ") != want.keys || p.Less != want.less {
			t.Errorf("%q: %s, %d things, %v, less %v; want %+v", ceiling, p.Label, len(p.Things), keys, p.Less, want)
		}
	}
	if err := packOf(material.Clear).lower(rests); fault.KindOf(err) != fault.Invalid || fault.Hints(err) == "" {
		t.Errorf("clear: %v", err)
	}
}

// TestUnderACeilingPartsAreWhatIsLeft: what is said to be shown is what is there.
func TestUnderACeilingPartsAreWhatIsLeft(t *testing.T) {
	p := packOf(material.AmberStrict)
	rests := map[string]material.TLP{green.String(): material.Green, amber.String(): material.Amber, unknown.String(): ""}
	p.Things[1].Parts = []access.Action{access.MaterialReadWork, access.MaterialReadClosed, access.MaterialRead}
	p.Things = append(p.Things, clerk.Seen{Stream: "decision/D", ID: "D", Version: 3, Parts: []access.Action{access.DecisionReadClosed}, Content: clerk.DecisionSeen{
		Decision: decision.Decision{Drafted: decision.Drafted{Text: decision.Text{Open: "open reasons", Closed: "closed reasons"}}, Drafters: []roster.PersonID{"drafter-1"}},
	}})
	if err := p.lower(rests); err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]access.Action{0: access.DossierRead, 1: access.MaterialRead, 3: access.DecisionRead} {
		if got := p.Things[i].Parts; len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, want %s", p.Things[i].Stream, got, want)
		}
	}
	said := fmt.Sprint(p.thing(p.Things[1], nil), p.thing(p.Things[3], nil))
	for _, word := range []string{"closed reasons", "drafter-1", "screenings"} {
		if strings.Contains(said, word) {
			t.Errorf("under a ceiling the paper says %q: %s", word, said)
		}
	}
	if !strings.Contains(said, "open reasons") {
		t.Error("it does not say the open reasons")
	}
	for stream, want := range map[string]bool{"decision/D": false, "dossier/D": false, "session/S": true} {
		leaf := event.Envelope{Kind: "x.happened", Stream: stream, Version: 1, At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), By: "ann", Command: "c"}.Encode()
		if got, err := p.mayLeave(ledger.Receipt{Leaf: leaf}); got != want || err != nil {
			t.Errorf("a receipt of %s may leave: %v %v", stream, got, err)
		}
	}
}

func TestTellLeavesNothingOut(t *testing.T) {
	type vote struct {
		Yes    int      `json:"yes"`
		No     int      `json:"no"`
		Note   string   `json:"note,omitempty"`
		Tags   []string `json:"tags"`
		hidden int
	}
	value := struct {
		At      time.Time      `json:"at"`
		Who     record.Subject `json:"who"`
		Votes   []vote         `json:"votes"`
		Single  []vote         `json:"single_vote"`
		Pointer *vote          `json:"pointer"`
		Amounts map[string]int `json:"amounts"`
		Result  session.Result `json:"result"`

		Came  map[string]bool `json:"came"`
		Rest  map[string]vote `json:"rest"`
		Shown []bool          `json:"shown"`
		None  []vote          `json:"none"`
		Empty []vote          `json:"empty"`
	}{
		time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		record.Subject{Kind: record.Person, Names: []record.Name{{Full: "محمد", Type: record.Primary}}},
		[]vote{{1, 0, "n", []string{"a", "b"}, 7}, {0, 2, "", nil, 7}},
		[]vote{{Yes: 3}},
		&vote{No: 4},
		map[string]int{"EUR": 5, "CHF": 6, "USD": 0},
		"carried",
		map[string]bool{"ann": false, "bea": true},
		map[string]vote{"late": {}},
		[]bool{true, false},
		[]vote{{}},
		nil,
	}
	var got []string
	for _, b := range tell(value) {
		switch b := b.(type) {
		case paper.Heading:
			got = append(got, "# "+b.Text)
		case paper.Labelled:
			got = append(got, b.Label+": "+b.Text)
		case paper.Table:
			got = append(got, fmt.Sprint(b.Head, b.Rows))
		}
	}
	want := []string{
		"at: 2026-03-02 09:00:00 UTC", "# who", "kind: person", "name, primary: محمد",
		"# votes", "[yes no note tags] [[1 0 n a, b] [0 2  ]]", "# single vote", "yes: 3", "no: 0", "# pointer", "yes: 0", "no: 4",
		"# amounts", "CHF: 6", "EUR: 5", "USD: 0", "result: carried",
		"# came", "ann: no", "bea: yes", "# rest", "# late", "yes: 0", "no: 0", "shown: yes, no", "# none", "yes: 0", "no: 0",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestQuotesAreTheWordsOfTheSpan(t *testing.T) {
	content := []byte("he said نعم and left")
	sum := sha256.Sum256(content[8:14])
	right := dossier.Span{Material: green, Document: "d", Start: 8, End: 14, Quote: hex.EncodeToString(sum[:])}
	altered, elsewhere := right, right
	altered.Quote = strings.Repeat("0", 64)
	elsewhere.Material = amber
	q := quotes{}
	q.take([]dossier.Span{right, altered, elsewhere}, original{Material: green.String(), Hash: "d"}, content)
	if got := q.cite(right); !strings.HasPrefix(got, "“نعم”\nmaterial "+green.String()) {
		t.Errorf("cited as %q", got)
	}
	for _, s := range []dossier.Span{altered, elsewhere} {
		if got := q.cite(s); strings.Contains(got, "نعم") || !strings.Contains(got, "bytes 8 to 14") {
			t.Errorf("words that are not those of the span are cited: %q", got)
		}
	}
}
