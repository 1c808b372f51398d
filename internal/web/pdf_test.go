package web_test

import (
	"interdict/internal/cache"
	"interdict/internal/document"
)

// The race detector makes a minute of what compiling the reader of PDFs takes.
func init() { document.KeepCompiled(cache.PDF) }
