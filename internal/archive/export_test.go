package archive

// SetStep makes f be called before each step of a write; tests stop there.
func (a *Archive) SetStep(f func(name string) error) { a.step = f }

// Lock takes the lock of the folder, for a test that is another process.
func (a *Archive) Lock() (func(), error) { return a.lock() }
