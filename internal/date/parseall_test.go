package date_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/date"
)

// want holds "date|text" of each date in order, "?" for what is unread.
func TestParseAll(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"1957", []string{"1957|1957"}},
		{"1957; 1960", []string{"1957|1957", "1960|1960"}},
		{"a) 30/04/1963 b) 1960", []string{"1963-04-30|30/04/1963", "1960|1960"}},
		{"(a) 1955, (b) circa 1952", []string{"1955|1955", "c. 1952|circa 1952"}},
		{"(b) 1977 (c) 1975", []string{"1977|1977", "1975|1975"}},
		{"(i) 11.4.1963, (ii) 11.4.1960", []string{"1963-04-11|11.4.1963", "1960-04-11|11.4.1960"}},
		{"(1) 1960 (2) 1961", []string{"1960|1960", "1961|1961"}},
		{`"(a) 11.4.1963; (b) 1960"`, []string{"1963-04-11|11.4.1963", "1960|1960"}},
		{"07.01.1985b)28.08.1983", []string{"1985-01-07|07.01.1985", "1983-08-28|28.08.1983"}},
		{"12 Mar 1962 or 1963", []string{"1962-03-12|12 Mar 1962", "1963|1963"}},
		{"1954 or 1955", []string{"1954|1954", "1955|1955"}},
		{"10.2.1983 (or 10.3.1983)", []string{"1983-02-10|10.2.1983", "1983-03-10|10.3.1983)"}},
		{"01.01.1970\n01.09.1970\r\n", []string{"1970-01-01|01.01.1970", "1970-09-01|01.09.1970"}},
		{"19/12/1980,19/01/1980", []string{"1980-12-19|19/12/1980", "1980-01-19|19/01/1980"}},
		{"20.2.1976 13.2.1975", []string{"1976-02-20|20.2.1976", "1975-02-13|13.2.1975"}},
		{"23.02.1969/06.06.1974", []string{"1969-02-23|23.02.1969", "1974-06-06|06.06.1974"}},
		{"20.11.2002 / 16.5.1964", []string{"2002-11-20|20.11.2002", "1964-05-16|16.5.1964"}},
		{"March 1968/1969", []string{"1968-03|March 1968/1969", "1969-03|March 1968/1969"}},
		{"May 28, 2009, May 10, 2010 and August 18, 2010", []string{"2009-05-28|May 28, 2009", "2010-05-10|May 10, 2010", "2010-08-18|August 18, 2010"}},
		{"1343 (Iranian Hijri calendar), 1964 (Gregorian calendar)", []string{"1964-03-21..1965-03-20|1343 (Iranian Hijri calendar)", "1964|1964 (Gregorian calendar)"}},
		{"6 березня 1960 р. або 1 грудня 1956 р.", []string{"1960-03-06|6 березня 1960 р.", "1956-12-01|1 грудня 1956 р."}},
		{"Approximately 1985; Between 1984 and 1986", []string{"c. 1985|Approximately 1985", "1984..1986|Between 1984 and 1986"}},
		{"27.11.1967; Qom, Iran", []string{"1967-11-27|27.11.1967", "?|Qom, Iran"}},
		{"1964 (possibly: 21 April)", []string{"1964|1964", "?|(possibly: 21 April)"}},
		{"12.6.2002 by Federal Law No. 67-FZ", []string{"2002-06-12|12.6.2002", "?|by Federal Law No. 67-FZ"}},
		{"1922 as bank", []string{"?|1922 as bank"}},
	} {
		ps, err := date.ParseAll(c.text)
		var got []string
		for _, p := range ps {
			s := p.String()
			if !p.Known() {
				s = "?"
			}
			text := p.Text
			if len(ps) == 1 && text != c.text {
				t.Errorf("ParseAll(%q) keeps %q of its one date", c.text, text)
			}
			got = append(got, s+"|"+text)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("ParseAll(%q) (-want +got):\n%s", c.text, d)
		}
		if unread := strings.Contains(strings.Join(c.want, ""), "?|"); unread != (err != nil) {
			t.Errorf("ParseAll(%q): error %v", c.text, err)
		}
	}
}
