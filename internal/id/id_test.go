package id_test

import (
	"encoding/json"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/id"
)

type dossier struct {
	ID   id.Of[dossier]
	Main id.Of[dossier] `json:",omitzero"`
}

func (dossier) IDPrefix() string { return "D" }

type alert struct{}

func (alert) IDPrefix() string { return "AL" }

func bytes10(t *rapid.T) [10]byte {
	return [10]byte(rapid.SliceOfN(rapid.Byte(), 10, 10).Draw(t, "random"))
}

func TestTextIsStable(t *testing.T) {
	for _, c := range []struct {
		random [10]byte
		want   string
	}{
		{[10]byte{}, "D00000000000000000"},
		{[10]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, "D041061050R3GG28AB"},
		{[10]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255}, "DZZZZZZZZZZZZZZZZM"},
	} {
		if got := id.New[dossier](c.random).String(); got != c.want {
			t.Errorf("%v: got %s, want %s", c.random, got, c.want)
		}
	}
}

func TestParseIsTheInverseOfString(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := id.New[dossier](bytes10(t))
		b, err := id.Parse[dossier](a.String())
		if err != nil || a != b || a.Compare(b) != 0 {
			t.Fatalf("%s: got %s, %v", a, b, err)
		}
	})
}

func TestDifferentBytesGiveDifferentIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := bytes10(t), bytes10(t)
		if (id.New[dossier](a) == id.New[dossier](b)) != (a == b) {
			t.Fatalf("%v and %v", a, b)
		}
	})
}

func TestCopiesByHandAreRead(t *testing.T) {
	want := id.New[dossier]([10]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
	for _, text := range []string{
		"D041061050R3GG28AB", " d041061050r3gg28ab ", "D-0410-6105-0R3G-G28A-B",
		"DO4IO6LO5OR3GG28AB", "D 0410 61050 R3GG 28AB",
	} {
		if got, err := id.Parse[dossier](text); err != nil || got != want {
			t.Errorf("%q: got %s, %v", text, got, err)
		}
	}
}

func TestWrongIDsAreExplained(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "begin with D"},
		{"AL041061050R3GG28A8", "begin with D"},
		{"D041061050R3GG28A", "16 symbols after D, want 17"},
		{"D041061050R3GG28ABB", "18 symbols"},
		{"D041061050R3GG28AU", `'U' is no symbol`},
		{"D041061050R3GG28Aж", `'Ж' is no symbol`},
		{"D041061050R3GG28A9", "check symbol"},
	} {
		_, err := id.Parse[dossier](c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: got %v, want %q", c.text, err, c.want)
		}
	}
}

func TestEverySlipIsFound(t *testing.T) {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(id.New[alert](bytes10(t)).String())
		for i := 2; i < len(text); i++ {
			for _, other := range []byte(alphabet) {
				wrong := append([]byte{}, text...)
				if wrong[i] = other; other == text[i] {
					continue
				}
				if _, err := id.Parse[alert](string(wrong)); err == nil {
					t.Fatalf("%s for %s passes", wrong, text)
				}
			}
			for j := i + 1; j < len(text); j++ {
				wrong := append([]byte{}, text...)
				wrong[i], wrong[j] = wrong[j], wrong[i]
				if _, err := id.Parse[alert](string(wrong)); err == nil && text[i] != text[j] {
					t.Fatalf("%s for %s passes", wrong, text)
				}
			}
		}
	})
}

func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := dossier{ID: id.New[dossier](bytes10(t))}
		if rapid.Bool().Draw(t, "merged") {
			a.Main = id.New[dossier](bytes10(t))
		}
		text, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var b dossier
		if err := json.Unmarshal(text, &b); err != nil || a != b || a.Main.IsZero() == strings.Contains(string(text), "Main") {
			t.Fatalf("%s: %v", text, err)
		}
	})
}

func TestStoredTextHasOneForm(t *testing.T) {
	for _, text := range []string{`"d041061050r3gg28ab"`, `"D0410-61050R3GG28AB"`, `"AL0"`, `7`} {
		var a id.Of[dossier]
		if err := json.Unmarshal([]byte(text), &a); err == nil || !a.IsZero() {
			t.Errorf("%s was read as %s", text, a)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("D041061050R3GG28AB")
	f.Add("d-0410 6105ORЖ")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := id.Parse[dossier](text)
		if err != nil {
			return
		}
		if b, err := id.Parse[dossier](a.String()); err != nil || a != b {
			t.Errorf("%q gives %s, which gives %s, %v", text, a, b, err)
		}
	})
}

// An id of one kind is neither assigned nor converted to another's: what the
// compiler says is asked of it here.
func TestKindsDoNotMix(t *testing.T) {
	const head = `package p
import "interdict/internal/id"
type D struct{ ID id.Of[D] }
func (D) IDPrefix() string { return "D" }
type A struct{}
func (A) IDPrefix() string { return "A" }
var d id.Of[D]
var _ id.Of[`
	for line, want := range map[string]bool{"D] = d": true, "A] = d": false, "A] = id.Of[A](d)": false, "string]": false} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", head+line, 0)
		if err != nil {
			t.Fatal(err)
		}
		conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
		_, err = conf.Check("p", fset, []*ast.File{file}, nil)
		if (err == nil) != want {
			t.Errorf("%q compiles: %v, want %v (%v)", line, err == nil, want, err)
		}
	}
}
