package cli

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"slices"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/fault"
)

func signVerb(word string, cmd clerk.Command) verb {
	v := plainCommand(word, cmd)
	v.args, v.body = "ID", nil
	v.long = `Without --digest the text is shown with its digest, and nothing is signed. Read it, and run the same again with that digest: it is
signed only if the text is still the one that was shown.`
	v.examples = []string{"decision sign ID --office chair", "decision sign ID --office chair --digest DIGEST"}
	v.setup = func(f *flag.FlagSet) action {
		o := orderFlags(f)
		office := f.String("office", "", "the `OFFICE` for which you sign")
		digest := f.String("digest", "", "the `DIGEST` of the text that you read")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			id, err := idOf("decision sign", "decision", args)
			if err != nil {
				return false, err
			}
			if *office == "" {
				return false, wrongUsage("decision sign needs --office")
			}
			text, err := o.read(ctx, "decision", id, "", "signing for the office "+*office)
			if err != nil {
				return false, err
			}
			now, err := digestOf(text)
			if err != nil {
				return false, err
			}
			switch *digest {
			case now:
			case "":
				if err := writeThing(c, "decision", text); err != nil {
					return false, err
				}
				return false, fault.Hint(fault.New(fault.Invalid, "not signed: you have only now seen the text"),
					"interdict decision sign %s --office %s --digest %s", id, *office, now)
			default:
				return false, fault.Hint(fault.New(fault.Conflict, "conflict: not signed: the text is no longer the one that you read"),
					"read it again: interdict decision sign %s --office %s", id, *office)
			}
			return false, sign(ctx, c, o, cmd, id, *office, now)
		}
	}
	return v
}

func sign(ctx context.Context, c *call, o *order, cmd clerk.Command, id, office, digest string) error {
	body, err := json.Marshal(map[string]string{"office": office, "digest": digest})
	if err != nil {
		return err
	}
	done, err := o.do(ctx, cmd, id, body)
	if err != nil {
		return err
	}
	return writeDone(c, done)
}

// digestOf returns the digest of a decision. Where all of the text is shown it is
// worked out here, and a server that tells another one is not believed.
func digestOf(text []byte) (string, error) {
	var seen struct {
		Parts   []access.Action `json:"parts"`
		Content struct {
			decision.Decision
			Digest string `json:"digest"`
		} `json:"content"`
	}
	if err := readAnswer(text, &seen); err != nil {
		return "", err
	}
	told, whole := seen.Content.Digest, slices.Contains(seen.Parts, access.DecisionReadClosed)
	if ours := seen.Content.Decision.Digest(); whole && ours != told {
		return "", fault.New(fault.Corrupt, "the server tells the digest %s of a text whose digest is %s", told, ours)
	}
	if told == "" {
		return "", fmt.Errorf("a decision without a digest")
	}
	return told, nil
}
