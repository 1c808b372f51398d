package trial

import (
	"cmp"
	"fmt"
	"html/template"
	"strconv"

	"interdict/internal/bench"
	"interdict/internal/screen"
)

// percent never rounds up to all and never down to nothing.
func percent(s bench.Share) string {
	switch text := fmt.Sprintf("%.1f %%", 100*s.Share); {
	case s.Of == 0:
		return "–"
	case text == "100.0 %" && s.Count < s.Of:
		return "> 99.9 %"
	case text == "0.0 %" && s.Count > 0:
		return "< 0.1 %"
	default:
		return text
	}
}

func within(s bench.Share) string { return fmt.Sprintf("%.1f–%.1f", 100*s.Low, 100*s.High) }

func mille(f float64) string { return fmt.Sprintf("%.2f", 1000*f) }

// points shows 1/1000 as answers show scores.
func points(thousandths int) string { return screen.Ratio(10 * thousandths).String() }

func score(n int) string { return fmt.Sprintf("%.2f", float64(n)/10000) }

// tenThousandths shows a part of a score.
func tenThousandths(n int) string { return screen.Ratio(n).String() }

func perMille(n, of int) string { return mille(float64(n) / float64(max(1, of))) }

// above reports whether a score of 1/10000 lies above a threshold of 1/1000.
func above(score, threshold int) bool { return score >= 10*threshold }

func hundredths(n int) string { return fmt.Sprintf("%.2f", float64(n)/100) }

// count writes thousands apart.
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// tone is the class of a recall. It only repeats what the figure says.
func tone(s bench.Share) string {
	switch {
	case s.Share >= wanting:
		return "good"
	case s.Share >= .8:
		return "fair"
	}
	return "low"
}

var groups = map[string]string{
	"form":      "Form: capitals, accents, hyphens, order, a word left out or added, initials, titles, legal forms",
	"typing":    "Typing: a letter more, less, other or swapped; two slips; a slip in every word; misread print; the wrong keyboard",
	"sound":     "Sound: spelt as heard, as other languages and older conventions spell it",
	"script":    "Script: written in another script, or with letters that only look alike",
	"structure": "Structure: what cultures do with names: fathers' names, kunya, two surnames, nicknames, translated parts",
	"carrier":   "Carrier: what systems do to text: cut to a length, broken lines, lost characters, machine translation",
	"attribute": "Attributes: a day off by one, day and month swapped, only a year, another calendar; blanks in a number",
}

func groupWords(g string) string { return cmp.Or(groups[g], g) }

var scripts = map[string]string{
	"Latn": "Latin", "Arab": "Arabic", "Cyrl": "Cyrillic", "Hani": "Han", "Hang": "Hangul", "Hebr": "Hebrew", "Deva": "Devanagari", "Thai": "Thai",
	"Grek": "Greek", "Kana": "Katakana", "Hira": "Hiragana", "Geor": "Georgian", "Armn": "Armenian", "Beng": "Bengali", "Mymr": "Burmese", "Zyyy": "mostly digits and signs",
}

func scriptWords(s string) string { return cmp.Or(scripts[s], s) }

// style is the sheet of the page. It is a part of the program.
func style() (template.CSS, error) {
	b, err := pageFiles.ReadFile("page.css")
	return template.CSS(b), err
}
