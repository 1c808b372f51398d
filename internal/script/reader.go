package script

// allReaders maps ISO 15924 codes to the reader of the script.
func allReaders() map[string]reader {
	all := map[string]reader{
		"Latn": readLatin,
		"Cyrl": readCyrillic,
		"Arab": readArabic,
		"Hebr": readHebrew,
		"Hani": readHan,
		"Hang": readHangul,
		"Kana": readKana,
		"Ethi": readEthiopic,
		"Grek": alphabet("greek", "elot743", 0, unaccented),
		"Armn": alphabet("armenian", "bgn-armenian", 0, nil),
		"Geor": alphabet("georgian", "georgian-2002", 0, nil),
		"Syrc": alphabet("syriac", "syriac", Abjad, nil),
		"Thaa": alphabet("thaana", "thaana", 0, nil),
		"Tfng": alphabet("tifinagh", "tifinagh", 0, nil),
		"Nkoo": alphabet("nko", "nko", 0, nil),
		"Thai": syllabicReader("thai", "rtgs"),
		"Laoo": syllabicReader("lao", "lao-bgn"),
		"Sinh": abugidaReader("sinhala", "a", "sinhala", false),
		"Mymr": abugidaReader("burmese", "a", "burmese", false),
		"Khmr": abugidaReader("khmer", "a o:3", "khmer", true),
		"Tibt": abugidaReader("tibetan", "a", "tibetan", true),
	}
	for code := range indicBlocks {
		all[code] = indicReader(code)
	}
	return all
}
