package date_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/date"
)

func TestKnownDaysInOtherCalendars(t *testing.T) {
	cases := []struct {
		day  date.Civil
		cal  date.Calendar
		want string
	}{
		{date.Civil{Y: 1979, M: 2, D: 11}, date.SolarHijri, "1357-11-22"}, // 22 Bahman
		{date.Civil{Y: 2021, M: 3, D: 21}, date.SolarHijri, "1400-1-1"},
		{date.Civil{Y: 2025, M: 3, D: 20}, date.SolarHijri, "1403-12-30"},
		{date.Civil{Y: 1979, M: 11, D: 20}, date.Hijri, "1399-12-29"}, // observed as 1 Muharram 1400
		{date.Civil{Y: 2000, M: 1, D: 1}, date.Gregorian, "2000-1-1"},
	}
	for _, c := range cases {
		y, m, d, err := c.day.In(c.cal)
		if got := fmt.Sprintf("%d-%d-%d", y, m, d); err != nil || got != c.want {
			t.Errorf("%s in calendar %d: got %s, %v; want %s", c.day, c.cal, got, err, c.want)
		}
	}
	if _, _, _, err := (date.Civil{Y: 1500, M: 1, D: 1}).In(date.Hijri); err == nil {
		t.Error("a day before the tables was not refused")
	}
}

func TestADayReadBackFromItsHijriFormIsPossible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := date.InYear(rapid.IntRange(1850, 2050).Draw(t, "year")).From
		day.M = uint8(rapid.IntRange(1, 12).Draw(t, "month"))
		day.D = uint8(rapid.IntRange(1, 28).Draw(t, "day"))
		for _, cal := range []date.Calendar{date.Hijri, date.SolarHijri} {
			y, m, d, err := day.In(cal)
			if err != nil {
				t.Fatal(err)
			}
			month := []string{"Muharram", "Safar", "Rabi al-awwal", "Rabi al-thani", "Jumada al-awwal", "Jumada al-thani", "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah"}[m-1]
			if cal == date.SolarHijri {
				month = []string{"Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"}[m-1]
			}
			text := fmt.Sprintf("%d %s %d", d, month, y)
			p, err := date.Parse(text)
			if err != nil {
				t.Fatalf("%s is %q, which is not read: %v", day, text, err)
			}
			if day.Compare(p.From) < 0 || day.Compare(p.To) > 0 {
				t.Fatalf("%s is %q, which was read as %s to %s", day, text, p.From, p.To)
			}
		}
	})
}
