package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
	"interdict/internal/fault"
)

// plural is how a kind is called in a path.
func plural(kind string) string {
	if kind == "roster" {
		return kind
	}
	return kind + "s"
}

// Sent is what every command may carry. It is exported for huma, which reads no
// header into an embedded type that is not.
type Sent struct {
	Key     string `header:"Idempotency-Key" maxLength:"100" doc:"the same command under the same key is done once"`
	Match   string `header:"If-Match" doc:"version that the thing is expected to have, as its ETag says"`
	RawBody []byte `contentType:"application/json"`
}

type madeIn struct{ Sent }

type onIn struct {
	ID string `path:"id"`
	Sent
}

// done is what a command answers.
type done struct {
	Status   int
	Location string `header:"Location"`
	ETag     string `header:"ETag"`
	Body     clerk.Done
}

// command puts the route of a command on the mux: POST /v1/dossiers makes one,
// POST /v1/dossiers/ID/ask asks about one.
func (s *server) command(cmd clerk.Command) {
	op := huma.Operation{
		OperationID: strings.ReplaceAll(cmd.Name, ".", "_"), Method: http.MethodPost, Summary: cmd.About,
		Tags: []string{cmd.Kind()}, Middlewares: huma.Middlewares{identified}, MaxBodyBytes: 96 << 20,
		Security:         []map[string][]string{{"key": {}}},
		SkipValidateBody: true, // the clerk reads it, and refuses what it does not know
		RequestBody: &huma.RequestBody{Content: map[string]*huma.MediaType{
			"application/json": {Schema: s.api.OpenAPI().Components.Schemas.Schema(cmd.Body, true, cmd.Name+".body")},
		}},
	}
	if cmd.New {
		op.Path, op.DefaultStatus = "/v1/"+plural(cmd.Kind()), http.StatusCreated
		huma.Register(s.api, op, func(ctx context.Context, in *madeIn) (*done, error) {
			return s.do(ctx, cmd, "", in.Sent)
		})
		return
	}
	op.Path = "/v1/" + plural(cmd.Kind()) + "/{id}/" + cmd.Verb()
	huma.Register(s.api, op, func(ctx context.Context, in *onIn) (*done, error) {
		return s.do(ctx, cmd, in.ID, in.Sent)
	})
}

func (s *server) do(ctx context.Context, cmd clerk.Command, id string, in Sent) (*done, error) {
	version, err := versionOf(in.Match)
	if err != nil {
		return nil, problem(err)
	}
	o, err := s.order(ctx, in.Key, "", version)
	if err != nil {
		return nil, err
	}
	d, err := s.Clerk.Do(ctx, o, cmd.Name, id, in.RawBody)
	if err != nil {
		return nil, problem(err)
	}
	out := &done{Status: http.StatusOK, ETag: etag(d.Version), Body: d}
	if cmd.New {
		out.Status, out.Location = http.StatusCreated, "/v1/"+plural(cmd.Kind())+"/"+d.ID
	}
	return out, nil
}

// etag is the version of a thing as HTTP has it.
func etag(version uint64) string { return strconv.Quote(strconv.FormatUint(version, 10)) }

func versionOf(match string) (uint64, error) {
	if match == "" || match == "*" {
		return 0, nil
	}
	n, err := strconv.ParseUint(strings.Trim(match, `"`), 10, 64)
	if err != nil || n == 0 {
		return 0, fault.New(fault.Invalid, "If-Match %s is no version; an ETag of a read is", match)
	}
	return n, nil
}
