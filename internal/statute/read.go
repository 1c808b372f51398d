package statute

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"interdict/internal/deadline"
	"interdict/internal/fault"
)

// maxFile is the most that the text of a statute may have, in bytes. maxDepth is
// how deep it may nest: the reader of YAML takes memory with every level, and
// does not return when there is none left.
const (
	maxFile  = 256 << 10
	maxDepth = 50
)

// Read reads one statute in YAML; name is that of the file, for errors. An
// unknown key, a key twice, an alias, a second document and everything that Check finds
// are errors of kind Invalid, each with its line.
func Read(name string, r io.Reader) (Statute, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return Statute{}, fmt.Errorf("reading the statute %s: %w", name, err)
	}
	if len(text) > maxFile {
		return Statute{}, fault.At(fault.Place{File: name}, "more than %d bytes", maxFile)
	}
	if n := deep(string(text)); n > 0 {
		return Statute{}, fault.At(fault.Place{File: name, Line: n}, "more than %d levels", maxDepth)
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return Statute{}, placed(name, err)
	}
	if n := alias(file); n > 0 {
		return Statute{}, fault.At(fault.Place{File: name, Line: n}, "anchors and aliases are not read: write it out")
	}
	var s Statute
	d := yaml.NewDecoder(strings.NewReader(string(text)), yaml.Strict())
	if err := d.Decode(&s); err != nil {
		return Statute{}, placed(name, err)
	}
	if err := d.Decode(&Statute{}); !errors.Is(err, io.EOF) {
		return Statute{}, fault.At(fault.Place{File: name}, "more than one document")
	}
	s.rules(func(_ string, r *deadline.Rule) {
		if r.Calendar == "" {
			r.Calendar = s.Calendar
		}
	})
	var errs []error
	for _, w := range s.check() {
		errs = append(errs, fault.At(fault.Place{File: name, Line: line(file, w.path), Element: w.path}, "%s", w.text))
	}
	if len(errs) > 0 {
		return Statute{}, fault.As(fault.Invalid, errors.Join(errs...))
	}
	return s, nil
}

// deep returns the first line that may nest too deep, 0 if there is none. It
// counts brackets, and what opens a level without one, wherever they stand.
func deep(text string) int {
	brackets, n := 0, 0
	for l := range strings.Lines(text) {
		n++
		opened := 0
		for i, c := range l {
			switch c {
			case '[', '{':
				brackets++
			case ']', '}':
				brackets = max(brackets-1, 0)
			case '-', '?', '!', '&':
				if rest := l[i+1:]; c == '!' || c == '&' || strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "\t") {
					opened++
				}
			}
			if brackets > maxDepth || opened > maxDepth {
				return n
			}
		}
	}
	return 0
}

// placed gives an error of the YAML reader its line.
func placed(name string, err error) error {
	place := fault.Place{File: name}
	var at yaml.Error
	if !errors.As(err, &at) {
		return fault.At(place, "%v", err)
	}
	if t := at.GetToken(); t != nil {
		place.Line = t.Position.Line
	}
	return fault.At(place, "%s", at.GetMessage())
}

// alias returns the line of an anchor or alias, 0 if there is none. With them, a
// short text could stand for an endless one.
func alias(file *ast.File) int {
	for _, doc := range file.Docs {
		for _, kind := range []ast.NodeType{ast.AnchorType, ast.AliasType} {
			if doc.Body == nil {
				continue
			}
			if found := ast.Filter(kind, doc.Body); len(found) > 0 {
				return found[0].GetToken().Position.Line
			}
		}
	}
	return 0
}

// line returns the line of a path, or of the nearest thing around it.
func line(file *ast.File, path string) int {
	for path != "" {
		p, err := yaml.PathString("$." + path)
		if err == nil {
			if node, err := p.FilterFile(file); err == nil && node != nil {
				return node.GetToken().Position.Line
			}
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 1
}

// Digest returns the hash of what the statute says, as 64 hexadecimal digits.
func (s Statute) Digest() string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // texts and numbers only
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Edition returns the version with the beginning of the digest, as decisions pin
// it: two texts that call themselves the same version have different editions.
func (s Statute) Edition() string { return s.Version + "+" + s.Digest()[:16] }

//go:embed laws/*.yaml
var files embed.FS

// Default is the id of the statute for whoever has no other.
const Default = "model-1373"

// All returns the statutes that ship, the default first, then by id. They must
// not be changed.
func All() []Statute { return shipped() }

var shipped = sync.OnceValue(func() []Statute {
	entries, err := files.ReadDir("laws")
	if err != nil {
		panic(err) // embedded
	}
	var all []Statute
	for _, e := range entries {
		f, err := files.Open("laws/" + e.Name())
		if err != nil {
			panic(err)
		}
		s, err := Read(e.Name(), f)
		if err != nil {
			panic(err)
		}
		if s.ID == Default {
			all = append([]Statute{s}, all...)
		} else {
			all = append(all, s)
		}
	}
	return all
})

// Names returns the ids of the statutes that ship, in the order of All.
func Names() []string {
	var names []string
	for _, s := range All() {
		names = append(names, s.ID)
	}
	return names
}

// Named returns the statute of that id among those that ship; NotFound if there
// is none.
func Named(id string) (Statute, error) {
	for _, s := range All() {
		if s.ID == id {
			return s, nil
		}
	}
	return Statute{}, fault.Hint(fault.New(fault.NotFound, "no statute %q", id), "there are: %s", strings.Join(Names(), ", "))
}
