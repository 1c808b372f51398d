package replica

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/wire"
)

// Names on the wire.
const (
	bucket  = "interdict-registers"
	pointer = "interdict-register"
	current = "current"
)

// keptFor is how long a register lies in the store that is not the one in force.
const keptFor = 7 * 24 * time.Hour

// Register is a compiled register in the store.
type Register struct {
	Snapshot string `json:"snapshot"`
	Profile  string `json:"profile"`
	Notice   string `json:"notice,omitempty"` // what the reader of an answer must know of it
	Digest   string `json:"digest"`           // SHA-256 of its file, as the store writes it
}

func (r Register) name() string { return r.Snapshot + "." + r.Profile }

// Store is where compiled registers lie for others.
type Store struct {
	objects jetstream.ObjectStore
	pointer jetstream.KeyValue
}

// OpenStore opens the store of registers on a line; what is not there is made, and
// what a bank made itself is taken as it is. Registers are public, and are kept on
// disk.
func OpenStore(ctx context.Context, l *wire.Line) (*Store, error) {
	if err := l.Ready(ctx); err != nil {
		return nil, err
	}
	s := &Store{}
	var err error
	if s.objects, err = l.ObjectStore(ctx, bucket); errors.Is(err, jetstream.ErrBucketNotFound) {
		s.objects, err = l.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: bucket, Storage: jetstream.FileStorage})
	}
	if err == nil {
		if s.pointer, err = l.KeyValue(ctx, pointer); errors.Is(err, jetstream.ErrBucketNotFound) {
			s.pointer, err = l.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: pointer, History: 8, Storage: jetstream.FileStorage})
		}
	}
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("opening the store of registers: %w", err))
	}
	return s, nil
}

// Push puts a register of this program's profile into the store, unless it lies
// there. write writes its file.
func (s *Store) Push(ctx context.Context, snapshot, notice string, write func(io.Writer) error) (Register, error) {
	r := Register{Snapshot: snapshot, Profile: match.Profile(), Notice: notice}
	info, err := s.objects.GetInfo(ctx, r.name())
	if wire.Gone(err) || err == nil && time.Since(info.ModTime) > keptFor/2 {
		if err := s.tidy(ctx); err != nil {
			return r, err
		}
		info, err = s.put(ctx, r, write)
	}
	if err != nil {
		return r, fault.As(fault.Unavailable, fmt.Errorf("pushing register %s: %w", snapshot, err))
	}
	r.Digest = info.Digest
	return r, nil
}

func (s *Store) put(ctx context.Context, r Register, write func(io.Writer) error) (*jetstream.ObjectInfo, error) {
	from, to := io.Pipe()
	go func() { to.CloseWithError(write(to)) }()
	defer from.Close()
	meta := jetstream.ObjectMeta{Name: r.name(), Metadata: map[string]string{"snapshot": r.Snapshot, "profile": r.Profile, "notice": r.Notice}}
	return s.objects.Put(ctx, meta, from)
}

// Announce says which register is in force for replicas.
func (s *Store) Announce(ctx context.Context, r Register) error {
	b, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("announcing register %s: %w", r.Snapshot, err)
	}
	if before, err := s.pointer.Get(ctx, current); err == nil && string(before.Value()) == string(b) {
		return nil
	}
	if _, err := s.pointer.Put(ctx, current, b); err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("announcing register %s: %w", r.Snapshot, err))
	}
	return nil
}

// tidy removes old registers but the announced one.
func (s *Store) tidy(ctx context.Context) error {
	keep := ""
	if e, err := s.pointer.Get(ctx, current); err == nil {
		if r, err := read(e.Value()); err == nil {
			keep = r.name()
		}
	}
	all, err := s.objects.List(ctx)
	if wire.Gone(err) {
		return nil
	}
	for _, o := range all {
		if o.Name != keep && time.Since(o.ModTime) > keptFor {
			err = errors.Join(err, s.objects.Delete(ctx, o.Name))
		}
	}
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("removing old registers from the store: %w", err))
	}
	return nil
}

// find returns a register of this program's profile by its snapshot.
func (s *Store) find(ctx context.Context, snapshot string) (Register, error) {
	r := Register{Snapshot: snapshot, Profile: match.Profile()}
	if !plain(snapshot) {
		return r, fault.New(fault.Invalid, "%.80q is not the id of a register", snapshot)
	}
	info, err := s.objects.GetInfo(ctx, r.name())
	if wire.Gone(err) {
		return r, fault.New(fault.NotFound, "no register %s of profile %s lies in the store", snapshot, r.Profile)
	}
	if err != nil {
		return r, fault.As(fault.Unavailable, fmt.Errorf("looking for register %s: %w", snapshot, err))
	}
	r.Notice, r.Digest = info.Metadata["notice"], info.Digest
	return r, nil
}

// copy writes the file of a register, which must have its digest.
func (s *Store) copy(ctx context.Context, r Register, w io.Writer) error {
	o, err := s.objects.Get(ctx, r.name())
	if wire.Gone(err) {
		return fault.New(fault.NotFound, "register %s does not lie in the store", r.name())
	}
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("fetching register %s: %w", r.Snapshot, err))
	}
	defer o.Close()
	info, err := o.Info()
	if err != nil {
		return fmt.Errorf("fetching register %s: %w", r.Snapshot, err)
	}
	if info.Digest != r.Digest {
		return fault.New(fault.Corrupt, "register %s lies in the store with hash %s, announced was %s", r.Snapshot, info.Digest, r.Digest)
	}
	if _, err := io.Copy(w, o); errors.Is(err, jetstream.ErrDigestMismatch) { // the store checks the digest of what was read
		return fault.New(fault.Corrupt, "register %s does not arrive with its hash %s", r.Snapshot, r.Digest)
	} else if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("fetching register %s: %w", r.Snapshot, err))
	}
	return nil
}

func read(b []byte) (Register, error) {
	var r Register
	if err := json.Unmarshal(b, &r); err != nil || !plain(r.Snapshot) || r.Digest == "" {
		return r, fault.New(fault.Corrupt, "the announced register cannot be read: %.200q", b)
	}
	return r, nil
}

// plain reports whether an id can be the name of a file: what comes over the wire is
// anybody's.
func plain(id string) bool {
	return id != "" && strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == ""
}
