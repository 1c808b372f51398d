package web

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/form"
)

// commands are the forms of the clerk's commands: GET shows the whole form of
// one, POST gives it. Forms on other pages POST to the same address.
func (s *server) commands() {
	for _, path := range []string{"/do/{command}", "/do/{command}/{id}"} {
		s.page("GET "+path, (*visit).showForm)
		s.page("POST "+path, (*visit).give)
	}
}

// command returns the command that the address names.
func (v *visit) command() (clerk.Command, string, error) {
	name, id := v.r.PathValue("command"), v.r.PathValue("id")
	cmd, ok := clerk.CommandNamed(name)
	if !ok || cmd.New != (id == "") {
		return cmd, id, fault.New(fault.NotFound, "there is no command %q", name)
	}
	return cmd, id, nil
}

// formPage is the whole form of a command.
type formPage struct {
	Command clerk.Command
	ID      string
	Fields  []input
	Key     string // under which the command is done once
	Version string
	Next    string
	Files   []string // names of files that came with it and must be chosen anew
	Failure *failure
	Quoted  *quotation // nil: no words are looked up for it
}

// action is where the form is sent.
func (p formPage) action() string {
	if p.Quoted != nil {
		return quotePath(p.ID, p.Command.Name)
	}
	return formPath(p.Command.Name, p.ID)
}

func (v *visit) showForm() error {
	cmd, id, err := v.command()
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	return v.showFormOf(formPage{Command: cmd, ID: id, Version: q.Get("_version"), Next: q.Get("_next")}, q, http.StatusOK)
}

func (v *visit) showFormOf(p formPage, values url.Values, status int) error {
	p.Key = cmp.Or(values.Get("_key"), rand.Text())
	p.Fields = inputs(p.Command.Body, "", values)
	var err error
	if p.Quoted, err = v.quoted(p.ID, values); err != nil {
		return err
	}
	title := say(v.own(), p.Command.About)
	return v.render(status, frame(title, commandForm(p)))
}

// give gives a command. Refused, the whole form is shown with what was typed and
// why; done, the page of the thing, which says so.
func (v *visit) give() error {
	cmd, id, err := v.command()
	if err != nil {
		return err
	}
	e, err := v.entryOf()
	if err != nil {
		return err
	}
	return v.giveEntry(cmd, id, e)
}

// giveEntry gives a command with a form that was read.
func (v *visit) giveEntry(cmd clerk.Command, id string, e entry) error {
	if more := e.values.Get("_more"); more != "" {
		e.values.Set(more, "") // one more element, to be filled
		return v.showFormOf(formPage{Command: cmd, ID: id, Version: e.values.Get("_version"), Next: e.values.Get("_next"), Files: e.sent()}, e.values, http.StatusOK)
	}
	done, err := v.do(cmd, id, e)
	if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.Conflict) {
		return v.askAgain(cmd, id, e, err)
	}
	if err != nil {
		return err
	}
	if done.Secret != "" {
		return v.show(say(v.own(), "Hints"), secretOnce(done, pathOf(done.Stream)))
	}
	v.say(done)
	return v.goTo(cmp.Or(e.values.Get("_next"), pathOf(done.Stream)))
}

// askAgain shows the whole form of a command with what was typed, and why it was
// not done.
func (v *visit) askAgain(cmd clerk.Command, id string, e entry, why error) error {
	f := failureOf(why)
	p := formPage{Command: cmd, ID: id, Version: e.values.Get("_version"), Next: e.values.Get("_next"), Files: e.sent(), Failure: &f}
	return v.showFormOf(p, e.values, f.Status)
}

// do gives a command with what a form holds.
func (v *visit) do(cmd clerk.Command, id string, e entry) (clerk.Done, error) {
	o := v.Order
	o.Key = e.values.Get("_key")
	if text := e.values.Get("_version"); text != "" {
		var err error
		if o.Version, err = strconv.ParseUint(text, 10, 64); err != nil {
			return clerk.Done{}, fault.New(fault.Invalid, "%q is no version", text)
		}
	}
	body, err := e.body(cmd.Body, v.Zone)
	if err != nil {
		return clerk.Done{}, err
	}
	return v.Clerk.Do(v.ctx(), o, cmd.Name, id, body)
}

// said is what a command did, for the next page.
type said struct {
	Index  int64  `json:"i"`
	Remark string `json:"r,omitempty"`
	Again  bool   `json:"a,omitempty"`
}

