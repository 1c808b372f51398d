package clerk

import "interdict/internal/roster"

// HoldsOffice reports whether a person may act for an office of a stage of a
// decision now.
func HoldsOffice(r roster.Roster, p roster.Person, office string) bool { return holds(r, p, office) }
