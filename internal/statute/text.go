package statute

import "interdict/internal/fault"

// Text returns the whole text of a statute that we ship, as it is adopted.
// NotFound if there is none of that id.
func Text(id string) (string, error) {
	b, err := files.ReadFile("laws/" + id + ".yaml")
	if err != nil {
		return "", fault.New(fault.NotFound, "we ship no statute %q", id)
	}
	return string(b), nil
}
