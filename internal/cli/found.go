package cli

import (
	"context"
	"flag"
	"fmt"

	"interdict/internal/clerk"
	"interdict/internal/roster"
)

var commissionFoundVerb = verb{
	name:  "commission found",
	args:  "ID",
	short: "found a commission in the data folder, with its first administrator",
	long: `It is done once, by whoever holds the machine. The administrator gets a code of one use, good for three days,
to add a password, a passkey or an API key with; he then registers agencies and people, and nobody else can.
Keys are made in the folder "keys" of the data folder: back them up elsewhere than the data.`,
	examples: []string{
		`commission found cft --name "Interdepartmental Commission" --country RU --admin ada --admin-name "Ada Admin"`,
		`commission found cft --name "Commission" --country XX --admin ada --admin-name "Ada" --api-key ada.key`,
	},
	json: true, data: true, setup: founding("commission found", roster.Commission),
}

var institutionFoundVerb = verb{
	name:  "institution found",
	args:  "ID",
	short: "found an institution in the data folder, with its first administrator",
	long: `A bank or another institution that carries out what an authority decides: its officers triage the alerts of
its own customers and report freezes (follow --listen). It needs no statute and no seats. The administrator engages
people and gives them the role officer; he himself sees nothing of the casework.`,
	examples: []string{
		`institution found bank --name "First Bank" --country XX --admin ada --admin-name "Ada Admin" --data bank`,
	},
	json: true, data: true, setup: founding("institution found", roster.Institution),
}

// founding declares the flags of founding a house.
func founding(name string, nature roster.Nature) func(*flag.FlagSet) action {
	return func(f *flag.FlagSet) action {
		place := ledgerFlags(f)
		of := f.String("name", "", "its `NAME`")
		country := f.String("country", "", "its country, ISO 3166-1 `CODE`")
		admin := f.String("admin", "", "the `ID` of the first administrator")
		adminName := f.String("admin-name", "", "the `NAME` of the first administrator")
		keyFile := f.String("api-key", "", "write an API key of the administrator to `FILE` too, for work at a terminal")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) != 1 || *of == "" || *country == "" || *admin == "" || *adminName == "" {
				return false, wrongUsage("%s wants an id, --name, --country, --admin and --admin-name", name)
			}
			return false, found(ctx, c, place.at(c), clerk.Foundation{
				Commission: roster.OrganisationID(args[0]), Nature: nature, Name: *of, Country: *country,
				Administrator: roster.PersonID(*admin), PersonName: *adminName,
			}, *keyFile)
		}
	}
}

// foundedJSON is the answer of founding a house.
type foundedJSON struct {
	Commission    string `json:"commission,omitempty"`
	Institution   string `json:"institution,omitempty"`
	Administrator string `json:"administrator"`
	Code          string `json:"code"`
	Key           string `json:"key_file,omitempty"`
}

func found(ctx context.Context, c *call, p ledgerPlace, f clerk.Foundation, keyFile string) error {
	a, err := openAuthority(ctx, c, p, "localhost", "http://localhost")
	if err != nil {
		return err
	}
	defer a.Close()
	if _, err := a.clerk.Found(ctx, f); err != nil {
		return err
	}
	code, err := a.clerk.Welcome(ctx, f.Administrator)
	if err != nil {
		return err
	}
	if keyFile != "" {
		key, err := a.clerk.EnrolKey(ctx, code, clerk.KeyWish{Label: "made at the founding"})
		if err != nil {
			return err
		}
		if err := writeSecret(keyFile, key); err != nil {
			return err
		}
		if code, err = a.clerk.Welcome(ctx, f.Administrator); err != nil {
			return err
		}
	}
	if c.JSON {
		out := foundedJSON{Commission: string(f.Commission), Administrator: string(f.Administrator), Code: code, Key: keyFile}
		if f.Nature == roster.Institution {
			out.Commission, out.Institution = "", out.Commission
		}
		return c.writeJSON(out)
	}
	fmt.Fprintf(c.out, "%s is founded; %s administers it.\nEnrolment code of %s, good once within three days: %s\n", f.Name, f.PersonName, f.Administrator, code)
	if keyFile != "" {
		fmt.Fprintf(c.out, "API key of %s: in %s\n", f.Administrator, keyFile)
	}
	return nil
}
