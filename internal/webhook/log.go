package webhook

import (
	"encoding/json"
	"time"

	"interdict/internal/fault"
	"interdict/internal/query"
)

// remembered is how many tries of a hint are kept: all of them, unless it is sent
// again by hand many times.
const remembered = 30

// Try is how a try to send a hint went.
type Try struct {
	Number int64     `json:"number"`
	At     time.Time `json:"at"`
	Took   int64     `json:"took_ms"`
	Status int       `json:"status"` // of HTTP; 0: nobody answered
	Answer string    `json:"answer,omitempty"`
}

// Tries returns how the last tries of a hint went, the first one first.
func Tries(h query.Hint) ([]Try, error) {
	tries := []Try{}
	if err := json.Unmarshal([]byte(h.Log), &tries); err != nil {
		return nil, fault.New(fault.Corrupt, "reading how hint %s went: %w", h.ID, err)
	}
	return tries, nil
}

// written returns the log of a hint with one more try.
func written(h query.Hint, t Try) (string, error) {
	tries, err := Tries(h)
	if err != nil {
		return "", err
	}
	tries = append(tries, t)
	text, err := json.Marshal(tries[max(0, len(tries)-remembered):])
	return string(text), err
}
