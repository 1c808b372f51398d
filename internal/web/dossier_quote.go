package web

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/material"
)

// quoting is where forms are sent whose words are looked up in a document.
const quoting = "POST /dossiers/{id}/quote/{command}"

func quotePath(id, command string) string { return pathOf("dossier/"+id) + "/quote/" + command }

// quotation is what such a form says of a document, and of which case.
type quotation struct {
	Exhibits        clerk.Exhibits
	Document, Words string
	Purpose         bool // it is to be said what the document is read for
}

// derivedOf are the texts that were made of the documents of a material, those apart
// that are a document byte for byte.
func derivedOf(m clerk.MaterialSeen) []material.Derived {
	return slices.DeleteFunc(slices.Clone(m.Derived), func(x material.Derived) bool {
		return slices.ContainsFunc(m.Documents, func(d material.Document) bool { return d.Hash == x.Hash })
	})
}

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
	v.statePurpose(e.values.Get("_purpose"))
	place, words := e.values.Get("_document"), strings.TrimSpace(e.values.Get("_words"))
	if place == "" && words == "" || e.values.Get("_more") != "" {
		return v.giveEntry(cmd, id, e)
	}
	of, hash, _ := strings.Cut(place, "/")
	start, end, err := v.find(of, hash, words)
	if k := fault.KindOf(err); k == fault.Invalid {
		return v.askAgain(cmd, id, e, err)
	}
	if err != nil {
		return err
	}
	for field, value := range map[string]string{"material": of, "document": hash, "start": strconv.Itoa(start), "end": strconv.Itoa(end)} {
		e.values.Set("spans.0."+field, value)
	}
	return v.giveEntry(cmd, id, e)
}

// statePurpose takes a purpose that a form asked for beside its own fields.
func (v *visit) statePurpose(text string) {
	if purpose := purposeOf(text); purpose != "" && v.Order.Purpose == "" {
		v.Order.Purpose = purpose
		v.keep(purposeCookie, purpose, 0)
	}
}

// quoted is what a form that was sent says of a document; nil if it is another
// form.
func (v *visit) quoted(id string, values url.Values) (*quotation, error) {
	if v.r.Pattern != quoting {
		return nil, nil
	}
	q := &quotation{Document: values.Get("_document"), Words: values.Get("_words")}
	var err error
	if q.Exhibits, err = v.Clerk.Exhibits(v.ctx(), v.Order, id); errors.Is(err, clerk.ErrPurpose) {
		q.Purpose = true
		return q, nil
	}
	return q, err
}

// find returns where words stand in a document, in bytes. Breaks of lines in it
// do not matter. They must stand there once.
func (v *visit) find(of, hash, words string) (start, end int, err error) {
	switch {
	case hash == "":
		return 0, 0, fault.New(fault.Invalid, "choose the document in which these words stand")
	case !utf8.ValidString(words):
		return 0, 0, fault.New(fault.Invalid, "these words are no text in UTF-8: copy them from the document")
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
