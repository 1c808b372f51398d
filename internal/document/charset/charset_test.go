package charset_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"interdict/internal/document/charset"
)

// TestGuess tells single names apart, the hardest case.
func TestGuess(t *testing.T) {
	for _, c := range []struct {
		name  string
		table *charmap.Charmap
		text  string
	}{
		{"windows-1252", charmap.Windows1252, "François Müller"},
		{"windows-1252", charmap.Windows1252, "GÜNTER GRÖNEMEYER"},
		{"windows-1252", charmap.Windows1252, "“Quoted” – text…"},
		{"windows-1252", charmap.Windows1252, "José Nuñez; Ångström; Ødegård"},
		{"windows-1251", charmap.Windows1251, "Усама бен Ладен"},
		{"windows-1251", charmap.Windows1251, "ИВАНОВ ПЕТР СЕРГЕЕВИЧ"},
		{"windows-1251", charmap.Windows1251, "Петренко Олена Іванівна"},
		{"KOI8-R", charmap.KOI8R, "Усама бен Ладен"},
		{"windows-1256", charmap.Windows1256, "أسامة بن لادن"},
		{"windows-1256", charmap.Windows1256, "محمد"},
	} {
		in, err := c.table.NewEncoder().String(strings.Repeat("id;1;", 50) + c.text)
		if err != nil {
			t.Fatal(err)
		}
		name, table := charset.Guess([]byte(in))
		if name != c.name || !strings.HasSuffix(charset.Decode(table, []byte(in)), c.text) {
			t.Errorf("%q in %s is read as %s", c.text, c.name, name)
		}
	}
}
