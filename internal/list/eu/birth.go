package eu

import (
	"fmt"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/record"
)

// birth reads a birth date, printed as one date, in parts or as a range of
// years, and the place with it. Where these contradict each other all stand.
func (r *reader) birth(b *block) {
	f := &b.fields
	one := record.Birth{At: b.at, Place: placeOf(f)}
	one.Note = strings.Join(nonEmpty(append(f.all("remark"), labelled("zip code ", f.take("zipCode")))...), "; ")
	circa := strings.EqualFold(f.take("circa"), "true")
	dates := r.birthDates(b)
	if len(dates) == 0 {
		if one.Place != (record.Place{}) || one.Note != "" {
			r.rec.Births = append(r.rec.Births, one)
		}
		return
	}
	for _, d := range dates {
		d.Circa = d.Circa || circa
		one.Date = d
		r.rec.Births = append(r.rec.Births, one)
	}
}

func (r *reader) birthDates(b *block) []date.Partial {
	f := &b.fields
	calendar := f.take("calendarType")
	mark := ""
	if calendar != "" && !strings.EqualFold(calendar, "gregorian") {
		mark = " (" + strings.ToLower(strings.ReplaceAll(calendar, "_", " ")) + " calendar)"
	}
	var texts []string
	if t := f.take("birthdate"); !null(t) {
		texts = append(texts, t)
	}
	day, month, year := f.take("dayOfMonth"), f.take("monthOfYear"), f.take("year")
	if t := parts(day, month, year); t != "" {
		texts = append(texts, t)
	}
	from, to := f.take("yearRangeFrom"), f.take("yearRangeTo")
	switch {
	case from != "" && to != "" && from != to:
		texts = append(texts, from+" to "+to)
	case from != "" && to == "":
		texts = append(texts, "after "+from)
	case from != "" || to != "" && from == to:
		texts = append(texts, from)
	case to != "":
		texts = append(texts, "before "+to)
	}
	var out []date.Partial
	for _, t := range texts {
		p, err := date.Parse(t + mark)
		if err != nil {
			// An ISO date under a foreign calendar may be converted already.
			if q, again := date.Parse(t); again == nil && mark != "" {
				p, err = q, nil
			}
		}
		if err != nil {
			r.warn(b.at, err.Error())
		}
		p.Text = t
		out = r.merge(out, p, b.at)
	}
	return out
}

// merge adds p unless an earlier date of the block says the same more
// precisely.
func (r *reader) merge(dates []date.Partial, p date.Partial, at string) []date.Partial {
	for _, d := range dates {
		if d.Known() && p.Known() && p.From.Compare(d.From) <= 0 && d.To.Compare(p.To) <= 0 {
			return dates
		}
	}
	if len(dates) > 0 {
		r.warn(at, fmt.Sprintf("the birth dates %q and %q disagree", dates[0].Text, p.Text))
	}
	return append(dates, p)
}

// parts writes day, month and year as a date; zero and empty parts are unknown.
func parts(day, month, year string) string {
	if strings.Trim(day, "0") == "" {
		day = "00"
	}
	if strings.Trim(month, "0") == "" {
		month = "00"
	}
	switch {
	case strings.Trim(year, "0") == "" && day == "00" && month == "00":
		return ""
	case strings.Trim(year, "0") == "":
		year = "yyyy"
	case month == "00":
		return year
	case day == "00":
		return month + "/" + year
	}
	return day + "/" + month + "/" + year
}

func placeOf(f *fields) record.Place {
	p := record.Place{City: f.take("city"), Region: f.take("region"), Text: f.take("place")}
	p.Country, p.Code = land(f)
	return p
}

// land reads a country: its name as printed, the list's code where that names
// one, else what the name means. "00" and "UNKNOWN" stay as stated.
func land(f *fields) (name, code string) {
	name, iso := f.take("countryDescription"), f.take("countryIso2Code")
	if name == "" {
		name = iso
	}
	for _, s := range []string{iso, name} {
		if c, ok := country.Code(s); ok && s != "" {
			return name, c
		}
	}
	return name, ""
}

func null(s string) bool {
	switch strings.ToLower(s) {
	case "", "n/a", "na", "-":
		return true
	}
	return false
}

func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + value
}

func nonEmpty(in ...string) []string {
	var out []string
	for _, s := range in {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
