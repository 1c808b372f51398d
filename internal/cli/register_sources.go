package cli

import (
	"interdict/internal/follow"
	"interdict/internal/list"
	"interdict/internal/list/ca"
	"interdict/internal/list/ch"
	"interdict/internal/list/eu"
	"interdict/internal/list/ftm"
	"interdict/internal/list/ofac"
	"interdict/internal/list/own"
	"interdict/internal/list/ru"
	"interdict/internal/list/sheet"
	"interdict/internal/list/starter"
	"interdict/internal/list/uk"
	"interdict/internal/list/un"
)

// sources returns every source that the program reads. Those with a form of
// their own come before the spreadsheets, which recognise almost any table.
func sources() []list.Source {
	return append([]list.Source{
		un.Source, ofac.Source, eu.Source, uk.Source, ch.Source, ca.Source, ru.Source, ftm.Source, own.Source, starter.Source, follow.Source,
	}, sheet.Sources()...)
}
