package register

import (
	"encoding/json"
	"fmt"
)

// Said is what the entries of a subject say, a line of JSON for each, without
// where they stand: two editions that say the same of it give the same bytes.
func (s Subject) Said() ([]byte, error) {
	var out []byte
	for _, e := range s.Entries {
		e.File, e.Line, e.Element, e.Edition = "", 0, "", ""
		text, err := json.Marshal(e.Record)
		if err != nil {
			return nil, fmt.Errorf("writing what entry %s says: %w", e.ID, err)
		}
		out = append(append(out, text...), '\n')
	}
	return out, nil
}
