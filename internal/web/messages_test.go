package web

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"interdict/internal/clerk"
	"interdict/internal/form"
	"interdict/internal/roster"
)

var missing = flag.String("missing", "", "write the messages that a language (or \"all\") has no words for to standard output")

// TestEveryLanguageSaysAll fails for a message of the pages that a language has no
// words for, and for words that no page says.
func TestEveryLanguageSaysAll(t *testing.T) {
	wanted := wantedMessages(t)
	for _, tongue := range tongues {
		has := messagesOf(t, tongue.Code)
		lacks := map[string]string{}
		for key := range wanted {
			if has[key] == nil && (tongue.Code != "en" || counts.MatchString(key)) && !alike[key] {
				lacks[key] = ""
			}
		}
		if *missing == tongue.Code || *missing == "all" && tongue.Code != "en" {
			text, _ := json.MarshalIndent(lacks, "", "\t")
			fmt.Printf("%s\n%s\n", tongue.Code, text)
			continue
		}
		for _, key := range sortedKeys(lacks) {
			t.Errorf("%s has no words for %q", tongue.Code, key)
		}
		for key := range has {
			if !wanted[key] {
				t.Errorf("%s says %q, which no page does", tongue.Code, key)
			}
		}
	}
}

// counts is a message whose noun follows its number.
var counts = regexp.MustCompile(`^%d [a-z]+s\b`)

// alike are messages that are the same in every language.
var alike = map[string]bool{}

// A translation has the verbs of its key, in any order, and the forms of plural
// that its language needs.
func TestTranslationsHaveTheirVerbs(t *testing.T) {
	needs := map[string][]string{
		"en": {"one", "other"}, "fr": {"one", "other"}, "es": {"one", "other"}, "zh": {"other"},
		"ru": {"one", "few", "many", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"},
	}
	for _, tongue := range tongues {
		for key, said := range messagesOf(t, tongue.Code) {
			switch said := said.(type) {
			case string:
				sameVerbs(t, tongue.Code, key, said, false)
			case map[string]any:
				for _, form := range needs[tongue.Code] {
					text, ok := said[form].(string)
					if !ok {
						t.Errorf("%s: %q has no form for %s", tongue.Code, key, form)
						continue
					}
					sameVerbs(t, tongue.Code, key, text, true)
				}
			}
		}
	}
}

var verbOf = regexp.MustCompile(`%(\[\d+\])?[.0-9]*[a-z]`)

// sameVerbs compares the verbs of a message; a plural form may leave the number
// out, as in "one day".
func sameVerbs(t *testing.T, code, key, said string, plural bool) {
	t.Helper()
	want, got := verbsOf(key), verbsOf(said)
	if plural && len(got) == len(want)-1 {
		want = want[1:]
		slices.Sort(want)
		slices.Sort(got)
	}
	if !slices.Equal(want, got) {
		t.Errorf("%s: %q has the verbs %q, its words %q have %q", code, key, want, said, got)
	}
}

func verbsOf(text string) []string {
	var all []string
	for _, v := range verbOf.FindAllString(strings.ReplaceAll(text, "%%", ""), -1) {
		all = append(all, regexp.MustCompile(`\[\d+\]`).ReplaceAllString(v, ""))
	}
	slices.Sort(all)
	return all
}

func messagesOf(t *testing.T, code string) map[string]any {
	t.Helper()
	text, err := messageFiles.ReadFile("messages/" + code + ".json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatalf("messages/%s.json: %v", code, err)
	}
	return all
}

// wantedMessages are the keys of all that the pages say: what stands in the code,
// and what commands, states and roles are called.
func wantedMessages(t *testing.T) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			saidIn(t, file, keys)
		}
	}
	for _, g := range navGroups {
		keys[g.Title] = true
		for _, l := range g.Links {
			keys[l.Title] = true
		}
	}
	for _, s := range shelves {
		keys[s.Title] = true
		for _, state := range s.States {
			keys[stateWord(state)] = true
		}
	}
	for _, tray := range trays {
		keys[tray.title] = true
	}
	for state := range tones {
		keys[stateWord(state)] = true
	}
	for _, r := range roster.Roles() {
		keys[string(r)] = true
	}
	for _, value := range saidValues(t) {
		keys[value] = true
	}
	reasons(t, keys)
	for _, cmd := range clerk.Commands() {
		keys[cmd.About], keys[cmd.Kind()] = true, true
		ofForm(cmd.Body, keys)
	}
	return keys
}

