package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/cli"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/material"
	"interdict/internal/report"
	"interdict/internal/session"
)

// sample is a body of every shape that fields take.
type sample struct {
	inner
	Text  string    `json:"text"`
	Flag  bool      `json:"flag,omitempty"`
	Count int       `json:"count,omitempty"`
	Bytes []byte    `json:"bytes,omitempty"`
	At    time.Time `json:"at,omitzero"`
	List  []struct {
		Name string   `json:"name"`
		Tags []string `json:"tags,omitempty"`
	} `json:"list,omitempty"`
	One *inner `json:"one,omitempty"`
}

type inner struct {
	Key string `json:"key"`
}

func TestArgumentsWriteABody(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	raw, whole := file("raw", "\xff\x00\n"), file("whole.json", `{"text": "from the file", "list": [{"name": "a"}]}`)
	cases := []struct {
		name, stdin string
		args        []string
		want        string // JSON, or what the error says
		kind        fault.Kind
	}{
		{name: "nothing", want: `{}`},
		{name: "a text stays a text", args: []string{"text=1373"}, want: `{"text":"1373"}`},
		{name: "a text may hold anything", args: []string{"text=a=b \"c\"\nd"}, want: `{"text":"a=b \"c\"\nd"}`},
		{name: "an empty text", args: []string{"text="}, want: `{"text":""}`},
		{name: "an embedded field", args: []string{"key=k"}, want: `{"key":"k"}`},
		{name: "true", args: []string{"flag=true"}, want: `{"flag":true}`},
		{name: "a number", args: []string{"count=12"}, want: `{"count":12}`},
		{name: "a large number keeps its digits", args: []string{"count=9007199254740993"}, want: `{"count":9007199254740993}`},
		{name: "a list by numbers", args: []string{"list.0.name=a", "list.0.tags.0=x", "list.1.name=b"}, want: `{"list":[{"name":"a","tags":["x"]},{"name":"b"}]}`},
		{name: "a list as JSON", args: []string{`list=[{"name":"a"}]`, "list.1.name=b"}, want: `{"list":[{"name":"a"},{"name":"b"}]}`},
		{name: "below a pointer", args: []string{"one.key=k"}, want: `{"one":{"key":"k"}}`},
		{name: "bytes of a file", args: []string{"bytes=@" + raw}, want: `{"bytes":"/wAK"}`},
		{name: "bytes in base64", args: []string{"bytes=/wAK"}, want: `{"bytes":"/wAK"}`},
		{name: "text of a file", args: []string{"text=@" + whole}, want: `{"text":"{\"text\": \"from the file\", \"list\": [{\"name\": \"a\"}]}"}`},
		{name: "a text that begins with @", args: []string{"text=@@handle"}, want: `{"text":"@handle"}`},
		{name: "a whole body", args: []string{"@" + whole, "text=over it"}, want: `{"text":"over it","list":[{"name":"a"}]}`},
		{name: "a body from standard input", stdin: `{"text":"t"}`, args: []string{"-", "list.0.name=a"}, want: `{"text":"t","list":[{"name":"a"}]}`},
		{name: "an instant", args: []string{"at=2026-03-02T09:00:00Z"}, want: `{"at":"2026-03-02T09:00:00Z"}`},

		{name: "no instant", args: []string{"at=tomorrow"}, want: "want an instant such as", kind: fault.Invalid},
		{name: "a field that is nearly one", args: []string{"txet=a"}, want: `there is no field "txet"`, kind: fault.Invalid},
		{name: "no field below", args: []string{"list.0.nam=a"}, want: `list.0.nam: there is no field "nam"`, kind: fault.Invalid},
		{name: "below a text", args: []string{"text.0=a"}, want: "nothing stands below a text", kind: fault.Invalid},
		{name: "a hole in a list", args: []string{"list.1.name=a"}, want: "want the number of an element, 0 at most", kind: fault.Invalid},
		{name: "an element without a number", args: []string{"list.name=a"}, want: "want the number of an element", kind: fault.Invalid},
		{name: "no truth", args: []string{"flag=maybe"}, want: "flag: want true or false", kind: fault.Invalid},
		{name: "a truth in words", args: []string{`flag="true"`}, want: "flag: want true or false", kind: fault.Invalid},
		{name: "no number", args: []string{"count=many"}, want: "count: want number", kind: fault.Invalid},
		{name: "no base64", args: []string{"bytes=%"}, want: "want a file, or its bytes in base64", kind: fault.Invalid},
		{name: "no UTF-8", args: []string{"text=@" + raw}, want: "no text in UTF-8", kind: fault.Invalid},
		{name: "two bodies", args: []string{"-", "@x"}, want: "two bodies are given", kind: fault.Invalid},
		{name: "a body that is no JSON", args: []string{"@" + raw}, want: "holds no JSON", kind: fault.Invalid},
		{name: "a body and more", stdin: `{} {}`, args: []string{"-"}, want: "something stands after it", kind: fault.Invalid},
		{name: "an absent file", args: []string{"bytes=@" + dir + "/none"}, want: "reading bytes: ", kind: fault.Internal},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, words, err := cli.BodyOf(reflect.TypeFor[sample](), c.stdin, c.args...)
			if err != nil {
				if !strings.Contains(err.Error(), c.want) || fault.KindOf(err) != c.kind || cli.ExitCode(err) != 2 {
					t.Errorf("%v (%s), want %s (%s)", err, fault.KindOf(err), c.want, c.kind)
				}
				return
			}
			if diff := cmp.Diff(decoded(t, []byte(c.want)), decoded(t, got)); diff != "" || len(words) > 0 {
				t.Errorf("words %q; (-want +got):\n%s", words, diff)
			}
		})
	}
}

