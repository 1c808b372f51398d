package ofac

import (
	"iter"

	"interdict/internal/list"
	"interdict/internal/record"
)

func readAdvanced(files []list.File, report *list.Report) iter.Seq2[record.Record, error] { return nil }
