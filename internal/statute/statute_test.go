package statute

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"interdict/internal/deadline"
	"interdict/internal/fault"
)

var update = flag.Bool("update", false, "write testdata/editions.txt and docs/statutes.md")

func law(t testing.TB, name string) Statute {
	t.Helper()
	s, err := Named(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// text returns the file of a statute that ships.
func text(t testing.TB, name string) string {
	t.Helper()
	b, err := files.ReadFile("laws/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// clone returns a copy that shares nothing with s.
func clone(t testing.TB, s Statute) Statute {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var c Statute
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	if c.Digest() != s.Digest() {
		t.Fatal("a copy through JSON has another digest")
	}
	return c
}

func TestTheStatutesThatShip(t *testing.T) {
	if want := []string{Default, "ae-74-2020", "in-uapa", "ru-2015", "tr-6415", "uk-2019"}; !slices.Equal(Names(), want) {
		t.Fatalf("names %q, want %q", Names(), want)
	}
	for _, s := range All() {
		if err := s.Check(); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
		if s.Threshold.CriminalCase {
			t.Errorf("%s needs a criminal case", s.ID)
		}
		if s.ID == Default {
			continue
		}
		if n := s.Counts(); n[deadline.Secondary] == 0 || n[deadline.Assumed] == 0 {
			t.Errorf("%s: %v: want rules that were seen and rules that say that they were not", s.ID, n)
		}
	}
	if _, err := Named("atlantis"); fault.KindOf(err) != fault.NotFound || !strings.Contains(fault.Hints(err), Default) {
		t.Errorf("an unknown statute: %v", err)
	}
}

// A decision pins an edition, so a released version never changes.
func TestAReleasedVersionStays(t *testing.T) {
	const file = "testdata/editions.txt"
	var b strings.Builder
	for _, s := range All() {
		b.WriteString(s.ID + " " + s.Version + " " + s.Digest() + "\n")
	}
	golden(t, file, b.String(), "a statute changed under its old version: give it a new one, or if it was never released")
}

func golden(t *testing.T, file, got, hint string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is not as it would be written now: %s run go test ./internal/statute -update", file, hint)
	}
}

// Whatever is changed in a statute is seen in its words and in its digest.
func TestTheWordsTellEverything(t *testing.T) {
	unused := regexp.MustCompile(`^vote\.quorum\.count$`) // beside a fraction
	for _, s := range All() {
		type value struct {
			path string
			v    reflect.Value
		}
		var values []value
		c := clone(t, s)
		walk(reflect.ValueOf(&c).Elem(), "", func(path string, v reflect.Value) {
			if leaf(v) {
				values = append(values, value{path, v})
			}
		})
		if len(values) < 200 {
			t.Fatalf("%s: %d values only", s.ID, len(values))
		}
		for _, x := range values {
			was := reflect.New(x.v.Type()).Elem()
			was.Set(x.v)
			alter(x.v)
			switch changes := Diff(s, c); {
			case c.Digest() == s.Digest() || len(changes) == 0:
				t.Fatalf("%s: %s was changed unseen", s.ID, x.path)
			case changes[0].Name == reordered && !unused.MatchString(x.path):
				t.Errorf("%s: %s was changed, and no line shows it", s.ID, x.path)
			}
			x.v.Set(was)
		}
	}
}

func leaf(v reflect.Value) bool {
	if v.Type() == reflect.TypeFor[deadline.Day]() {
		return true
	}
	switch v.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64:
		return true
	}
	return false
}

func alter(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	default:
		v.Set(reflect.ValueOf(deadline.Day{Year: 1999, Month: 9, Day: 9}))
	}
}

func TestLinesHaveNamesOfTheirOwn(t *testing.T) {
	for _, s := range All() {
		seen := map[[2]string]bool{}
		rules := 0
		for _, l := range s.Lines() {
			key := [2]string{l.Section, l.Name}
			if seen[key] || l.Name == "" || l.Text == "" {
				t.Errorf("%s: line %q stands twice or says nothing", s.ID, key)
			}
			seen[key] = true
			if l.Verified != "" {
				rules++
			}
		}
		counted := 0
		for _, n := range s.Counts() {
			counted += n
		}
		if rules != counted {
			t.Errorf("%s: %d rules have a basis, %d are shown with it", s.ID, counted, rules)
		}
	}
}

func TestDiffSaysWhatIsNewGoneAndOther(t *testing.T) {
	a := law(t, Default)
	b := clone(t, a)
	b.Clocks[2].Amount = 15
	b.Grounds = b.Grounds[:2]
	b.Exemptions = append(b.Exemptions, Exemption{Kind: "salary", Mode: Standing, Text: "wages", Basis: Basis{Verified: deadline.Assumed, Note: "a test"}})
	var got []string
	for _, c := range Diff(a, b) {
		got = append(got, c.String())
	}
	for i, want := range []string{
		"clocks, request: was: within 10 working days, counted from the next day",
		"exemptions, 4, salary: new: standing: wages [assumed: a test]",
		"grounds, behalf: gone: Acts on behalf",
	} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Fatalf("changes %q, want %q", got, want)
		}
	}
	if d := Diff(a, clone(t, a)); len(d) > 0 {
		t.Errorf("the same statute differs: %v", d)
	}
	slices.Reverse(b.Tracks)
	c := clone(t, b)
	slices.Reverse(c.Tracks)
	if d := Diff(b, c); len(d) != 1 || d[0].Name != reordered {
		t.Errorf("another order of tracks: %v", d)
	}
}

func TestADigestIsOfTheContent(t *testing.T) {
	a := law(t, "ru-2015")
	b, err := Read("x.yaml", strings.NewReader("# a remark\n\n"+strings.ReplaceAll(text(t, "ru-2015"), "\n  - {id: ", "\n\n  - { id: ")))
	if err != nil {
		t.Fatal(err)
	}
	if a.Digest() != b.Digest() {
		t.Errorf("layout changes the digest: %v", Diff(a, b))
	}
	if !strings.HasPrefix(a.Digest(), strings.TrimPrefix(a.Edition(), a.Version+"+")) {
		t.Errorf("edition %s of digest %s", a.Edition(), a.Digest())
	}
}

func TestTheTextOfAStatuteIsItsFile(t *testing.T) {
	for _, id := range Names() {
		got, err := Text(id)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Read(id, strings.NewReader(got))
		if err != nil || s.ID != id || s.Digest() != law(t, id).Digest() {
			t.Errorf("the text of %s is that of %s, %v", id, s.ID, err)
		}
	}
	for _, id := range []string{"atlantis", "", "../read"} {
		if _, err := Text(id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the text of %q: %v", id, err)
		}
	}
}
