package screen

import (
	"fmt"

	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/recent"
)

// Engine answers questions on one state of the register. It is safe for
// concurrent use.
type Engine struct {
	ix       *index.Index
	snapshot string
	notice   string
	cards    recent.Shared[*Card] // by subject id
}

// New returns an engine on an index of the named register snapshot. The notice,
// if any, stands in every answer.
func New(ix *index.Index, snapshot, notice string) *Engine {
	return &Engine{ix: ix, snapshot: snapshot, notice: notice}
}

// Index returns the index that the engine answers from.
func (e *Engine) Index() *index.Index { return e.ix }

// Snapshot returns the id of the register snapshot.
func (e *Engine) Snapshot() string { return e.snapshot }

func (e *Engine) stamp() Stamp {
	return Stamp{Snapshot: e.snapshot, Profile: match.Profile(), Notice: e.notice}
}

// mostCards is how many cards are remembered.
const mostCards = 1 << 15

// card returns the card of a hit; cards asked for lately are read once.
func (e *Engine) card(h *index.Hit) (*Card, error) {
	if c, ok := e.cards.Find(h.Subject); ok {
		return c, nil
	}
	payload, err := h.Payload()
	if err != nil {
		return nil, err
	}
	c, err := ReadCard(payload)
	if err != nil {
		return nil, fmt.Errorf("reading subject %s: %w", h.Subject, err)
	}
	e.cards.Keep(h.Subject, &c, 1, mostCards)
	return &c, nil
}
