package mutate

import (
	"fmt"
	"strings"
	"time"

	"interdict/internal/date"
)

// Attributes returns the mutations of what stands beside a name. Those of dates
// take a day as "1957-03-10"; those of numbers any number of a paper. Band is
// that of a subject whose name agrees.
func Attributes() []Mutation {
	all := []Mutation{
		{ID: "attribute.day-off", Band: Strong, apply: onDay(func(c *Chance, d date.Civil) string {
			return d.Time().AddDate(0, 0, Pick(c, []int{-1, 1})).Format(time.DateOnly)
		})},
		{ID: "attribute.day-month", Band: Strong, apply: onDay(func(_ *Chance, d date.Civil) string {
			swapped := date.Civil{Y: d.Y, M: d.D, D: d.M}
			if !swapped.Valid() {
				return ""
			}
			return swapped.String()
		})},
		{ID: "attribute.year-off", Band: Possible, apply: onDay(func(c *Chance, d date.Civil) string {
			d.Y += Pick(c, []int16{-1, 1})
			if !d.Valid() {
				return ""
			}
			return d.String()
		})},
		{ID: "attribute.year-only", Band: Strong, apply: onDay(func(_ *Chance, d date.Civil) string { return fmt.Sprintf("%04d", d.Y) })},
		{ID: "attribute.circa", Band: Strong, apply: onDay(func(_ *Chance, d date.Civil) string { return fmt.Sprintf("circa %04d", d.Y) })},
		{ID: "attribute.hijri", Band: Strong, apply: onDay(func(_ *Chance, d date.Civil) string { return inCalendar(d, date.Hijri, hijriMonths) })},
		{ID: "attribute.solar-hijri", Band: Strong, apply: onDay(func(_ *Chance, d date.Civil) string { return inCalendar(d, date.SolarHijri, solarMonths) })},
		{ID: "attribute.number-blanks", Band: Strong, apply: spaced(" ")},
		{ID: "attribute.number-hyphens", Band: Strong, apply: spaced("-")},
		{ID: "attribute.number-o", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return swapAll(c, s, swaps("0=O,o")) }},
		{ID: "attribute.number-zero", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return swapAll(c, s, swaps("o=0")) }},
	}
	for i := range all {
		all[i].Group, _, _ = strings.Cut(all[i].ID, ".")
	}
	return all
}

var (
	hijriMonths = []string{
		"Muharram", "Safar", "Rabi al-awwal", "Rabi al-thani", "Jumada al-awwal", "Jumada al-thani",
		"Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah",
	}
	solarMonths = []string{
		"Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
		"Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
	}
)

// onDay changes a text that is one day, and fits no other text.
func onDay(change func(*Chance, date.Civil) string) func(*Chance, string) (string, bool) {
	return func(c *Chance, s string) (string, bool) {
		t, err := time.Parse(time.DateOnly, s)
		if err != nil {
			return "", false
		}
		text := change(c, date.Civil{Y: int16(t.Year()), M: uint8(t.Month()), D: uint8(t.Day())})
		return text, text != ""
	}
}

func inCalendar(d date.Civil, cal date.Calendar, months []string) string {
	year, month, day, err := d.In(cal)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d %s %d", day, months[month-1], year)
}

// spaced puts a mark into a number at one to three places.
func spaced(mark string) func(*Chance, string) (string, bool) {
	return func(c *Chance, s string) (string, bool) {
		r := []rune(s)
		if len(r) < 4 {
			return "", false
		}
		for range 1 + c.N(3) {
			at := 1 + c.N(len(r)-1)
			r = append(r[:at:at], append([]rune(mark), r[at:]...)...)
		}
		return string(r), true
	}
}
