package bench

import (
	"fmt"

	"interdict/internal/index"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// subjects reads the whole register out of an engine's index.
func subjects(e *screen.Engine) ([]register.Subject, error) {
	var out []register.Subject
	for payload, err := range e.Index().Payloads() {
		if err != nil {
			return nil, fmt.Errorf("reading the register: %w", err)
		}
		s, err := screen.Subject(payload)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// engineOf builds an engine on subjects. The snapshot's name says that they
// are a copy made for a measurement.
func engineOf(all []register.Subject, snapshot string) (*screen.Engine, error) {
	prepared, err := screen.Subjects(register.Snapshot{Subjects: all})
	if err != nil {
		return nil, err
	}
	seg, err := index.Build(prepared)
	if err != nil {
		return nil, fmt.Errorf("building a copy of the register: %w", err)
	}
	return screen.New(index.New(seg), snapshot, ""), nil
}
