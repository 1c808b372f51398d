package webhook

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"interdict/internal/query"
	"interdict/internal/subscription"
)

// States of a hint.
const (
	Waiting   = "waiting"
	Delivered = "delivered"
	Dead      = "dead" // every try has failed
)

// IDOf returns the webhook-id of a hint: the same for the same event and
// subscription, however often it is asked for or sent.
func IDOf(subscription, stream string, version uint64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "interdict hint\x00%s\x00%s\x00%d", subscription, stream, version))
	return "msg_" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:20]))
}

// message is the body of a hint.
type message struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"` // when it happened
	Data      about     `json:"data"`
}

// about says what it happened to, and where that can be read.
type about struct {
	ID  string `json:"id"`
	URL string `json:"url"`
}

// body returns what is sent. It is the same in every try.
func (s *Sender) body(h query.Hint) ([]byte, error) {
	kind, id, _ := strings.Cut(h.Thing, "/")
	path := "/v1/" + kind + "s/" + id
	if subscription.Topic(h.Topic) == subscription.EditionPublished {
		path = "/list/checkpoint" // what is published is read there by everybody
	}
	return json.Marshal(message{h.Topic, time.UnixMicro(h.Happened).UTC(), about{id, s.API + path}})
}
