package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"filippo.io/age"

	"interdict/internal/fault"
)

// What is wrapped by the master identity begins with one of these words.
const (
	living    = "interdict key v1"
	tombstone = "interdict erased v1"
)

// wrapped is what the key store keeps of a subject, before encryption. The
// subject stands in it so that keys cannot be exchanged.
type wrapped struct {
	Form    string   `json:"form"`
	Subject string   `json:"subject"`
	Key     string   `json:"key,omitempty"`
	Erased  *Erasure `json:"erased,omitempty"`
}

// erased is the error of using an erased subject.
type erased struct{ order Erasure }

func (e *erased) Error() string {
	return fmt.Sprintf("erased on %s by %s and %s: %s", e.order.At.UTC().Format(time.DateOnly), e.order.By, e.order.Second, e.order.Reason)
}

func (e *erased) Is(target error) bool { return target == ErrErased }

func (v *Vault) wrap(w wrapped) ([]byte, error) {
	text, err := json.Marshal(w)
	if err != nil {
		return nil, err
	}
	return encrypt(text, v.master.Recipient())
}

// identity returns the identity of subject: NotFound if there never was one,
// NotFound and ErrErased if it was destroyed.
func (v *Vault) identity(ctx context.Context, subject string) (*age.X25519Identity, error) {
	kept, err := v.kept(ctx, subject)
	if err != nil {
		return nil, err
	}
	return v.unwrap(subject, kept)
}

func (v *Vault) kept(ctx context.Context, subject string) ([]byte, error) {
	if err := checkSubject(subject); err != nil {
		return nil, err
	}
	kept, err := v.keys.Key(ctx, subject)
	if err != nil {
		return nil, fmt.Errorf("key of %s: %w", subject, err)
	}
	return kept, nil
}

func (v *Vault) unwrap(subject string, kept []byte) (*age.X25519Identity, error) {
	text, err := decrypt(kept, v.master)
	var w wrapped
	if err == nil {
		err = json.Unmarshal(text, &w)
	}
	if err == nil && w.Subject != subject {
		err = fmt.Errorf("it is the key of %s", w.Subject)
	}
	var id *age.X25519Identity
	switch {
	case err != nil:
	case w.Form == tombstone && w.Erased != nil:
		return nil, fault.As(fault.NotFound, &erased{*w.Erased})
	case w.Form == living:
		id, err = age.ParseX25519Identity(w.Key)
	default:
		err = fmt.Errorf("unknown form %q", w.Form)
	}
	if err != nil {
		return nil, fault.Hint(fault.As(fault.Corrupt, fmt.Errorf("key of %s: %w", subject, err)),
			"is it the right master identity? Else put the key store back from its backup")
	}
	return id, nil
}

// recipient returns the public half of the identity of subject, which is made if
// there is none.
func (v *Vault) recipient(ctx context.Context, subject string) (*age.X25519Recipient, error) {
	kept, err := v.kept(ctx, subject)
	if fault.KindOf(err) == fault.NotFound {
		id, err := v.newIdentity(ctx, subject)
		if err != nil {
			return nil, err
		}
		return id.Recipient(), nil
	}
	if err != nil {
		return nil, err
	}
	if r := v.known.get(subject, kept); r != nil {
		return r, nil
	}
	id, err := v.unwrap(subject, kept)
	if err != nil {
		return nil, err
	}
	v.known.put(subject, kept, id.Recipient())
	return id.Recipient(), nil
}

// newIdentity makes the identity of subject, or returns the one that another
// process made in the meantime.
func (v *Vault) newIdentity(ctx context.Context, subject string) (*age.X25519Identity, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	text, err := v.wrap(wrapped{Form: living, Subject: subject, Key: id.String()})
	if err != nil {
		return nil, err
	}
	err = v.keys.Add(ctx, subject, text)
	if fault.KindOf(err) == fault.Conflict {
		return v.identity(ctx, subject)
	}
	return id, err
}

func checkSubject(subject string) error {
	if subject == "" || len(subject) > maxSubject || strings.ContainsFunc(subject, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return fault.New(fault.Invalid, "subject %q: want at most %d signs of ASCII without blanks", subject, maxSubject)
	}
	return nil
}
