package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/publish"
)

// The published list: its folder and its verifier in the data folder, its signer
// in the folder of the keys.
const (
	listFolder       = "list"
	listSignerFile   = "list-signer.key"
	listVerifierFile = "list.pub"
)

var publishVerb = verb{
	name: "publish", short: "copy the published list to a folder that any web server can carry", json: true, data: true,
	long: "serve publishes the list by itself, under /list/. This copies what is published, the checkpoint last, so\n" +
		"that a copy which is stopped leaves the old state whole. Followers need the verifier key: it is in list.pub\n" +
		"of the data folder, and shown here.",
	examples: []string{"publish --out /srv/www/list"},
	setup: func(f *flag.FlagSet) action {
		place := &ledgerPlace{}
		f.StringVar(&place.keys, "keys", "", "the `DIR` of the signer key of the list (default: keys in the data folder)")
		out := f.String("out", "", "the `DIR` to copy to")
		return func(_ context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 || *out == "" {
				return false, wrongUsage("name the folder by --out, and nothing else")
			}
			return false, copyList(c, place.at(c), *out)
		}
	},
}

func copyList(c *call, p ledgerPlace, to string) error {
	key, err := readSecret(filepath.Join(p.keys, listSignerFile))
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Hint(fault.New(fault.NotFound, "nothing is published in %s", p.data), "serve publishes the list once something is decided")
	}
	if err != nil {
		return err
	}
	feed, err := publish.Open(filepath.Join(p.data, listFolder), key)
	if err != nil {
		return err
	}
	size, err := feed.Copy(to)
	if err != nil {
		return err
	}
	verifier, err := ledger.VerifierKey(key)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.writeJSON(map[string]any{"editions": size, "key": verifier})
	}
	_, err = fmt.Fprintf(c.out, "%s copied to %s\nkey: %s\n", plural(int(size), "edition", "editions"), to, verifier)
	return err
}

// openFeed opens the published list, with a new key where there is none.
func openFeed(p ledgerPlace) (*publish.Feed, error) {
	file := filepath.Join(p.keys, listSignerFile)
	key, err := readSecret(file)
	if errors.Is(err, fs.ErrNotExist) {
		if key, _, err = ledger.NewKey(rand.Reader, "interdict-list/"+strings.ToLower(rand.Text()[:10])); err != nil {
			return nil, err
		}
		key, err = writeOnce(file, key, 0o600)
	}
	if err != nil {
		return nil, err
	}
	verifier, err := ledger.VerifierKey(key)
	if err != nil {
		return nil, err
	}
	if _, err := writeOnce(filepath.Join(p.data, listVerifierFile), verifier, 0o644); err != nil {
		return nil, err
	}
	return publish.Open(filepath.Join(p.data, listFolder), key)
}
