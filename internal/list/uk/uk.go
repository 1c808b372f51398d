// Package uk reads the sanctions lists of the United Kingdom: the UK Sanctions
// List as CSV and as XML, and the consolidated list of HM Treasury (ConList,
// closed on 28 January 2026) in its forms of 29 and of 36 columns.
//
// It promises one record for each unique id or group id, whatever number of
// rows prints it, and an error for each row or designation that cannot be
// read. Columns are found by their header, never by position. The ConList
// spreads one entry over rows of names, birth dates and addresses in any
// order, so a CSV file is held until its end; XML is streamed.
//
// What the lists hide in free text (references of the UN, numbers of
// passports, companies and ships, low quality names) is taken out and the text
// is kept. It never decides which of two contradicting values is right.
package uk

import (
	"bytes"
	"strings"

	"interdict/internal/list"
)

const (
	sourceID = "uk"
	fcdo     = "UK Foreign, Commonwealth and Development Office"
	treasury = "HM Treasury"
)

// Source is the list of the United Kingdom in all its forms.
var Source = list.Source{
	ID:        sourceID,
	Title:     "UK Sanctions List and HM Treasury consolidated list",
	Authority: fcdo,
	Formats: []list.Format{
		{Name: "xml", Accepts: acceptsXML, Read: readXML},
		{Name: "csv", Accepts: acceptsCSV("uniqueid"), Read: readCSV},
		{Name: "conlist", Accepts: acceptsCSV("groupid"), Read: readCSV},
	},
}

func acceptsXML(_ []string, head []byte) bool {
	return bytes.Contains(head, []byte("<Designations"))
}

// acceptsCSV wants the header of the names and the column of the key in the
// first lines.
func acceptsCSV(key string) func([]string, []byte) bool {
	return func(_ []string, head []byte) bool {
		text := decode(head)
		for line := range strings.Lines(text) {
			cells := strings.Split(line, ",")
			seen := map[string]bool{}
			for _, c := range cells {
				seen[plain(c)] = true
			}
			if seen["name6"] && seen["name1"] {
				return seen[key]
			}
		}
		return false
	}
}
