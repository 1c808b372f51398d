package date_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/date"
	"interdict/internal/fault"
)

// known draws a date that is not Unknown, without text.
func known(t *rapid.T) date.Partial {
	part := func(label string) date.Partial {
		y := rapid.IntRange(1500, 2400).Draw(t, label+" year")
		m := rapid.IntRange(1, 12).Draw(t, label+" month")
		switch rapid.IntRange(0, 2).Draw(t, label+" precision") {
		case 0:
			return date.InYear(y)
		case 1:
			return date.InMonth(y, m)
		}
		return date.OnDay(y, m, rapid.IntRange(1, 28).Draw(t, label+" day"))
	}
	p := part("first")
	if q := part("second"); rapid.Bool().Draw(t, "range") && q.To.Compare(p.From) > 0 {
		p = date.Between(p, q)
	}
	p.Circa = rapid.Bool().Draw(t, "circa")
	return p
}

func TestParseReadsWhatStringWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := known(t)
		got, err := date.Parse(want.String())
		want.Text = want.String()
		if err != nil || got != want {
			t.Fatalf("Parse(%q) = %+v, %v; want %+v", want.Text, got, err, want)
		}
	})
}

func TestEveryFormOfADayIsThatDay(t *testing.T) {
	forms := []string{"2.1.2006", "02/01/2006", "2 Jan 2006", "2 January 2006", "January 2, 2006", "02-Jan-2006", "2006/01/02", "2006-01-02", "2006-01-02T15:04:05Z07:00", "20060102"}
	rapid.Check(t, func(t *rapid.T) {
		y, m, d := rapid.IntRange(1500, 2400).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1, 31).Draw(t, "d")
		c := date.Civil{Y: int16(y), M: uint8(m), D: uint8(d)}
		if !c.Valid() {
			if p, err := date.Parse(fmt.Sprintf("%d.%d.%d", d, m, y)); err == nil {
				t.Fatalf("a day that is none was read as %v", p)
			}
			return
		}
		text := c.Time().Format(rapid.SampledFrom(forms).Draw(t, "form"))
		if p, err := date.Parse(text); err != nil || p.From != c || p.To != c {
			t.Fatalf("Parse(%q) = %v, %v; want %v", text, p, err, c)
		}
	})
}

// Days of both Islamic calendars follow each other without gap or overlap.
func TestIslamicMonthsFollowEachOther(t *testing.T) {
	for _, c := range []struct {
		mark  string
		slack int
	}{{"SH", 0}, {"AH", 1}} {
		var last date.Partial
		for y := 1300; y <= 1450; y++ {
			for m := 1; m <= 12; m++ {
				p, err := date.Parse(fmt.Sprintf("%02d/%d %s", m, y, c.mark))
				if err != nil {
					t.Fatal(err)
				}
				if last.Known() {
					next := last.To.Time().AddDate(0, 0, 1-2*c.slack)
					if !p.From.Time().Equal(next) {
						t.Fatalf("%s %d/%d starts on %v after a month that ends on %v", c.mark, m, y, p.From, last.To)
					}
				}
				last = p
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1957", "(a) 1.1.1958, b) 31.12.1952", "24.6.1402 (Hijri Calendar)", "15/08/19yy", "early 1970s", "٢٠ إبريل ١٩٦٣م", "1960-01-01-05:00", "before 1000 AD", "--/--/1962", "29/02/19yy", "March 1968/1969", "after 9999-12-31"} {
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, text string, mdy bool) {
		g := []date.Grammar{date.DMY}
		if mdy {
			g = []date.Grammar{date.MDY, date.Century19}
		}
		ps, errAll := date.ParseAll(text, g...)
		blank := strings.TrimSpace(text) == ""
		if blank != (len(ps) == 0) {
			t.Fatalf("ParseAll(%q) gave %d dates", text, len(ps))
		}
		unread := false
		for _, p := range ps {
			unread = unread || !p.Known()
			if !strings.Contains(text, p.Text) {
				t.Errorf("ParseAll(%q) made up the text %q", text, p.Text)
			}
			check(t, text, p)
		}
		if unread != (errAll != nil) {
			t.Errorf("ParseAll(%q) = %v with error %v", text, ps, errAll)
		}
		p, err := date.Parse(text, g...)
		if err == nil && !blank && (!p.Known() || p.Text != text) {
			t.Errorf("Parse(%q) = %+v without error", text, p)
		}
		if err != nil && (p != date.Partial{Text: text} || fault.KindOf(err) != fault.Invalid) {
			t.Errorf("Parse(%q) = %+v, %v", text, p, err)
		}
		check(t, text, p)
	})
}

func check(t *testing.T, text string, p date.Partial) {
	t.Helper()
	if p.Known() && (!p.From.Valid() || !p.To.Valid() || p.From.Compare(p.To) > 0) {
		t.Errorf("%q gives an impossible date %+v", text, p)
	}
	if p.Precision == date.Day && p.From != p.To {
		t.Errorf("%q gives a day of several days %+v", text, p)
	}
}
