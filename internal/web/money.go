package web

import (
	"math"

	"golang.org/x/text/currency"
	"golang.org/x/text/number"
)

// money is an amount in the smallest unit of a currency, as the reader's language
// writes it (ISO 4217, CLDR).
func (v *visit) money(amount int64, code string) string {
	scale := 2
	if c, err := currency.ParseISO(code); err == nil {
		scale, _ = currency.Standard.Rounding(c)
	}
	whole := float64(amount) / math.Pow10(scale)
	return v.printer.Sprint(number.Decimal(whole, number.Scale(scale))) + "\u00a0" + code
}
