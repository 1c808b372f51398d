package signin

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"interdict/internal/fault"
)

// Cost is what a guess at a password costs. The zero value is the second choice
// of RFC 9106 section 4: 64 MiB, three passes, four lanes.
type Cost struct {
	Memory uint32 // KiB
	Passes uint32
	Lanes  uint8
}

const (
	saltLength = 16
	hashLength = 32
	atOnce     = 2 // hashings, so that many guesses do not take all memory
)

// hasher turns passwords into what is stored: "$argon2id$v=19$m=…,t=…,p=…$salt$hash",
// which carries its own cost.
type hasher struct {
	cost   Cost
	turns  chan struct{}
	nobody string // what the password of an unknown person is held against
	derive func(password, salt []byte, passes, memory uint32, lanes uint8, length uint32) []byte
}

func newHasher(c Cost) (*hasher, error) {
	if c == (Cost{}) {
		c = Cost{Memory: 64 << 10, Passes: 3, Lanes: 4}
	}
	if c.Passes < 1 || c.Lanes < 1 || c.Memory < 8*uint32(c.Lanes) || c.Memory > 4<<20 {
		return nil, fault.New(fault.Invalid, "cost of passwords %+v: want a pass, a lane, and 8 KiB a lane to 4 GiB", c)
	}
	h := &hasher{cost: c, turns: make(chan struct{}, atOnce), derive: argon2.IDKey}
	salt, sum := make([]byte, saltLength), make([]byte, hashLength)
	rand.Read(salt)
	rand.Read(sum)
	h.nobody = h.text(salt, sum)
	return h, nil
}

// hash returns what is stored of a password.
func (h *hasher) hash(password string) string {
	salt := make([]byte, saltLength)
	rand.Read(salt)
	return h.text(salt, h.run(password, salt, h.cost))
}

// verify reports whether a password is the one that was stored.
func (h *hasher) verify(password, stored string) (bool, error) {
	var c Cost
	var version int
	fields := strings.Split(stored, "$")
	if len(fields) != 6 || fields[1] != "argon2id" {
		return false, fmt.Errorf("not argon2id")
	}
	if _, err := fmt.Sscanf(fields[2]+" "+fields[3], "v=%d m=%d,t=%d,p=%d", &version, &c.Memory, &c.Passes, &c.Lanes); err != nil || version != argon2.Version {
		return false, fmt.Errorf("argon2id of an unknown form")
	}
	salt, err := base64.RawStdEncoding.DecodeString(fields[4])
	if err != nil {
		return false, fmt.Errorf("reading the salt: %w", err)
	}
	sum, err := base64.RawStdEncoding.DecodeString(fields[5])
	if err != nil {
		return false, fmt.Errorf("reading the hash: %w", err)
	}
	return same(sum, h.run(password, salt, c)), nil
}

func (h *hasher) run(password string, salt []byte, c Cost) []byte {
	h.turns <- struct{}{}
	defer func() { <-h.turns }()
	return h.derive(norm.NFKC.Bytes([]byte(password)), salt, c.Passes, c.Memory, c.Lanes, hashLength)
}

func (h *hasher) text(salt, sum []byte) string {
	b := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.cost.Memory, h.cost.Passes, h.cost.Lanes, b(salt), b(sum))
}
