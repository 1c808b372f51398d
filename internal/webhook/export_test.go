package webhook

import (
	"net/http"
	"time"
)

// SetPatience sets how long a try may take.
func (s *Sender) SetPatience(d time.Duration) { s.patience = d }

// Outward is what messages to the open Internet are sent with.
func (s *Sender) Outward() *http.Client { return s.outward }

// Pauses are those after failed tries.
func Pauses() []time.Duration { return pauses }

// Lease is after how long a try under way counts as lost.
const Lease = lease

// RetryAfter reads the header of that name.
var RetryAfter = retryAfter
