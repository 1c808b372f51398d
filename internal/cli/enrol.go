package cli

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"interdict/internal/fault"
)

var enrolVerb = verb{
	name:  "enrol",
	args:  "CODE",
	short: "turn an enrolment code into an API key for work at a terminal",
	long: `The administrator issues the code (person invite); it is good once, for three days. The key is written to a file
that nobody else may read and is never shown. It does what its owner may, or less if --scope says so.`,
	examples: []string{"enrol ic_4k2j_7h... --api-key ada.key", "enrol - --api-key bank.key --scope material.submit,material.read,material.list"},
	setup: func(f *flag.FlagSet) action {
		server := f.String("server", "", "the `URL` of the server (default: INTERDICT_SERVER, or http://127.0.0.1:8080)")
		file := f.String("api-key", "", "the `FILE` to write the key to")
		scope := f.String("scope", "", "what the key is for: `ACTIONS` parted by commas (default: everything that its owner may do)")
		label := f.String("label", "terminal", "what the key is called in lists")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) != 1 || *file == "" {
				return false, wrongUsage("enrol wants a code, or - for standard input, and --api-key FILE")
			}
			code := args[0]
			if code == "-" {
				text, err := io.ReadAll(io.LimitReader(c.in, 4096))
				if err != nil {
					return false, err
				}
				code = strings.TrimSpace(string(text))
			}
			wish := map[string]any{"code": code, "label": *label}
			if *scope != "" {
				wish["scope"] = strings.Split(*scope, ",")
			}
			if _, err := os.Lstat(*file); err == nil { // before the code is used up
				return false, isThere(*file)
			}
			ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
			defer cancel()
			key, err := enrol(ctx, &remote{server: *server}, wish)
			if err != nil {
				return false, err
			}
			if err := writeSecret(*file, key); err != nil {
				return false, err
			}
			fmt.Fprintf(c.out, "API key: in %s\n", *file)
			return false, nil
		}
	},
}

// serverOf returns the URL of the server.
func serverOf(given string) string {
	for _, url := range []string{given, os.Getenv("INTERDICT_SERVER")} {
		if url != "" {
			return strings.TrimSuffix(url, "/")
		}
	}
	return "http://127.0.0.1:8080"
}

// enrol turns a code into a key. Both go over TLS, or to this machine only.
func enrol(ctx context.Context, r *remote, wish any) (string, error) {
	text, err := json.Marshal(wish)
	if err != nil {
		return "", err
	}
	answer, err := r.ask(ctx, http.MethodPost, "/v1/enrol/key", nil, text)
	if err != nil {
		return "", fmt.Errorf("enrolling: %w", err)
	}
	var got struct {
		Secret string `json:"secret"`
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		return "", fault.New(fault.Unavailable, "enrolling: the answer is none of a server of ours: %v", err)
	}
	if got.Secret == "" {
		return "", fault.New(fault.Unavailable, "enrolling: the server gave no key")
	}
	return got.Secret, nil
}
