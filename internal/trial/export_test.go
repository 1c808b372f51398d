package trial

// RunAltered runs a validation whose canaries were altered after they were made.
var RunAltered = run

// MadeCanaries are the canaries of a seed, for lists of these names.
func MadeCanaries(seed uint64, lists ...string) []Canary {
	var counts []ListCount
	for _, l := range lists {
		counts = append(counts, ListCount{List: l})
	}
	return canaries(seed, counts)
}
