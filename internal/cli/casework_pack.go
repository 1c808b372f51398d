package cli

import (
	"context"
	"flag"
	"net/url"
)

// packVerb fetches the evidence pack of a thing.
func packVerb(word, kind string) verb {
	v := verb{
		name: word + " pack", args: "ID", short: "fetch the evidence pack of a " + kind + ": PDF, JSON, documents and receipts in a ZIP",
		long: `It holds what is yours to see and no more, and that you read it stands in the ledger. --tlp is a ceiling: what is
marked more strictly is left out, and a dossier comes in its open version. README.txt in the pack says how it is
verified without this server.`,
		examples: []string{
			word + ` pack ID --purpose "hearing of 3 March" --out pack.zip`, word + ` pack ID --purpose "sent to the bank" --tlp amber --out pack.zip`,
		},
	}
	v.setup = func(f *flag.FlagSet) action {
		r, purpose := remoteFlags(f), purposeFlag(f)
		ceiling := f.String("tlp", "", "a ceiling, `LABEL`: clear, green, amber, amber+strict or red")
		out := f.String("out", "", "write it to this `FILE`, which must not be there yet")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			id, err := idOf(v.name, kind, args)
			if err != nil {
				return false, err
			}
			path := address(kind, id) + "/pack"
			if *ceiling != "" {
				path += "?" + url.Values{"tlp": {*ceiling}}.Encode()
			}
			return false, fetch(ctx, c, r, path, *purpose, *out)
		}
	}
	return v
}
