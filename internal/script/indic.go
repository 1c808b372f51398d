package script

import (
	"strconv"
	"strings"
	"sync"
)

// indicBlocks gives the start of the block of each script in the common layout.
var indicBlocks = map[string]rune{
	"Deva": 0x900, "Beng": 0x980, "Guru": 0xA00, "Gujr": 0xA80, "Orya": 0xB00,
	"Taml": 0xB80, "Telu": 0xC00, "Knda": 0xC80, "Mlym": 0xD00,
}

// ownReading replaces the common reading, or with a price joins it.
func ownReading(common []alt, text string) []alt {
	own := parseAlts(text)
	if strings.Contains(text, ":") {
		return append(append([]alt{}, common...), own...)
	}
	return own
}

func indicReader(code string) reader {
	load := sync.OnceValue(func() abugida { return loadIndic(code) })
	return func(text string, max int) []Romanised { return load().read(text, max) }
}

// loadIndic builds one script of the common layout. The southern languages and
// Odia speak the final vowel; Bengali's is o rather than a.
func loadIndic(code string) abugida {
	a := abugida{signs: map[string]sign{}, inherent: []alt{{"a", 0}}, table: "hunterian", dropFinal: true}
	switch code {
	case "Beng":
		a.inherent = []alt{{"a", 0}, {"o", 3}}
	case "Taml", "Telu", "Knda", "Mlym", "Orya":
		a.dropFinal = false
	}
	for row := range rows(tableText("indic")) {
		offset, _ := strconv.ParseInt(row[0], 16, 32)
		s := sign{row[1][0], parseAlts(row[2])}
		if len(row) > 3 {
			for _, own := range strings.Fields(row[3]) {
				if text, ok := strings.CutPrefix(own, code+"="); ok {
					s.alts = ownReading(s.alts, text)
				}
			}
		}
		a.signs[string(indicBlocks[code]+rune(offset))] = s
	}
	for row := range rows(tableText("indic-more")) {
		if row[0] == code {
			a.signs[row[1]] = sign{row[2][0], parseAlts(row[3])}
		}
	}
	return a
}
