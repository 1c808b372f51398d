package date_test

import (
	"testing"

	"interdict/internal/date"
	"interdict/internal/fault"
)

// Each text is one date; want is its String.
func TestParseOne(t *testing.T) {
	for rule, cases := range map[string][][2]string{
		"ISO": {
			{"1960-01-02", "1960-01-02"},
			{"1960-01", "1960-01"},
			{"1960-01-01-05:00", "1960-01-01"},
			{"1960-01-01T00:00:00", "1960-01-01"},
			{"1960-01-01T00:00:00.000+01:00", "1960-01-01"},
			{"1960-01-01 00:00:00", "1960-01-01"},
			{"1960Z", "1960"},
			{"1960-01Z", "1960-01"},
			{"1960-01-01Z", "1960-01-01"},
			{"19790303", "1979-03-03"},
			{"1962-00-00", "1962"},
			{"1971/10/24", "1971-10-24"},
		},
		"numeric, day first": {
			{"6.10.2001", "2001-10-06"},
			{"06/10/2001", "2001-10-06"},
			{"06-10-2001", "2001-10-06"},
			{"7.8. 1978", "1978-08-07"},
			{"19 .03.1976", "1976-03-19"},
			{"6.5.1974.", "1974-05-06"},
			{"03/1968", "1968-03"},
			{"01/02/1960 00:00:00", "1960-02-01"},
			{"01/02/1960 12:30 PM", "1960-02-01"},
		},
		"the only order that makes a day": {{"09/30/1978", "1978-09-30"}, {"11.27.1963", "1963-11-27"}},
		"unknown digits": {
			{"00/00/1968", "1968"},
			{"dd/mm/1970", "1970"},
			{"00/08/1970", "1970-08"},
			{"28/00/1970", "1970"},
			{"--/--/1962", "1962"},
			{"??/??/1962", "1962"},
			{"_._.1962", "1962"},
			{"mm/1970", "1970"},
			{"15/08/19yy", "1900-08-15..1999-08-15"},
			{"29/02/19yy", "1900-02-01..1999-02-28"},
			{"197x", "1970..1979"},
			{"19??", "1900..1999"},
			{"dd.10.1971", "1971-10"},
		},
		"English": {
			{"12 Mar 1962", "1962-03-12"},
			{"12-Mar-1962", "1962-03-12"},
			{"Mar 1962", "1962-03"},
			{"March, 12th 1962", "1962-03-12"},
			{"March 12, 1962", "1962-03-12"},
			{"1st of May, 1970", "1970-05-01"},
			{"11 Sept. 2018", "2018-09-11"},
			{"1962", "1962"},
			{"born 1970", "1970"},
			{"Born1970", "1970"},
			{"OCT-2019", "2019-10"},
			{"1962 March 12", "1962-03-12"},
			{"established 2001", "2001"},
		},
		"other languages": {
			{"12 février 1963", "1963-02-12"},
			{"1er août 1961", "1961-08-01"},
			{"3. März 1970", "1970-03-03"},
			{"28 de octubre de 1962", "1962-10-28"},
			{"12 gennaio 1950", "1950-01-12"},
			{"5 de março de 1971", "1971-03-05"},
			{"4 mei 1966", "1966-05-04"},
			{"21 мая 1950 г.р.", "1950-05-21"},
			{"1950 г. р.", "1950"},
			{"01.01.1962 р.н.", "1962-01-01"},
			{"21 березня 1945 р.", "1945-03-21"},
			{"в серпні 1980 року", "1980-08"},
			{"26 Temmuz 2022", "2022-07-26"},
			{"5 Şubat 1970", "1970-02-05"},
			{"17 Agustus 1945", "1945-08-17"},
			{"20 إبريل 1963م", "1963-04-20"},
			{"25 سبتمبر 1969م", "1969-09-25"},
			{"١٢ كانون الثاني ١٩٦٢", "1962-01-12"},
			{"3 تشرين الأول 1970", "1970-10-03"},
			{"4 جويلية 1980", "1980-07-04"},
			{"5 غشت 1975", "1975-08-05"},
			{"۱۲ مارس ۱۹۶۲", "1962-03-12"},
			{"۱۹۶۲/۰۳/۱۲", "1962-03-12"},
			{"7 ژوئیه 1961", "1961-07-07"},
		},
		"circa": {
			{"circa 1962", "c. 1962"},
			{"c. 1962", "c. 1962"},
			{"c.1962", "c. 1962"},
			{"ca. 1947", "c. 1947"},
			{"Approximately 1965", "c. 1965"},
			{"approx. 1965", "c. 1965"},
			{"about 1965", "c. 1965"},
			{"1965 (approximately)", "c. 1965"},
			{"(probably) 1944", "c. 1944"},
			{"1980 (presumed)", "c. 1980"},
			{"possibly 23.7.1981", "c. 1981-07-23"},
			{"16.11.1956 (?)", "c. 1956-11-16"},
			{"vers le 03/04/1973", "c. 1973-04-03"},
			{"environ 1968", "c. 1968"},
			{"около 1970", "c. 1970"},
			{"حوالي 1972", "c. 1972"},
			{"sekitar 1970", "c. 1970"},
		},
		"ranges": {
			{"1962 to 1964", "1962..1964"},
			{"Between 1968 and 1972", "1968..1972"},
			{"1962-1964", "1962..1964"},
			{"1962 – 1964", "1962..1964"},
			{"1962/1963", "1962..1963"},
			{"1962/63", "1962..1963"},
			{"between 1.1.1961 and 31.12.1963", "1961..1963"},
			{"entre 1955 et 1958", "1955..1958"},
			{"between 1970 and 1973 (approximately)", "c. 1970..1973"},
			{"Approximately 1970 to 1971", "c. 1970..1971"},
			{"March/April 1965", "1965-03-01..1965-04-30"},
			{"between March and April 1965", "1965-03-01..1965-04-30"},
			{"between 1962 and March 1964", "1962-01-01..1964-03-31"},
			{"03.1968-03.1969", "1968-03-01..1969-03-31"},
			{"15/06/2019- 03/07/2021", "2019-06-15..2021-07-03"},
			{"Antara tahun 1953 dan 1958", "1953..1958"},
			{"1984-1986 роки", "1984..1986"},
			{"1954 or 1955", "1954..1955"},
			{"بين 1960 و 1965", "1960..1965"},
			{"before 1970", "0001..1969"},
			{"after 1970", "1971..9999"},
			{"before 3 May 1970", "0001-01-01..1970-05-02"},
		},
		"decades": {
			{"1960s", "1960..1969"},
			{"early 1970s", "c. 1970..1974"},
			{"late 1960s", "c. 1965..1969"},
			{"mid 1960s", "c. 1963..1967"},
			{"mid-1960s", "c. 1963..1967"},
			{"late 1965", "c. 1965"},
			{"1960s-1970s (approx. 60 years old)", "1960..1979"},
		},
		"Hijri": {
			{"24.6.1402 (Hijri Calendar)", "1982-04-18..1982-04-20"},
			{"1343 (Iranian Hijri calendar)", "1964-03-21..1965-03-20"},
			{"1400 AH", "1979-11-20..1980-11-09"},
			{"A.H. 1400", "1979-11-20..1980-11-09"},
			{"1400 A.H.", "1979-11-20..1980-11-09"},
			{"1/7/1380 in calendar Hijri", "1960-12-19..1960-12-21"},
			{"1 محرم 1400", "1979-11-20..1979-11-22"},
			{"1403/01/01 SH", "2024-03-20"},
			{"22 بهمن 1357", "1979-02-11"},
			{"1357 ه.ش", "1978-03-21..1979-03-20"},
			{"30 Esfand 1399", "2021-03-20"},
			{"1400 هـ", "1979-11-20..1980-11-09"},
			{"calendrier hégirien iranien 1340,", "1961-03-21..1962-03-20"},
			{"12 Rabi al-Awwal 1390", "1970-05-17..1970-05-19"},
		},
		"notes": {
			{"5.9.1990 (Singapore)", "1990-09-05"},
			{"8.5.1967 Gender: female", "1967-05-08"},
			{"7.10.1952 POB: Leningrad (now Saint-Petersburg), ex-USSR", "1952-10-07"},
		},
	} {
		t.Run(rule, func(t *testing.T) {
			for _, c := range cases {
				p, err := date.Parse(c[0])
				if err != nil || p.String() != c[1] || p.Text != c[0] {
					t.Errorf("Parse(%q) = %v, text %q, %v; want %v", c[0], p, p.Text, err, c[1])
				}
			}
		})
	}
}

