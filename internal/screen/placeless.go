package screen

import "bytes"

// recordDepth is how deep a record lies in the JSON of a subject: in the subject,
// its list of entries, and the entry.
const recordDepth = 4

// places are the fields of a record that say where it stands (record.Record).
var places = [][]byte{[]byte(`"Edition"`), []byte(`"File"`), []byte(`"Line"`), []byte(`"Element"`)}

// appendPlaceless copies the JSON of a subject, as encoding/json writes it,
// without the fields that say where its records stand. Subjects that are equal
// then say the same; others may do so all the same.
func appendPlaceless(out, text []byte) []byte {
	from := 0                // of what is not copied yet
	depth, field := 0, false // field: a string that begins here is a key
	for i := 0; i < len(text); {
		end := i + 1
		switch text[i] {
		case '{', '[':
			depth++
			field = text[i] == '{'
		case '}', ']':
			depth--
		case ',':
			field = true
		case '"':
			end = stringEnd(text, i)
			if field && depth == recordDepth && isPlace(text[i:end]) && end < len(text) && text[end] == ':' {
				out = append(out, text[from:i]...)
				end = valueEnd(text, end+1)
				from = end
			}
			field = false
		}
		i = end
	}
	return append(out, text[from:]...)
}

func isPlace(key []byte) bool {
	for _, p := range places {
		if bytes.Equal(key, p) {
			return true
		}
	}
	return false
}

// stringEnd is where the string that begins at i ends.
func stringEnd(text []byte, i int) int {
	for i++; i < len(text) && text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return min(i+1, len(text))
}

// valueEnd is where the string or number that begins at i ends.
func valueEnd(text []byte, i int) int {
	if i < len(text) && text[i] == '"' {
		return stringEnd(text, i)
	}
	for i < len(text) && text[i] != ',' && text[i] != '}' {
		i++
	}
	return i
}
