package notice_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/date"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/notice"
	"interdict/internal/record"
)

var update = flag.Bool("update", false, "write the golden files")

var list = notice.List{
	Source: "own", Authority: "Interdepartmental Commission", Programme: "terrorism", Basis: []string{"Decree 562"},
	Measures: []string{"asset_freeze", "no_funds"}, Fields: []notice.Field{notice.Birth, notice.MaskedIDs}, Zone: time.FixedZone("MSK", 3*3600),
	Guidance: "Freeze at once and report.", Recourse: "Write to the secretariat.",
}

func freeze() decision.Decision {
	return decision.Decision{
		Drafted: decision.Drafted{
			ID: id.New[decision.Decision]([10]byte{1}), Measure: decision.Freeze,
			Subject: record.Subject{
				Kind:        record.Person,
				Names:       []record.Name{{Full: "Иван Примеров", Type: record.Primary, Note: "SECRET"}, {Full: "Primer", Type: record.Alias, Quality: record.Weak, Births: []record.Birth{{Note: "SECRET"}}}},
				Births:      []record.Birth{{Date: date.InYear(1957), Place: record.Place{City: "SECRET"}, Note: "SECRET"}},
				Identifiers: []record.Identifier{{Type: "passport", Number: "SECRET1234", Note: "SECRET"}},
				Addresses:   []record.Address{{City: "SECRET"}}, Remarks: []record.Text{{Text: "SECRET"}}, Other: []record.Text{{Text: "SECRET"}},
				Links: []record.Link{{Role: "associate", Name: "SECRET"}}, Nationalities: []record.Country{{Text: "SECRET"}},
			},
			Pin:  dossier.Pin{Statute: "model", StatuteVersion: "v1", Snapshot: "sn"},
			Text: decision.Text{Open: "He financed it.", Closed: "SECRET"},
		},
		From: time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC),
	}
}

func public(t *testing.T, d decision.Decision) decision.Public {
	t.Helper()
	p, ok := d.Public()
	if !ok {
		t.Fatal("not public")
	}
	return p
}

func TestNothingLeavesThatTheStatuteDoesNotName(t *testing.T) {
	p := public(t, freeze())
	entry, err := notice.Entry(p, list)
	if err != nil {
		t.Fatal(err)
	}
	text, err := notice.Text(p, list)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(entry)
	if err != nil {
		t.Fatal(err)
	}
	for what, s := range map[string]string{"entry": string(body), "notice": text.Body + text.Title} {
		if strings.Contains(s, "SECRET") {
			t.Errorf("the %s tells: %s", what, s)
		}
		for _, want := range []string{"Примеров", "1957", "1234", "He financed it."} {
			if !strings.Contains(s, want) {
				t.Errorf("the %s lacks %q", what, want)
			}
		}
	}
}

func TestNotesStayInsideWhateverFieldIsPublic(t *testing.T) {
	d, l := freeze(), list
	l.Fields = []notice.Field{notice.Names, notice.Birth, notice.BirthPlace, notice.Nationalities, notice.Identifiers, notice.MaskedIDs, notice.Addresses, notice.Links}
	d.Subject = record.Subject{
		Kind: record.Person, Names: []record.Name{{Full: "Name", Note: "SECRET", At: "SECRET"}},
		Births:      []record.Birth{{Date: date.InYear(1957), Place: record.Place{City: "Town"}, Note: "SECRET", At: "SECRET"}},
		Identifiers: []record.Identifier{{Type: "passport", Number: "12345", Note: "SECRET", At: "SECRET"}},
		Addresses:   []record.Address{{City: "City", Note: "SECRET", At: "SECRET"}},
		Links:       []record.Link{{Role: "associate", Name: "Other", Note: "SECRET", At: "SECRET"}}, Nationalities: []record.Country{{Text: "Land", Note: "SECRET", At: "SECRET"}},
		Remarks: []record.Text{{Text: "SECRET"}},
	}
	entry, err := notice.Entry(public(t, d), l)
	if err != nil {
		t.Fatal(err)
	}
	text, err := notice.Text(public(t, d), l)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(entry)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{string(body), text.Body} {
		if strings.Contains(s, "SECRET") {
			t.Errorf("a note is told: %s", s)
		}
		for _, want := range []string{"Town", "12345", "City", "Other", "Land"} {
			if !strings.Contains(s, want) {
				t.Errorf("%q is missing: %s", want, s)
			}
		}
	}
}

func TestTheNoticeReadsSo(t *testing.T) {
	const file = "testdata/freeze.txt"
	n, err := notice.Text(public(t, freeze()), list)
	if err != nil {
		t.Fatal(err)
	}
	got := n.Title + "\n\n" + n.Body
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Error(d)
	}
}

func TestTheEntryFollowsTheDecision(t *testing.T) {
	d := freeze()
	entry, err := notice.Entry(public(t, d), list)
	if err != nil {
		t.Fatal(err)
	}
	if l := entry.Listings[0]; l.Ended || l.ListedOn != date.OnDay(2026, 11, 25) || l.Reference != entry.Key || entry.Source != "own" {
		t.Errorf("listing %+v of %s", l, entry.Key)
	}
	d.To = d.From.Add(24 * time.Hour)
	after, err := notice.Entry(public(t, d), list)
	if err != nil {
		t.Fatal(err)
	}
	if l := after.Listings[0]; !l.Ended || l.Delisted != date.OnDay(2026, 11, 26) || after.Key != entry.Key {
		t.Errorf("ended listing %+v of %s", l, after.Key)
	}
}

func TestWhatIsNotPublished(t *testing.T) {
	refusal := freeze()
	refusal.Measure = decision.Refuse
	if _, err := notice.Text(public(t, refusal), list); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a refusal is published: %v", err)
	}
	if _, err := notice.Entry(public(t, refusal), list); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a refusal makes an entry: %v", err)
	}
	certificate := freeze()
	certificate.Measure = decision.Certificate
	n, err := notice.Text(public(t, certificate), list)
	if err != nil || strings.Contains(n.Body, "Примеров") || strings.Contains(n.Body, "financed") {
		t.Errorf("the bearer of a certificate is named: %s, %v", n.Body, err)
	}
	draft := freeze()
	draft.From = time.Time{}
	if _, err := notice.Text(decision.Public{ID: draft.ID, Measure: draft.Measure}, list); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a draft is published: %v", err)
	}
}

func TestAMaskedNumberShowsFourSymbolsAtMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`[0-9A-Zа-я]{0,20}`).Draw(t, "number")
		d := freeze()
		d.Subject.Identifiers = []record.Identifier{{Type: "passport", Number: number}}
		p, _ := d.Public()
		entry, err := notice.Entry(p, list)
		if err != nil {
			t.Fatalf("%v", err)
		}
		got := []rune(entry.Identifiers[0].Number)
		shown := strings.ReplaceAll(string(got), "•", "")
		if n := len([]rune(number)); len(got) != n || len([]rune(shown)) > 4 || n <= 4 && shown != "" || !strings.HasSuffix(number, shown) {
			t.Fatalf("%q is shown as %q", number, string(got))
		}
	})
}