func TestParseSaysTheCalendar(t *testing.T) {
	for text, want := range map[string]date.Calendar{
		"1400 AH": date.Hijri, "1 محرم 1400": date.Hijri, "22 بهمن 1357": date.SolarHijri,
		"1343 (Iranian Hijri calendar)": date.SolarHijri, "1961 (Gregorian calendar)": date.Gregorian,
	} {
		if p, err := date.Parse(text); err != nil || p.Calendar != want {
			t.Errorf("Parse(%q) has calendar %d, %v; want %d", text, p.Calendar, err, want)
		}
	}
}

func TestParseOfNothing(t *testing.T) {
	if p, err := date.Parse(" \n"); err != nil || !p.IsZero() {
		t.Errorf("Parse of blanks = %v, %v", p, err)
	}
	if ps, err := date.ParseAll(""); err != nil || ps != nil {
		t.Errorf("ParseAll of nothing = %v, %v", ps, err)
	}
}

// What is not one date is Unknown, keeps its text, and is the input's fault.
func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"12.3.62", "03-Oct-17", "Jul-21", "1/1/67", // years of two digits
		"1930-02-30", "31.4.1970", "1975-19-25", "16/20/2013", "13/13/1970", // no such day
		"1343", "0713-01-01", "2/05/196", "18.10.979", // no year of our era
		"10 October (year unknown)", "28 September", "25.07.yyyy", "dd/mm/yyyy", "February",
		"N/D", "n/a", "unknown", "?", "Qom, Iran", "Active", "45429", "196719611973", "1 934",
		"after 31/12/9999", "1970-1960", "20.11.2002 - 16.5.1964", "between 1970",
		"1957; 1960", "(a) 1.1.1968, (b) 23.4.1968", "01.03.1984 / 09.04.1984", // several
		"Approximately (30-35 years old)", "1922 as bank", "31 Esfand 1400", "31.6.1402 AH", "1700 AH",
	} {
		p, err := date.Parse(text)
		if err == nil || p != (date.Partial{Text: text}) || fault.KindOf(err) != fault.Invalid {
			t.Errorf("Parse(%q) = %+v, %v; want Unknown and an Invalid error", text, p, err)
		}
	}
}

