package web

import (
	"regexp"
	"strconv"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/fault"
)

// giveQuoting gives a command of a case whose span is given by words: they are
// looked up in the document, so that nobody counts bytes. What cannot be found is
// asked for again, with all that was typed.
func (v *visit) giveQuoting() error {
	id := v.r.PathValue("id")
	cmd, ok := clerk.CommandNamed(v.r.PathValue("command"))
	if !ok || cmd.New || cmd.Kind() != "dossier" {
		return fault.New(fault.NotFound, "there is no command %q", v.r.PathValue("command"))
	}
	e, err := v.entryOf()
	if err != nil {
		return err
	}
	place, words := e.values.Get("_document"), strings.TrimSpace(e.values.Get("_words"))
	if place == "" && words == "" {
		return v.giveEntry(cmd, id, e)
	}
	of, hash, _ := strings.Cut(place, "/")
	e.values.Set("spans.0.material", of)
	e.values.Set("spans.0.document", hash)
	start, end, err := v.find(of, hash, words)
	if k := fault.KindOf(err); k == fault.Invalid {
		return v.askAgain(cmd, id, e, err)
	}
	if err != nil {
		return err
	}
	e.values.Set("spans.0.start", strconv.Itoa(start))
	e.values.Set("spans.0.end", strconv.Itoa(end))
	return v.giveEntry(cmd, id, e)
}

// find returns where words stand in a document, in bytes. Breaks of lines in it
// do not matter. They must stand there once.
func (v *visit) find(of, hash, words string) (start, end int, err error) {
	switch {
	case hash == "":
		return 0, 0, fault.New(fault.Invalid, "choose the document in which these words stand")
	case words == "":
		return 0, 0, fault.New(fault.Invalid, "give the words of the document that show it")
	}
	f, err := v.Clerk.File(v.ctx(), v.Order, of, hash)
	if err != nil {
		return 0, 0, err
	}
	parts := strings.Fields(words)
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	found := regexp.MustCompile(strings.Join(parts, `\s+`)).FindAllIndex(f.Content, 2)
	switch len(found) {
	case 0:
		return 0, 0, fault.New(fault.Invalid, "%q does not stand in %s like that: copy the words from it", cut(words, 60), f.Name)
	case 1:
		return found[0][0], found[0][1], nil
	}
	return 0, 0, fault.New(fault.Invalid, "%q stands in %s more than once: quote more of it", cut(words, 60), f.Name)
}
