package web

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
	"golang.org/x/text/number"
)

// tongue is a language that the pages speak.
type tongue struct {
	Code string // BCP 47
	Name string // in itself
	RTL  bool
}

// tongues are the languages of the pages. What one has no message for is said in
// English.
var tongues = []tongue{
	{"en", "English", false},
	{"fr", "Français", false},
	{"es", "Español", false},
	{"ru", "Русский", false},
	{"ar", "العربية", true},
	{"zh", "中文", false},
}

//go:embed messages/*.json
var messageFiles embed.FS

// messages is what the pages say, by language. The key of a message is its
// English; one that counts has a form for each plural of its language. They are
// read when the first page is wanted: most runs of the program show none.
var messages = sync.OnceValue(readMessages)

func readMessages() catalog.Catalog {
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	files, err := messageFiles.ReadDir("messages")
	if err != nil {
		panic(err)
	}
	for _, f := range files {
		text, err := messageFiles.ReadFile(path.Join("messages", f.Name()))
		if err == nil {
			err = addMessages(b, strings.TrimSuffix(f.Name(), ".json"), text)
		}
		if err != nil {
			panic(fmt.Sprintf("messages/%s: %v", f.Name(), err))
		}
	}
	return b
}

// addMessages adds the messages of one language: a text, or the forms of a
// plural by the number that stands first in it.
func addMessages(b *catalog.Builder, code string, text []byte) error {
	tag, err := language.Parse(code)
	if err != nil {
		return err
	}
	all := map[string]any{}
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	for key, m := range all {
		switch m := m.(type) {
		case string:
			err = b.SetString(tag, key, m)
		case map[string]any:
			var cases []any
			for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
				if said, ok := m[form].(string); ok {
					cases = append(cases, form, said)
				}
			}
			err = b.Set(tag, key, plural.Selectf(1, "%d", cases...))
		default:
			err = fmt.Errorf("%q is neither a text nor plural forms", key)
		}
		if err != nil {
			return fmt.Errorf("%q: %w", key, err)
		}
	}
	return nil
}

// printer writes messages. Digits are those of dates and ids in every language.
func (t tongue) printer() *message.Printer {
	return message.NewPrinter(language.MustParse(t.Code+"-u-nu-latn"), message.Catalog(messages()))
}

// tongueOf is the language that a reader chose, or that the browser asks for.
func tongueOf(r *http.Request) tongue {
	chosen := v1(r, languageCookie)
	var tags []language.Tag
	for _, t := range tongues {
		if t.Code == chosen {
			return t
		}
		tags = append(tags, language.MustParse(t.Code))
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return tongues[0]
	}
	_, i, confidence := language.NewMatcher(tags).Match(wanted...)
	if confidence == language.No {
		return tongues[0]
	}
	return tongues[i]
}

// digits is the number of an entry, edition, version, year or place in a text: it
// is written like that everywhere, and not grouped as an amount is.
func digits[N int | int64 | uint64](n N) any { return number.Decimal(n, number.NoSeparator()) }

// say says a message in the reader's language. Its key is the message in English,
// with fmt's verbs; a number that decides a plural stands first. A value of a list
// may be a message as well, and has no verbs whatever stands in it.
func say(ctx context.Context, key string, args ...any) string {
	if len(args) == 0 && strings.Contains(key, "%") {
		return key
	}
	return visitOf(ctx).printer.Sprintf(key, args...)
}
