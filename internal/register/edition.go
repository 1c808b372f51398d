package register

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// headSize is how much of a file a format may look at to recognise itself.
const headSize = 4096

// File names one raw file of an edition by its content.
type File struct {
	Name   string
	SHA256 string // hex
	Size   int64
}

// Input is one raw file as given.
type Input struct {
	Name  string
	Bytes []byte
}

// Edition is one state of one list, read completely. It is not changed after
// [Read] has returned it.
type Edition struct {
	Info
	Records []record.Record
	Errs    []error // one for each element that could not be read
	Report  list.Report
}

// Info says which edition something comes from.
type Info struct {
	ID        string // 16 hex digits over the source and the names and hashes of the files
	Source    string
	Title     string
	Authority string
	Format    string
	Files     []File
	Content   string       // 16 hex digits over what the records say, as this program reads them
	Date      date.Partial // as the list itself states it
	Records   int
	Errors    int
	Declared  int // entries that the list itself states, 0 if it does not
	Warnings  int
}

// Read reads the files of one edition in the named format, or in the first
// format that accepts them if the name is "". Elements that cannot be read
// are all in Edition.Errs; the error is for files that cannot be read at all.
func Read(source list.Source, format string, files []Input) (Edition, error) {
	files = slices.Clone(files)
	slices.SortFunc(files, func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	if err := checkNames(files); err != nil {
		return Edition{}, fmt.Errorf("reading an edition of %s: %w", source.ID, err)
	}
	f, files, err := choose(source, format, files)
	if err != nil {
		return Edition{}, fmt.Errorf("reading an edition of %s: %w", source.ID, err)
	}
	e := Edition{Info: Info{Source: source.ID, Title: source.Title, Authority: source.Authority, Format: f.Name}}
	in := make([]list.File, len(files))
	for i, x := range files {
		in[i] = list.File{Name: x.Name, Body: bytes.NewReader(x.Bytes)}
		sum := sha256.Sum256(x.Bytes)
		e.Files = append(e.Files, File{Name: x.Name, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(x.Bytes))})
	}
	slices.SortFunc(e.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	e.ID = editionID(source.ID, e.Files)
	for r, err := range f.Read(in, &e.Report) {
		if err != nil {
			e.Errs = append(e.Errs, err)
			continue
		}
		r.Source, r.Edition = source.ID, e.ID
		e.Records = append(e.Records, r)
	}
	e.Content = digest(e.Records)
	e.Date, e.Declared = e.Report.Date, e.Report.Declared
	e.Info.Records, e.Errors, e.Warnings = len(e.Records), len(e.Errs), len(e.Report.Warnings)
	return e, nil
}

func checkNames(files []Input) error {
	if len(files) == 0 {
		return fault.New(fault.Invalid, "no file given")
	}
	for i := 1; i < len(files); i++ {
		if files[i].Name == files[i-1].Name {
			return fault.New(fault.Invalid, "two files are called %q", files[i].Name)
		}
	}
	return nil
}

// Accepts reports whether some format of the source recognises the files.
func Accepts(source list.Source, files []Input) bool {
	_, _, err := choose(source, "", files)
	return err == nil
}

// choose finds the format and puts the file by which it was recognised first.
func choose(source list.Source, format string, files []Input) (list.Format, []Input, error) {
	var known []string
	for _, f := range source.Formats {
		known = append(known, f.Name)
		if format != "" && f.Name == format {
			return f, files, nil
		}
	}
	if format != "" {
		err := fault.New(fault.Invalid, "no format %q", format)
		return list.Format{}, nil, fault.Hint(err, "formats: %s", strings.Join(known, ", "))
	}
	for _, f := range source.Formats {
		for i := range files {
			turned := append([]Input{files[i]}, slices.Delete(slices.Clone(files), i, i+1)...)
			names := make([]string, len(turned))
			for j, x := range turned {
				names[j] = x.Name
			}
			head := turned[0].Bytes
			if f.Accepts(names, head[:min(len(head), headSize)]) {
				return f, turned, nil
			}
		}
	}
	err := fault.New(fault.Invalid, "%s is in no format known for this source", files[0].Name)
	return list.Format{}, nil, fault.Hint(err, "formats: %s", strings.Join(known, ", "))
}

func editionID(source string, files []File) string {
	h := sha256.New()
	fmt.Fprintf(h, "edition\n%s\n", strconv.Quote(source))
	for _, f := range files {
		fmt.Fprintf(h, "%s %s\n", strconv.Quote(f.Name), f.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// digest is a hash of what the records say, in any order. It changes when a
// reader learns to read more of the same bytes.
func digest(records []record.Record) string {
	var all []string
	for _, r := range records {
		var b strings.Builder
		for _, v := range Content(r) {
			fmt.Fprintf(&b, "%s %q\n", v.Path, v.Text)
		}
		all = append(all, b.String())
	}
	slices.Sort(all)
	h := sha256.New()
	for _, s := range all {
		fmt.Fprintf(h, "record %d\n%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// handles returns for each record of an edition a key that is unique in it:
// the list's key, with #2, #3 ... added where the list repeats one.
func handles(records []record.Record) []string {
	seen := map[string]int{}
	out := make([]string, len(records))
	for i, r := range records {
		seen[r.Key]++
		out[i] = r.Key
		if n := seen[r.Key]; n > 1 {
			out[i] += "#" + strconv.Itoa(n)
		}
	}
	return out
}
