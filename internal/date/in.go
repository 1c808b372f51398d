package date

import "interdict/internal/fault"

// In returns c as year, month and day of another calendar. The lunar one is
// tabular; the observed one differs by a day either way. Days outside of the
// Hijri years 1200 to 1500 are refused as Invalid.
func (c Civil) In(cal Calendar) (y, m, d int, err error) {
	jdn := solarJDN
	switch cal {
	case Gregorian:
		return int(c.Y), int(c.M), int(c.D), nil
	case Hijri:
		jdn = lunarJDN
	}
	day := int(c.Time().Unix()/86400) + unixJDN
	if day < jdn(firstHijri, 1, 1) || day >= jdn(lastHijri+1, 1, 1) {
		return 0, 0, 0, fault.New(fault.Invalid, "%s is outside the Hijri years %d to %d", c, firstHijri, lastHijri)
	}
	y = lastHijri
	for jdn(y, 1, 1) > day {
		y--
	}
	m = 12
	for jdn(y, m, 1) > day {
		m--
	}
	return y, m, day - jdn(y, m, 1) + 1, nil
}
