// Package ru reads the lists of the Russian Federal Financial Monitoring
// Service (Rosfinmonitoring) as XML with Cyrillic element names: the decisions
// of the interdepartmental commission (format 2.0) and the list of
// organisations and persons known to be involved in extremism or terrorism
// (article 6 of law 115-FZ).
//
// It promises a record or an error for each subject. A decision with several
// subjects gives a record for each, with the decision as its listing. Revoked
// decisions and excluded subjects come as ended listings. The date of the
// list before this one is reported, so that a gap between editions is seen.
package ru

import (
	"bytes"
	"iter"

	"interdict/internal/list"
	"interdict/internal/record"
)

const (
	sourceID  = "ru"
	authority = "Rosfinmonitoring"
)

// Source is the lists of the Russian Federation.
var Source = list.Source{
	ID:        sourceID,
	Title:     "Rosfinmonitoring list and decisions of the interdepartmental commission",
	Authority: authority,
	Formats: []list.Format{
		{Name: "decisions", Accepts: holds("СписокРешений"), Read: readDecisions},
		{Name: "list", Accepts: holds("Перечень"), Read: readList},
	},
}

// holds looks for the root element. The files come in UTF-8 and in
// Windows-1251.
func holds(root string) func([]string, []byte) bool {
	return func(_ []string, head []byte) bool {
		for _, text := range [][]byte{[]byte(root), windows1251(root)} {
			if i := bytes.Index(head, text); i > 0 && (head[i-1] == '<' || head[i-1] == ':') {
				return true
			}
		}
		return false
	}
}

// windows1251 is a word of the Russian alphabet in that code page.
func windows1251(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r-'А'+0xC0))
	}
	return out
}

type yield = func(record.Record, error) bool

// each reads the files of an edition with fresh keys.
func each(files []list.File, report *list.Report, read func(*reader, list.File, yield) bool) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		keys := map[string]int{}
		for _, f := range files {
			if !read(&reader{file: f.Name, report: report, keys: keys}, f, yield) {
				return
			}
		}
	}
}
