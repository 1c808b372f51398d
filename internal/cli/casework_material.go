package cli

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/fault"
)

// submitVerb hands in files.
func submitVerb(word string, cmd clerk.Command) verb {
	v := plainCommand(word, cmd)
	v.args = "[FILE...] [FIELD=VALUE...] [@FILE|-]"
	v.long = "Files become documents; each is hashed here, and the hashes are shown, before it goes out. The receipt proves that the material\n" +
		"stands in the ledger; it is verified offline by ledger receipt. A file whose name holds = is\nwritten ./NAME."
	v.examples = []string{
		`material submit article.txt --title "Press of 18 November 2015" --sort media --tlp green --receipt article.receipt`,
		"material submit @material.json letter.pdf --tlp amber",
		v.examples[0],
	}
	v.setup = func(f *flag.FlagSet) action {
		o := orderFlags(f)
		var set fieldFlags
		set.add(f, "title", "title", "what it is, in `WORDS`")
		set.add(f, "sort", "sort", "the `SORT` of evidence: intelligence, law_enforcement, judicial, media, admission or financial")
		set.add(f, "tlp", "handling.tlp", "the `LABEL` of the Traffic Light Protocol: red, amber+strict, amber, green or clear")
		set.add(f, "reference", "reference", "your own `REFERENCE`")
		set.add(f, "summary", "summary", "the open summary, in `WORDS`")
		set.add(f, "reasons", "reasons", "the closed reasons, in `WORDS`")
		receipt := f.String("receipt", "", "write the receipt to this `FILE`")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			g, err := tellApart(args)
			if err != nil {
				return false, err
			}
			g.fields = append(g.fields, set.given()...)
			return false, submit(ctx, c, o, cmd, g, *receipt)
		}
	}
	return v
}

// fieldFlags are flags that write a field of the body.
type fieldFlags []struct {
	path  string
	value *string
}

func (s *fieldFlags) add(f *flag.FlagSet, name, path, usage string) {
	*s = append(*s, struct {
		path  string
		value *string
	}{path, f.String(name, "", usage)})
}

func (s fieldFlags) given() []fieldValue {
	var out []fieldValue
	for _, x := range s {
		if *x.value != "" {
			out = append(out, fieldValue{x.path, *x.value})
		}
	}
	return out
}

// enclosure is a document as the API takes it.
type enclosure struct {
	Name     string `json:"name"`
	Media    string `json:"media,omitempty"`
	Language string `json:"language,omitempty"`
	Content  []byte `json:"content"`
}

// enclosed is a document as it went out.
type enclosed struct {
	Name string `json:"name"`
	Hash string `json:"hash"` // SHA-256, hexadecimal
	Size int    `json:"size"`
}

func submit(ctx context.Context, c *call, o *order, cmd clerk.Command, g given, receipt string) error {
	body, err := bodyOf(c, cmd.Body, g)
	if err != nil {
		return err
	}
	body, sent, err := enclose(body, g.words)
	if err != nil {
		return err
	}
	place, err := newFile(receipt, 0o644)
	if err != nil {
		return err
	}
	defer place.drop()
	done, err := o.do(ctx, cmd, "", body)
	if err != nil {
		return err
	}
	if place.file != nil {
		if err := fetchReceipt(ctx, o.remote, done.Index, place); err != nil {
			return fault.Hint(fmt.Errorf("material %s stands in the ledger, but its receipt was not kept: %w", done.ID, err),
				"interdict material receipt %d --out %s", done.Index, receipt)
		}
	}
	if c.JSON {
		return c.writeJSON(struct {
			clerk.Done
			Documents []enclosed `json:"documents"`
		}{done, sent})
	}
	if err := writeDone(c, done); err != nil || len(sent) == 0 {
		return err
	}
	t := newTable("document", ">bytes", "SHA-256")
	for _, d := range sent {
		t.add(d.Name, strconv.Itoa(d.Size), d.Hash)
	}
	return t.write(c.out, c)
}

// enclose adds files to the documents of a body, and hashes every document.
func enclose(body []byte, files []string) ([]byte, []enclosed, error) {
	var parts map[string]json.RawMessage
	var all []enclosure
	if err := json.Unmarshal(body, &parts); err != nil {
		return nil, nil, fault.New(fault.Invalid, "the body is no JSON object: %w", err)
	}
	if given, ok := parts["documents"]; ok {
		if err := json.Unmarshal(given, &all); err != nil {
			return nil, nil, fault.New(fault.Invalid, "documents: %w", err)
		}
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, fmt.Errorf("reading a document: %w", err)
		}
		all = append(all, enclosure{Name: filepath.Base(file), Content: text})
	}
	var sent []enclosed
	for _, d := range all {
		sent = append(sent, enclosed{d.Name, fmt.Sprintf("%x", sha256.Sum256(d.Content)), len(d.Content)})
	}
	if len(all) == 0 {
		return body, nil, nil
	}
	var err error
	if parts["documents"], err = json.Marshal(all); err != nil {
		return nil, nil, err
	}
	body, err = json.Marshal(parts)
	return body, sent, err
}

func receiptVerb() verb {
	return verb{
		name: "material receipt", args: "INDEX", short: "fetch the proof that your command stands in the ledger",
		long:     "INDEX is the entry that a command named when it was done. The receipt is verified offline by ledger receipt.",
		examples: []string{"material receipt 17 --out material.receipt"},
		setup: func(f *flag.FlagSet) action {
			r := remoteFlags(f)
			out := f.String("out", "", "write it to this `FILE`, which must not be there yet (default: standard output)")
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				if len(args) != 1 {
					return false, wrongUsage("material receipt needs the number of one entry")
				}
				if _, err := strconv.ParseUint(args[0], 10, 63); err != nil {
					return false, wrongUsage("material receipt needs the number of one entry, not %q", args[0])
				}
				return false, fetch(ctx, c, r, "/v1/receipts/"+args[0], "", *out)
			}
		},
	}
}

func documentVerb() verb {
	return verb{
		name: "material document", args: "ID HASH", short: "fetch the very bytes of a document of a material",
		examples: []string{`material document ID HASH --out article.txt --purpose "comparing the quotation"`},
		setup: func(f *flag.FlagSet) action {
			r, purpose := remoteFlags(f), purposeFlag(f)
			out := f.String("out", "", "write it to this `FILE`, which must not be there yet (default: standard output)")
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				if len(args) != 2 {
					return false, wrongUsage("material document needs an id and the hash of a document")
				}
				return false, fetch(ctx, c, r, address("material", args[0])+"/documents/"+url.PathEscape(strings.ToLower(args[1])), *purpose, *out)
			}
		},
	}
}
