package publish

// StopAt makes a feed call stop before each step of a publication.
func (f *Feed) StopAt(stop func(name string) error) { f.step = stop }