func TestGrammar(t *testing.T) {
	for _, c := range []struct {
		text, want string
		g          []date.Grammar
	}{
		{"03/04/1960", "1960-04-03", nil},
		{"03/04/1960", "1960-04-03", []date.Grammar{date.DMY}},
		{"03/04/1960", "1960-03-04", []date.Grammar{date.MDY}},
		{"30/04/1960", "1960-04-30", []date.Grammar{date.MDY}},
		{"1960-04-03", "1960-04-03", []date.Grammar{date.MDY}},
		{"12.3.62", "1962-03-12", []date.Grammar{date.Century19}},
		{"03-Oct-17", "2017-10-03", []date.Grammar{date.Century20}},
		{"5/21/14", "2014-05-21", []date.Grammar{date.MDY, date.Century20}},
	} {
		if p, err := date.Parse(c.text, c.g...); err != nil || p.String() != c.want {
			t.Errorf("Parse(%q, %v) = %v, %v; want %s", c.text, c.g, p, err, c.want)
		}
	}
}

func TestYears(t *testing.T) {
	p, _ := date.Parse("Between 1968 and 1972")
	if a, b, ok := date.Years(p); a != 1968 || b != 1972 || !ok {
		t.Errorf("Years(%v) = %d, %d, %v", p, a, b, ok)
	}
	if _, _, ok := date.Years(date.Partial{Text: "?"}); ok {
		t.Error("an unknown date has years")
	}
}