// say keeps what a command did for the next page.
func (v *visit) say(d clerk.Done) {
	if text, err := json.Marshal(said{d.Index, d.Remark, d.Repeated}); err == nil {
		v.keep(saidCookie, string(text), 0)
	}
}

// lastSaid is what the last command did, nil if the page after it was shown.
func (v *visit) lastSaid() *said {
	var d said
	if text := v1(v.r, saidCookie); text == "" || json.Unmarshal([]byte(text), &d) != nil {
		return nil
	}
	return &d
}

// input is one field of a form: a value, a group of fields, or a list.
type input struct {
	form.Field
	Path  string
	Value string
	Below []input // of a group, or one for each element of a list
	List  bool
	More  string // path by which a list gets another element
	Open  bool   // something optional that holds a value
}

// inputs returns the fields of a body with the values that they hold; prefix is
// where they stand, "" for all.
func inputs(t reflect.Type, prefix string, values url.Values) []input {
	var out []input
	for _, f := range form.Fields(t) {
		i := input{Field: f, Path: prefix + f.Name, Open: holds(values, prefix+f.Name)}
		below := f.Is
		if below.Kind() == reflect.Pointer {
			below = below.Elem()
		}
		switch {
		case form.IsGroup(below):
			i.Below = inputs(below, i.Path+".", values)
			if f.Optional {
				loosen(i.Below)
			}
		case below.Kind() == reflect.Slice && !form.IsBytes(below) && form.IsGroup(below.Elem()):
			i.List = true
			n := elements(values, i.Path)
			for k := range max(n, 1) {
				at := i.Path + "." + strconv.Itoa(k)
				element := input{Field: f, Path: at, Below: inputs(below.Elem(), at+".", values)}
				if f.Optional || k > 0 {
					loosen(element.Below)
				}
				i.Below = append(i.Below, element)
			}
			i.More = firstLeaf(below.Elem(), i.Path+"."+strconv.Itoa(max(n, 1))+".")
		case below.Kind() == reflect.Slice && !form.IsBytes(below):
			i.List, i.Value = true, strings.Join(texts(values, i.Path), "\n")
		default:
			i.Value = values.Get(i.Path)
		}
		out = append(out, i)
	}
	return out
}

// loosen lets the browser send what stands below something that may be left out
// as a whole; the clerk still refuses a part of it.
func loosen(all []input) {
	for i := range all {
		all[i].Optional = true
		loosen(all[i].Below)
	}
}

// holds reports whether anything is given at or below a path.
func holds(values url.Values, path string) bool {
	for name, given := range values {
		if (name == path || strings.HasPrefix(name, path+".")) && slices.ContainsFunc(given, func(s string) bool { return s != "" }) {
			return true
		}
	}
	return false
}

// elements counts the elements of a list that are given, empty ones too.
func elements(values url.Values, path string) int {
	n := 0
	for name := range values {
		rest, ok := strings.CutPrefix(name, path+".")
		if !ok {
			continue
		}
		number, _, _ := strings.Cut(rest, ".")
		if k, err := strconv.Atoi(number); err == nil && k < 200 {
			n = max(n, k+1)
		}
	}
	return n
}

// texts returns a list of texts, however it was given.
func texts(values url.Values, path string) []string {
	out := linesOf(values[path])
	for k := range elements(values, path) {
		if text := values.Get(path + "." + strconv.Itoa(k)); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// firstLeaf is the path of the first value of an element.
func firstLeaf(t reflect.Type, prefix string) string {
	for _, l := range form.Leaves(t) {
		return prefix + l.Path
	}
	return prefix
}

// word is what kind of value an input takes, for the page.
func (i input) word() string {
	t := i.Is
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case i.Enum != "":
		return "choice"
	case i.List:
		return "lines"
	case form.IsInstant(t):
		return "instant"
	case form.IsBytes(t):
		return "file"
	case t.Kind() == reflect.Bool:
		return "yes"
	case form.IsNumber(t):
		return "number"
	case t.Kind() == reflect.String && longTexts[i.Name]:
		return "text"
	case form.IsText(t):
		return "line"
	}
	return "json"
}

// longTexts are the fields in which people write more than a line.
var longTexts = map[string]bool{
	"text": true, "reason": true, "reasons": true, "open": true, "closed": true, "summary": true, "note": true, "what": true,
	"remarks": true, "question": true, "terms": true, "recourse": true, "change": true, "purpose": true,
}

// choices are the values that an input may have.
func (i input) choices() []string { return strings.Split(i.Enum, ",") }