// saidValues are names of values that other rooms give and no code here writes down,
// found by walking every page in Arabic.
func saidValues(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/said.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// reasoned are the rooms whose texts say why a score, a confidence or a band is what
// it is, and why nothing was screened. The pages show all of them.
var reasoned = []string{"../match", "../screen"}

// reasons adds those of every file of the rooms but their tests.
func reasons(t *testing.T, keys map[string]bool) {
	t.Helper()
	for _, room := range reasoned {
		files, err := filepath.Glob(filepath.Join(room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no file in %s: %v", room, err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				reasonsIn(t, file, keys)
			}
		}
	}
}

// aReason is a text of several words, or the name of a relation or of what is compared.
var aReason = regexp.MustCompile(`^[a-z][^%"]* [^%"]*[^ %"]$`)

// reasonsIn adds the reasons of a file, and all texts of its variables of names.
func reasonsIn(t *testing.T, file string, keys map[string]bool) {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	literals := func(n ast.Node, want *regexp.Regexp) {
		ast.Inspect(n, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && ofFault(call) {
				return false // an error
			}
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if text, err := strconv.Unquote(l.Value); err == nil && want.MatchString(text) {
					keys[text] = true
				}
			}
			return true
		})
	}
	literals(tree, aReason)
	ast.Inspect(tree, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && strings.HasSuffix(v.Names[0].Name, "Names") {
			literals(v, regexp.MustCompile(`.`))
		}
		return true
	})
}

func ofFault(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	room, ok := f.X.(*ast.Ident)
	return ok && room.Name == "fault"
}

func ofForm(t reflect.Type, keys map[string]bool) {
	for _, f := range form.Fields(t) {
		keys[label(f.Name)] = true
		if f.Doc != "" {
			keys[f.Doc] = true
		}
		for _, c := range strings.Split(f.Enum, ",") {
			if c != "" {
				keys[stateWord(c)] = true
			}
		}
		below := f.Is
		for below.Kind() == reflect.Pointer || below.Kind() == reflect.Slice && !form.IsBytes(below) {
			below = below.Elem()
		}
		if form.IsGroup(below) {
			ofForm(below, keys)
		}
	}
}

// named are the variables and functions that hold what a value is called: every
// text in them is a key.
var named = regexp.MustCompile(`(Words?|Reasons)$`)

// saidIn adds the keys of a file: what say is given, and what values are called.
func saidIn(t *testing.T, file string, keys map[string]bool) {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if name, ok := n.Fun.(*ast.Ident); ok && name.Name == "say" && len(n.Args) > 1 {
				keysOf(n.Args[1], keys)
			}
		case *ast.CompositeLit:
			if name, ok := n.Type.(*ast.Ident); ok && name.Name == "failure" && len(n.Elts) > 1 {
				titleKey(n, keys)
			}
		case *ast.ValueSpec:
			if named.MatchString(n.Names[0].Name) {
				for _, v := range n.Values {
					keysOf(v, keys)
				}
			}
		case *ast.FuncDecl:
			if named.MatchString(n.Name.Name) {
				ast.Inspect(n.Body, func(n ast.Node) bool {
					if r, ok := n.(*ast.ReturnStmt); ok {
						keysOf(r.Results[0], keys)
					}
					return true
				})
			}
		}
		return true
	})
}

// titleKey adds the title of a failure.
func titleKey(n *ast.CompositeLit, keys map[string]bool) {
	for i, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if name, ok := kv.Key.(*ast.Ident); ok && name.Name == "Title" {
				keyOf(kv.Value, keys)
			}
		} else if i == 1 {
			keyOf(e, keys)
		}
	}
}

// keysOf adds a text, or the values of a map or list of them, or the last field of
// each struct in a list.
func keysOf(e ast.Expr, keys map[string]bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		keyOf(e, keys)
	case *ast.IndexExpr:
		keysOf(e.X, keys)
	case *ast.CompositeLit:
		for i, x := range e.Elts {
			switch x := x.(type) {
			case *ast.KeyValueExpr:
				keysOf(x.Value, keys)
			case *ast.CompositeLit:
				keysOf(x, keys)
			default:
				if e.Type == nil && i < len(e.Elts)-1 {
					continue // a code before its text
				}
				keysOf(x, keys)
			}
		}
	}
}

func keyOf(e ast.Expr, keys map[string]bool) {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		if key, err := strconv.Unquote(l.Value); err == nil && strings.ContainsFunc(key, unicode.IsLetter) {
			keys[key] = true
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
