package script

// allReaders maps ISO 15924 codes to the reader of the script.
func allReaders() map[string]reader {
	return map[string]reader{
		"Latn": readLatin,
		"Cyrl": readCyrillic,
		"Arab": readArabic,
	}
}
