package cli

import (
	"bufio"
	"bytes"
	"errors"
	"reflect"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/form"
)

// BodyOf returns the JSON that the arguments of a command write.
func BodyOf(t reflect.Type, stdin string, args ...string) ([]byte, []string, error) {
	g, err := tellApart(args)
	if err != nil {
		return nil, nil, err
	}
	body, err := bodyOf(&call{in: strings.NewReader(stdin)}, t, g)
	return body, g.words, err
}

// Leaves returns the path of every value that a body may hold, and whether it
// may be left out.
func Leaves(t reflect.Type) map[string]bool {
	out := map[string]bool{}
	for _, l := range form.Leaves(t) {
		out[l.Path] = l.Optional
	}
	return out
}

// SampleOf returns the example of a command.
func SampleOf(cmd clerk.Command) string {
	return plainCommand(cmd.Kind(), cmd).examples[0]
}

// ShowThing shows what the API told of a thing.
func ShowThing(kind, text string) (string, error) {
	var b bytes.Buffer
	c := &call{out: bufio.NewWriter(&b)}
	err := errors.Join(writeThing(c, kind, []byte(text)), c.out.Flush())
	return b.String(), err
}

// Refusal turns an answer of the API into a fault.
var Refusal = refusal

// Address is the address that is asked with no key but the named server.
func Address(server string) (string, error) { return (&remote{server: server}).base() }
