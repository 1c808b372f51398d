package un

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

var (
	// A day, with the time or the zone that some files print after it:
	// "2015-02-26T16:23:35.52-05:00", "1960-01-01-05:00", "1998-06-23 00:00:00.0".
	isoDay = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*|[+-]\d{2}:\d{2}|Z)?$`)
	year   = regexp.MustCompile(`^\d{4}$`)
	years  = regexp.MustCompile(`^(\d{4})\s*[-/–]\s*(\d{4})$`)
)

// isoDate reads the dates that the format itself defines, and leaves every
// other wording to the date package. The printed text is kept.
func isoDate(text string) date.Partial {
	text = list.Squeeze(text)
	if text == "" {
		return date.Partial{}
	}
	var p date.Partial
	if m := isoDay.FindStringSubmatch(text); m != nil {
		p = civil(m[1], m[2], m[3])
	} else if year.MatchString(text) {
		p = inYear(text)
	} else if m := years.FindStringSubmatch(text); m != nil && m[1] <= m[2] {
		p = date.Between(inYear(m[1]), inYear(m[2]))
	}
	if !p.Known() {
		// What date cannot read comes back as its text alone.
		p, _ = date.Parse(text)
	}
	p.Text = text
	return p
}

// civil takes a day; zero parts mean unknown (list-formats 0.8).
func civil(y, m, d string) date.Partial {
	yy, _ := strconv.Atoi(y)
	mm, _ := strconv.Atoi(m)
	dd, _ := strconv.Atoi(d)
	c := date.Civil{Y: int16(yy), M: uint8(mm), D: uint8(dd)}
	switch {
	case c.Valid():
		return date.Partial{From: c, To: c, Precision: date.Day}
	case dd == 0 && mm >= 1 && mm <= 12 && yy > 0:
		return date.InMonth(yy, mm)
	case dd == 0 && mm == 0 && yy > 0:
		return date.InYear(yy)
	}
	return date.Partial{}
}

func inYear(text string) date.Partial {
	y, _ := strconv.Atoi(text)
	if y == 0 {
		return date.Partial{}
	}
	return date.InYear(y)
}

// births reads the INDIVIDUAL_DATE_OF_BIRTH and INDIVIDUAL_PLACE_OF_BIRTH
// elements. The list does not say which place goes with which date, so each
// is a birth of its own.
func (r *reader) births() {
	r.groups("DATE_OF_BIRTH", func(n *list.Node, at string) {
		circa := r.dateType(n, at)
		note := r.oneOf(n, "NOTE", at+"/NOTE")
		dates := r.dates(n, at)
		if len(dates) == 0 && note != "" {
			// Only a note: "Nov. 1973", "24/06/1402 (Hijri Calendar)".
			if p, err := date.Parse(note); err == nil && p.Known() {
				p.Text = note
				dates = append(dates, p)
			} else {
				r.rec.Births = append(r.rec.Births, record.Birth{Date: date.Partial{Text: note}, Note: note, At: at})
			}
		}
		for _, p := range dates {
			p.Circa = p.Circa || circa
			r.rec.Births = append(r.rec.Births, record.Birth{Date: p, Note: note, At: at})
		}
	})
	r.groups("PLACE_OF_BIRTH", func(n *list.Node, at string) {
		b := record.Birth{Place: r.place(n, at), Note: r.oneOf(n, "NOTE", at+"/NOTE"), At: at}
		if b.Place != (record.Place{}) || b.Note != "" {
			r.rec.Births = append(r.rec.Births, b)
		}
	})
}

// dateType reports whether the date is approximate.
func (r *reader) dateType(n *list.Node, at string) bool {
	t := r.oneOf(n, "TYPE_OF_DATE", at+"/TYPE_OF_DATE")
	switch strings.ToUpper(t) {
	case "", "EXACT", "BETWEEN":
		return false
	case "APPROXIMATELY":
		return true
	}
	r.warn(at+"/TYPE_OF_DATE", fmt.Sprintf("unknown type of date %q", t))
	r.keep(at+"/TYPE_OF_DATE", t)
	return false
}

func (r *reader) dates(n *list.Node, at string) []date.Partial {
	var out []date.Partial
	for _, name := range []string{"DATE", "YEAR"} {
		if v := r.oneOf(n, name, at+"/"+name); v != "" {
			out = append(out, isoDate(v))
		}
	}
	from, to := r.oneOf(n, "FROM_YEAR", at+"/FROM_YEAR"), r.oneOf(n, "TO_YEAR", at+"/TO_YEAR")
	switch {
	case from == "" && to == "":
	case from == "" || to == "":
		r.warn(at, "a range of years with one end")
		p := isoDate(from + to)
		p.Text = fmt.Sprintf("from %s to %s", from, to)
		out = append(out, p)
	default:
		p := isoDate(from + "-" + to)
		if !p.Known() {
			r.warn(at, fmt.Sprintf("no range of years: %q to %q", from, to))
		}
		out = append(out, p)
	}
	return out
}

func (r *reader) place(n *list.Node, at string) record.Place {
	country := r.oneOf(n, "COUNTRY", at+"/COUNTRY")
	return record.Place{
		City:    r.oneOf(n, "CITY", at+"/CITY"),
		Region:  r.oneOf(n, "STATE_PROVINCE", at+"/STATE_PROVINCE"),
		Text:    r.oneOf(n, "STREET", at+"/STREET"),
		Country: country,
		Code:    code(country),
	}
}
