package demo

import (
	"bytes"
	"io"

	"interdict/internal/fault"
	"interdict/internal/list/starter"
	"interdict/internal/lookout"
	"interdict/internal/register"
)

// startRegister puts the starter register in force.
func (t *teller) startRegister() {
	t.load("loading the starter register", func(text []byte) []byte { return text }, false)
}

// spoil brings an edition of the starter register that a broken download cut
// short: it is held back until somebody looks at it.
func (t *teller) spoil() {
	t.load("loading a spoilt edition", func(text []byte) []byte {
		cut := bytes.Index(text, []byte("\n  - key: al-nusrah-front"))
		return text[:max(cut, 0)]
	}, true)
}

func (t *teller) load(doing string, change func([]byte) []byte, held bool) {
	if t.err != nil {
		return
	}
	var in []register.Input
	for _, f := range starter.Files() {
		text, err := io.ReadAll(f.Body)
		t.failed(err, "%s", doing)
		in = append(in, register.Input{Name: f.Name, Bytes: change(text)})
	}
	out, err := t.house.Archive.Load(starter.Source.ID, in, string(lead), t.clock.Now().UTC())
	if err == nil && out.Pending != held {
		err = fault.New(fault.Internal, "held back: %t, because of %v", out.Pending, out.Concerns)
	}
	if err == nil && !held {
		if _, err = lookout.Compile(t.house.Archive, out.Snapshot); err == nil {
			err = t.house.Lookout.Reload()
		}
	}
	t.failed(err, "%s", doing)
}