func decoded(t interface{ Fatalf(string, ...any) }, text []byte) any {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func TestAnErrorSuggestsTheFieldThatWasMeant(t *testing.T) {
	_, _, err := cli.BodyOf(reflect.TypeFor[sample](), "", "tex=a")
	if got := fault.Hints(err); got != "did you mean: text" {
		t.Errorf("hint %q", got)
	}
}

func TestWordsAreNoFields(t *testing.T) {
	_, words, err := cli.BodyOf(reflect.TypeFor[sample](), "", "D1", "text=x", "./a=b", "A=b", "letter.txt")
	if err != nil || !cmp.Equal(words, []string{"D1", "./a=b", "A=b", "letter.txt"}) {
		t.Errorf("%q %v", words, err)
	}
}

// TestEveryTextArrivesAsItWasTyped holds that what a person types into a field of
// text is what the server reads, whatever it is.
func TestEveryTextArrivesAsItWasTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		argument := text
		if strings.HasPrefix(text, "@") {
			argument = "@" + text
		}
		body, _, err := cli.BodyOf(reflect.TypeFor[sample](), "", "list.0.name="+argument)
		if err != nil {
			t.Fatal(err)
		}
		var got sample
		if err := json.Unmarshal(body, &got); err != nil || got.List[0].Name != text {
			t.Fatalf("%q became %q: %v", text, got.List[0].Name, err)
		}
	})
}

// TestEveryFieldOfEveryCommandCanBeWritten writes each value that a command may
// take by its path, and reads the body back as the clerk does: strictly.
func TestEveryFieldOfEveryCommandCanBeWritten(t *testing.T) {
	var seed [10]byte
	values := []string{
		"text", "true", "7", "2026-03-02T09:00:00Z", "AAAA",
		id.New[alert.Alert](seed).String(), id.New[material.Material](seed).String(), id.New[dossier.Dossier](seed).String(),
		id.New[session.Session](seed).String(), id.New[decision.Decision](seed).String(),
		id.New[report.Report](seed).String(),
	}
	for _, cmd := range clerk.Commands() {
		for path := range cli.Leaves(cmd.Body) {
			written := false
			for _, v := range values {
				body, _, err := cli.BodyOf(cmd.Body, "", path+"="+v)
				if err != nil {
					continue
				}
				d := json.NewDecoder(strings.NewReader(string(body)))
				d.DisallowUnknownFields()
				written = written || d.Decode(reflect.New(cmd.Body).Interface()) == nil
			}
			if !written {
				t.Errorf("%s: %s took none of %q", cmd.Name, path, values)
			}
		}
	}
}

// TestEveryExampleGivesEveryFieldThatIsNeeded reads the example of each command
// as the command line does.
func TestEveryExampleGivesEveryFieldThatIsNeeded(t *testing.T) {
	for _, cmd := range clerk.Commands() {
		args, err := words(cli.SampleOf(cmd))
		if err != nil {
			t.Errorf("%s: %v", cmd.Name, err)
			continue
		}
		given := map[string]bool{}
		for _, a := range args[2:] {
			path, value, _ := strings.Cut(a, "=")
			given[path] = true
			if strings.HasPrefix(value, "@") || path == a {
				continue
			}
			if _, _, err := cli.BodyOf(cmd.Body, "", a); err != nil && !strings.Contains(err.Error(), "number of an element") {
				t.Errorf("%s: %q: %v", cmd.Name, a, err)
			}
		}
		for path, optional := range cli.Leaves(cmd.Body) {
			if !optional && !given[path] {
				t.Errorf("%s: its example leaves out %s", cmd.Name, path)
			}
		}
	}
}
