package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"interdict/internal/fault"
	"interdict/internal/form"
)

// The most bytes of a form: with its files, from who is signed in; and of any other.
const (
	maxForm  = 96 << 20
	maxTyped = 64 << 10
)

// entry is what a form of a command was sent with: values by the path of their
// field. Names that begin with "_" are for the page.
type entry struct {
	values url.Values
	files  map[string][][]byte
	names  map[string][]string // of the files
}

// entryOf reads a form that was sent.
func (v *visit) entryOf() (entry, error) {
	e := entry{files: map[string][][]byte{}, names: map[string][]string{}}
	if v.signedIn() {
		v.r.Body = http.MaxBytesReader(v.w, v.sent, maxForm)
	}
	err := v.r.ParseMultipartForm(maxForm) // what is handed in stands on no disk unsealed
	if err == http.ErrNotMultipart {
		err = v.r.ParseForm()
	}
	if err != nil {
		return e, badForm(err)
	}
	e.values = v.r.PostForm
	if v.r.MultipartForm == nil {
		return e, nil
	}
	for path, heads := range v.r.MultipartForm.File {
		for _, h := range heads {
			f, err := h.Open()
			if err != nil {
				return e, badForm(err)
			}
			bytes, err := io.ReadAll(f)
			_ = f.Close() // it was read to its end, or that failed
			if err != nil {
				return e, badForm(err)
			}
			if len(bytes) > 0 || h.Filename != "" {
				e.files[path], e.names[path] = append(e.files[path], bytes), append(e.names[path], h.Filename)
			}
		}
	}
	return e, nil
}

// sent are the names of the files of a form: a browser does not show them in the
// form again.
func (e entry) sent() []string {
	var all []string
	for _, names := range e.names {
		all = append(all, names...)
	}
	slices.Sort(all)
	return all
}

// body writes the JSON body of a command of the type t. A field left empty is
// not sent; elements of lists close up; a list of texts may come as one text of
// several lines; an instant is read in the reader's zone.
func (e entry) body(t reflect.Type, zone *time.Location) (json.RawMessage, error) {
	kinds := kindsOf(t)
	var given []form.Value
	for path, texts := range e.values {
		is, ok := kinds[general(path)]
		if strings.HasPrefix(path, "_") || len(texts) == 0 {
			continue
		}
		if lines, isList := kinds[general(path)+".0"]; !ok && isList && form.IsText(lines) {
			for i, line := range linesOf(texts) {
				given = append(given, form.Value{Path: path + "." + strconv.Itoa(i), Text: line})
			}
			continue
		}
		text := strings.TrimSpace(texts[len(texts)-1])
		if text == "" {
			continue
		}
		if ok && form.IsInstant(is) {
			text = instantOf(text, zone)
		}
		given = append(given, form.Value{Path: path, Text: text})
	}
	given = append(given, e.enclosed(kinds)...)
	closeUp(given)
	var body any = map[string]any{}
	for _, v := range given {
		var err error
		if body, err = form.Put(t, body, v); err != nil {
			return nil, err
		}
	}
	text, err := json.Marshal(body)
	return text, fault.As(fault.Internal, err)
}

// enclosed are the files of a form: one for a value of bytes; or as many as came
// for a list of files, each with its name.
func (e entry) enclosed(kinds map[string]reflect.Type) []form.Value {
	var out []form.Value
	for path, files := range e.files {
		if _, list := kinds[general(path)+".0.content"]; !list {
			out = append(out, form.Value{Path: path, Bytes: files[0]})
			continue
		}
		for i, bytes := range files {
			at := path + "." + strconv.Itoa(i) + "."
			out = append(out, form.Value{Path: at + "content", Bytes: bytes}, form.Value{Path: at + "name", Text: e.names[path][i]})
		}
	}
	return out
}

// kindsOf returns the type of each value by its path, elements of lists as 0.
func kindsOf(t reflect.Type) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for _, l := range form.Leaves(t) {
		out[l.Path] = l.Is
	}
	return out
}

// general is a path with every element of a list as the first.
func general(path string) string {
	parts := strings.Split(path, ".")
	for i, p := range parts {
		if _, err := strconv.Atoi(p); err == nil {
			parts[i] = "0"
		}
	}
	return strings.Join(parts, ".")
}

func linesOf(texts []string) []string {
	var out []string
	for _, text := range texts {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" {
				out = append(out, line)
			}
		}
	}
	return out
}

// instantOf reads what a field for date and time sends, in the reader's zone.
// What it cannot read stays as it is, and is refused by name.
func instantOf(text string, zone *time.Location) string {
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02"} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at.UTC().Format(time.RFC3339)
		}
	}
	return text
}

// closeUp sorts values by path, elements by number, and numbers the elements of
// each list anew without gaps.
func closeUp(given []form.Value) {
	slices.SortStableFunc(given, func(a, b form.Value) int { return comparePaths(a.Path, b.Path) })
	next := map[string]int{}      // of each list
	became := map[string]string{} // element: what it is called now
	for i, v := range given {
		was, now := "", ""
		for _, part := range strings.Split(v.Path, ".") {
			list := now
			was += "." + part
			if _, err := strconv.Atoi(part); err == nil {
				to, ok := became[was]
				if !ok {
					to = strconv.Itoa(next[list])
					next[list]++
					became[was] = to
				}
				part = to
			}
			now += "." + part
		}
		given[i].Path = now[1:]
	}
}

func comparePaths(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		m, err1 := strconv.Atoi(x[i])
		n, err2 := strconv.Atoi(y[i])
		if err1 == nil && err2 == nil {
			if m != n {
				return m - n
			}
			continue
		}
		if c := strings.Compare(x[i], y[i]); c != 0 {
			return c
		}
	}
	return len(x) - len(y)
}
