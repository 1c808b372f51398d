package cli

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/form"
	"interdict/internal/pack"
)

// caseworkWords are the first words of the verbs of the casework, with the kind
// of thing that each is about.
var caseworkWords = []struct{ word, kind, about string }{
	{"material", "material", "hand materials in, judge whom they mention, ask for onward use"},
	{"alert", "alert", "raise alerts and judge each hit"},
	{"exclusion", "exclusion", "ask for exclusions of hits, approve and end them"},
	{"dossier", "dossier", "build a case: grounds and evidence, requests, links, submission"},
	{"case", "dossier", "the same as dossier"},
	{"session", "session", "call the commission, keep its agenda and presence, vote, count"},
	{"decision", "decision", "draft decisions and sign them"},
	{"petition", "petition", "take petitions in, answer, grant and refuse them"},
	{"review", "review", "hold the reviews of a decision"},
	{"edition", "edition", "see when editions of the published list reached whom"},
	{"acknowledgement", "acknowledgement", "acknowledge editions of the published list"},
	{"report", "report", "report what was frozen, attempted, rejected, released; answer reports"},
	{"subscription", "subscription", "be told at an address of your own that something happened"},
	{"roster", "roster", "keep agencies, people, roles and seats"},
	{"statute", "statute", ""},
}

// caseworkVerbs are the verbs that ask a server: one for every command of the
// clerk, and those that read.
var caseworkVerbs = sync.OnceValue(func() []verb {
	var all []verb
	for _, w := range caseworkWords {
		if w.kind != "statute" {
			all = append(all, readingVerbs(w.word, w.kind)...)
		}
		for _, cmd := range clerk.Commands() {
			if cmd.Kind() != w.kind {
				continue
			}
			all = append(all, commandVerb(w.word, cmd))
		}
	}
	return slices.Concat(all, personVerbs(), keyVerbs(), []verb{screenSubjectVerb()})
})

// readingVerbs are the verbs that read things of a kind.
func readingVerbs(word, kind string) []verb {
	read := []verb{showVerb(word, kind), readersVerb(word, kind)}
	switch kind {
	case "roster":
		return read[:1]
	case "material":
		read = append(read, documentVerb(), receiptVerb())
	case "session":
		read = append(read, recountVerb())
	case "edition":
		read = append(read, deliveriesVerb())
	case "subscription":
		read = append(read, hintsVerb())
	}
	if slices.Contains(pack.Kinds, kind) {
		read = append(read, packVerb(word, kind))
	}
	return append([]verb{listVerb(word, kind)}, read...)
}

// alone reports whether there is one thing of a kind, so that nobody names it.
func alone(kind string) bool { return kind == "roster" || kind == "statute" }

// collection is the address of the things of a kind.
func collection(kind string) string {
	if kind == "roster" {
		return "/v1/roster"
	}
	return "/v1/" + kind + "s"
}

// address is the address of a thing.
func address(kind, id string) string { return collection(kind) + "/" + url.PathEscape(id) }

// idOf returns the id among the words of a command line, which are no more.
func idOf(verb, kind string, words []string) (string, error) {
	switch {
	case alone(kind) && len(words) == 0:
		return "main", nil
	case alone(kind):
		return "", wrongUsage("%s takes no id: there is one %s; %q is no FIELD=VALUE", verb, kind, words[0])
	case len(words) != 1 || words[0] == "":
		return "", wrongUsage("%s needs the id of one %s", verb, kind)
	}
	return words[0], nil
}

// order is how a command is sent.
type order struct {
	*remote
	key     string // idempotency key
	version uint64 // that the thing is expected to have
}

func orderFlags(f *flag.FlagSet) *order {
	o := &order{remote: remoteFlags(f)}
	f.StringVar(&o.key, "key-id", "", "the `KEY` of this command: under the same key it is done once, however often it is sent (default: a new one)")
	f.Uint64Var(&o.version, "if-version", 0, "refuse unless the thing is at version `N`")
	return o
}

// special are the commands that people give in a form of their own.
var special = map[string]func(word string, cmd clerk.Command) verb{
	"material.submit": submitVerb,
	"session.vote":    voteVerb,
	"decision.sign":   signVerb,
}

