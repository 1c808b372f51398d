package screen_test

import (
	"testing"

	"interdict/internal/document"
	"interdict/internal/screen"
)

func TestAnAcronymOfAListedNameIsAWeakHit(t *testing.T) {
	e := engine(t,
		person("Islamic Revolutionary Guard Corps", organisation),
		person("Falconmere Shipping Guild and Salvage Company", organisation, alias("FSGSC", "good")),
		person("ПАО БЛМЗ", organisation),
		person("Special Kelvin Radio Systems Bureau", organisation),
	)
	for _, c := range []struct {
		asked  string
		score  string
		band   screen.Band
		reason string
	}{
		{"SKRSB", "0.9000", screen.Weak, "only an acronym made of the words of a name matches"},
		{"S.K.R.S.B.", "0.9000", screen.Weak, "only an acronym made of the words of a name matches"},
		{"FSGSC", "1.0000", "", ""}, // the list names it so
		{"ПАО Балашихинский литейно-механический завод", "0.9000", screen.Weak, "only an acronym made of the words of a name matches"},
		{"Балашихинский литейно-механический завод", "", "", ""}, // a short one without a form
		{"IRGC", "", "", ""},  // another
		{"SKRSP", "", "", ""}, // a letter is another
		{"Southern Kingdom Rail Services Bureau", "", "", ""}, // the same letters are no name of both
		{"Simon Karl Robert Sander Berg", "", "", ""},         // nor of a person
	} {
		a := ask(t, e, screen.Query{Name: c.asked}, screen.Options{})
		made := 0
		for _, h := range a.Hits {
			if h.Score.String() == "0.9000" && h.Band == screen.Weak {
				made++
			}
		}
		switch {
		case c.score == "" && made > 0:
			t.Errorf("%s: %+v", c.asked, a.Hits)
		case c.score == "":
		case len(a.Hits) != 1:
			t.Errorf("%s: %d hits, want one", c.asked, len(a.Hits))
		case a.Hits[0].Score.String() != c.score, c.reason != "" && (a.Hits[0].Band != c.band || a.Hits[0].Explanation.Band != c.reason),
			c.reason == "" && a.Hits[0].Explanation.Band == "only an acronym made of the words of a name matches":
			t.Errorf("%s: %s, %s, %s", c.asked, a.Hits[0].Score, a.Hits[0].Band, a.Hits[0].Explanation.Band)
		}
	}
	text := "The SKRSB met the chair of FSGSC on Monday."
	a, err := e.Document("news.txt", document.Text{Body: text, Format: "txt"}, screen.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range a.Mentions {
		if m.Text == "SKRSB" {
			t.Errorf("a text is full of letters: %+v", m)
		}
	}
}
