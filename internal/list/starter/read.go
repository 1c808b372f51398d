package starter

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// Notice stands in Other of every record, under the role "notice".
const Notice = "starter register, written from public facts, not for compliance use"

//go:embed register.yaml
var register []byte

const id = "starter"

// Source is the starter register.
var Source = list.Source{ID: id, Title: "Starter register", Authority: "written by the project from public facts", Formats: []list.Format{
	{Name: "yaml", Accepts: accepts, Read: read},
}}

// Files returns the embedded register as an edition of one file.
func Files() []list.File {
	return []list.File{{Name: "register.yaml", Body: bytes.NewReader(register)}}
}

func accepts(_ []string, head []byte) bool {
	return strings.Contains(string(head), "# The starter register")
}

func read(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		keys := map[string]bool{}
		for _, f := range files {
			nodes, err := subjects(f)
			if err != nil {
				report.Elements++
				if !yield(record.Record{}, err) {
					return
				}
				continue
			}
			for i, n := range nodes {
				report.Elements++
				place := fault.Place{File: f.Name, Line: n.GetToken().Position.Line, Element: fmt.Sprintf("subjects[%d]", i+1)}
				rec, err := entry(n, place)
				if err == nil && keys[rec.Key] {
					err = fault.At(place, "key %q stands twice", rec.Key)
				}
				keys[rec.Key] = true
				if !yield(rec, err) {
					return
				}
			}
		}
	}
}

// subjects returns the nodes of the list of subjects of a register file.
func subjects(f list.File) ([]ast.Node, error) {
	text, err := io.ReadAll(f.Body)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", f.Name, err)
	}
	doc, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, fault.At(fault.Place{File: f.Name}, "%s", strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	path, err := yaml.PathString("$.subjects")
	if err != nil {
		return nil, err
	}
	node, err := path.FilterFile(doc)
	if err != nil {
		return nil, fault.At(fault.Place{File: f.Name}, "the file has no list named subjects")
	}
	seq, ok := node.(*ast.SequenceNode)
	if !ok {
		return nil, fault.At(fault.Place{File: f.Name}, "subjects is no list")
	}
	return seq.Values, nil
}
