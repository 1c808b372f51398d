package ofac_test

import "interdict/internal/list/ofac"

var (
	advanced = ofac.Source.Formats[0].Read
	legacy   = ofac.Source.Formats[1].Read
	tables   = ofac.Source.Formats[2].Read
)