// commandVerb is the verb of a command.
func commandVerb(word string, cmd clerk.Command) verb {
	if own, ok := special[cmd.Name]; ok {
		return own(word, cmd)
	}
	v := plainCommand(word, cmd)
	v.setup = func(f *flag.FlagSet) action {
		o := orderFlags(f)
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			g, err := tellApart(args)
			if err != nil {
				return false, err
			}
			id, err := "", error(nil)
			if !cmd.New {
				id, err = idOf(v.name, cmd.Kind(), g.words)
			} else if len(g.words) > 0 {
				err = wrongUsage("%s makes a new %s and takes no id; %q is no FIELD=VALUE", v.name, cmd.Kind(), g.words[0])
			}
			if err != nil {
				return false, err
			}
			body, err := bodyOf(c, cmd.Body, g)
			if err != nil {
				return false, err
			}
			done, err := o.do(ctx, cmd, id, body)
			if err != nil {
				return false, err
			}
			return false, writeDone(c, done)
		}
	}
	return v
}

// plainCommand is the verb of a command without what it does.
func plainCommand(word string, cmd clerk.Command) verb {
	onOne := !cmd.New && !alone(cmd.Kind())
	v := verb{name: word + " " + cmd.Verb(), args: "[FIELD=VALUE...] [@FILE|-]", json: true}
	if len(form.Fields(cmd.Body)) == 0 {
		v.args = ""
	}
	if onOne {
		v.args = strings.TrimSpace("ID " + v.args)
	}
	v.short = strings.TrimSuffix(strings.ToLower(cmd.About[:1])+cmd.About[1:], ".")
	v.body = cmd.Body
	v.examples = []string{example(v.name, cmd.Body, onOne)}
	return v
}

// do sends a command and returns what it did.
func (o *order) do(ctx context.Context, cmd clerk.Command, id string, body []byte) (clerk.Done, error) {
	key := o.key
	if key == "" {
		key = rand.Text()
	}
	header := http.Header{"Idempotency-Key": {key}}
	if o.version != 0 {
		header.Set("If-Match", strconv.Quote(strconv.FormatUint(o.version, 10)))
	}
	path := collection(cmd.Kind())
	if !cmd.New {
		path = address(cmd.Kind(), id) + "/" + cmd.Verb()
	}
	var done clerk.Done
	text, err := o.send(ctx, http.MethodPost, path, header, body)
	if fault.KindOf(err) == fault.Unavailable && !errors.Is(err, syscall.ECONNREFUSED) {
		return done, fault.Hint(err, "it may have been done all the same; sent again with --key-id %s it is done once", key)
	}
	if err != nil {
		return done, err
	}
	return done, readAnswer(text, &done)
}

func readAnswer(text []byte, into any) error {
	if err := json.Unmarshal(text, into); err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("unavailable: what answered is no server of ours, or of another version: %w", err))
	}
	return nil
}

// writeDone says what a command did.
func writeDone(c *call, d clerk.Done) error {
	if c.JSON {
		return c.writeJSON(d)
	}
	kind, _, _ := strings.Cut(d.Stream, "/")
	before := ""
	if d.Repeated {
		before = " (it had been done before)"
	}
	_, err := fmt.Fprintf(c.out, "%s %s  version %d  entry %d  %s%s\n", kind, c.bold(d.ID), d.Version, d.Index, strings.Join(d.Events, " "), before)
	if err == nil && d.Secret != "" {
		_, err = fmt.Fprintf(c.out, "secret %s  keep it now: it is not shown again\n", d.Secret)
	}
	return err
}

// folded returns the verbs as an overview of all of them shows them: of those on
// one kind of thing one line.
func folded(all []verb) []verb {
	if !slices.ContainsFunc(all, func(v verb) bool { return v.group() != all[0].group() }) {
		return all
	}
	var out []verb
	for _, v := range all {
		i := slices.IndexFunc(caseworkWords, func(w struct{ word, kind, about string }) bool { return w.word == v.group() && w.about != "" })
		switch {
		case i < 0:
			out = append(out, v)
		case out[len(out)-1].name != v.group():
			out = append(out, verb{name: v.group(), args: "VERB", short: caseworkWords[i].about})
		}
	}
	return out
}
