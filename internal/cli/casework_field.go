package cli

import (
	"fmt"
	"reflect"
	"strings"

	"interdict/internal/form"
)

// explainFields writes what may stand in a body.
func explainFields(c *call, t reflect.Type) error {
	leaves := form.Leaves(t)
	if len(leaves) == 0 {
		return nil
	}
	rows := newTable("field", "", "value", "meaning")
	for _, l := range leaves {
		value, needed := strings.ReplaceAll(l.Enum, ",", "|"), "*"
		if value == "" {
			value = form.Word(l.Is)
		}
		if l.Optional {
			needed = ""
		}
		rows.add(l.Path, needed, value, l.Doc)
	}
	fmt.Fprintln(c.out)
	if err := rows.write(c.out, c); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.out, fieldRules)
	return err
}

const fieldRules = `
Fields marked * are needed. Elements of a list are numbered: 0, 1, 2 … A text is taken as it stands, any other value as
JSON. FIELD=@FILE takes what a file holds, FIELD=@@X the text "@X". @FILE or - gives a whole body in JSON; fields are
written over it.`

// samples are what stands for a value in an example.
var samples = map[string]string{
	"title": `"The group"`, "reason": `"seen on the original"`, "text": `"In words."`, "key": "k1", "item": "1", "place": `"Hall 2"`,
	"question": `"Freeze?"`, "act": `"Decree 2"`, "who": `"An expert"`, "open": `"Reasons for the public."`, "closed": `"Reasons that stay here."`,
	"full": `"Islamic State"`, "on": "2026-03-02T09:00:00Z", "at": "2026-03-02T09:00:00Z", "until": "2026-12-31T23:59:59Z",
	"office": "chair", "choice": "yes", "country": "XX", "preset": "model-1373", "party": "un", "field": "listed_on", "value": "2004-12-17",
}

// example is a command line that gives every field that is needed.
func example(verb string, t reflect.Type, onOne bool) string {
	line := verb
	if onOne {
		line += " ID"
	}
	for _, l := range form.Leaves(t) {
		if l.Optional {
			continue
		}
		first, _, _ := strings.Cut(l.Enum, ",")
		value := samples[l.Name]
		switch {
		case first != "":
			value = first
		case form.IsBytes(l.Is):
			value = "@FILE"
		case value != "":
		case l.Is.Kind() == reflect.Bool:
			value = "true"
		case form.IsNumber(l.Is):
			value = "1"
		case form.IsInstant(l.Is):
			value = samples["on"]
		default:
			value = strings.ToUpper(l.Name)
		}
		line += " " + l.Path + "=" + value
	}
	return line
}
