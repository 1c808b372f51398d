package web

import (
	"context"
	"slices"

	"interdict/internal/alert"
)

// coded is a reason that is given with one press. Its text, in English, stands in
// the ledger; its code is that of an exclusion. The order never changes: people
// know the numbers by heart.
type coded struct{ Code, Text string }

// otherReasons are why a hit is somebody else.
var otherReasons = []coded{
	{"born_otherwise", "the date of birth is another one"},
	{"name_otherwise", "the whole name is another one"},
	{"country_otherwise", "the nationality or country is another one"},
	{"kind_otherwise", "a person is no organisation, nor the other way round"},
	{"identifier_otherwise", "the documents or numbers are others"},
	{"gender_otherwise", "the gender is another one"},
	{"no_name", "the words are no name in this place"},
	{"common_name", "the name is common, and nothing else agrees"},
	{"known_person", "the person is known here and was checked before"},
}

// sameReasons are why a hit is the listed subject.
var sameReasons = []coded{
	{"identifier", "a document or number is the same"},
	{"name_and_birth", "name and date of birth are the same"},
	{"name_and_ties", "name, country and circumstances are the same"},
	{"said_so", "the person or the sender said so"},
}

// unsureReasons are why nobody can tell yet.
var unsureReasons = []coded{
	{"no_birth", "the date of birth is not known"},
	{"name_only", "only the name is known"},
	{"asked", "more was asked for and has not come"},
}

// snoozeReasons are why an alert waits.
var snoozeReasons = []coded{
	{"documents", "documents were asked for"},
	{"answer", "an answer of another body is awaited"},
	{"list", "the list was asked what it means"},
}

// said is a reason in the reader's language if it is a coded one, else as it was
// written.
func sayReason(ctx context.Context, text string) string {
	for _, all := range [][]coded{otherReasons, sameReasons, unsureReasons, snoozeReasons} {
		if slices.ContainsFunc(all, func(c coded) bool { return c.Text == text }) {
			return say(ctx, text)
		}
	}
	return text
}

// codeOf is the code under which a judged hit is excluded.
func codeOf(h alert.Disposed) string {
	for _, c := range otherReasons {
		if c.Text == h.Reason {
			return c.Code
		}
	}
	return "other"
}

// codeText is what a code of an exclusion means, as a key of messages.
func codeText(code string) string {
	for _, c := range otherReasons {
		if c.Code == code {
			return c.Text
		}
	}
	return stateWord(code)
}
