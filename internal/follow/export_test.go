package follow

// Keeps reports that the book was kept, so that only whom a changed list touches
// will be screened again.
func (in *Institution) Keeps() bool { return in.kept != nil }
