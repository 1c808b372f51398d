package web

import (
	"fmt"
	"strings"

	"golang.org/x/text/currency"
	"golang.org/x/text/number"
)

// money is an amount in the smallest unit of a currency, as the reader's language
// writes it (ISO 4217, CLDR), to the last digit.
func (v *visit) money(amount int64, code string) string {
	scale := 2
	if c, err := currency.ParseISO(code); err == nil {
		scale, _ = currency.Standard.Rounding(c)
	}
	parts := uint64(1)
	for range scale {
		parts *= 10
	}
	size := uint64(amount)
	if amount < 0 {
		size = -size
	}
	text := v.printer.Sprint(number.Decimal(size / parts))
	if scale > 0 {
		text += v.point() + fmt.Sprintf("%0*d", scale, size%parts)
	}
	if amount < 0 { // the sign stands where the language has it
		text = strings.Replace(v.printer.Sprint(number.Decimal(-1)), "1", text, 1)
	}
	return text + "\u00a0" + code
}

// point is what stands between the whole and its parts in the reader's language.
func (v *visit) point() string {
	return strings.Trim(v.printer.Sprint(number.Decimal(1.1, number.Scale(1))), "1")
}
