package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
)

// kinds are what can be read and listed.
var kinds = []struct {
	name   string
	listed bool
}{
	{"roster", false},
	{"statute", false},
	{"material", true},
	{"alert", true},
	{"exclusion", true},
	{"dossier", true},
	{"session", true},
	{"decision", true},
	{"petition", true},
	{"review", true},
	{"edition", true},
	{"acknowledgement", true},
	{"report", true},
	{"subscription", true},
}

type readIn struct {
	ID      string `path:"id"`
	AsOf    string `query:"as_of" doc:"an entry of the ledger or an instant: the thing as it was then"`
	Purpose string `header:"Purpose" maxLength:"300" doc:"what restricted content is read for; it stands in the ledger"`
	None    string `header:"If-None-Match"`
}

type readOut struct {
	Status       int
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         *clerk.Seen
}

type listIn struct {
	State   string `query:"state"`
	After   string `query:"after" doc:"cursor: next of the page before"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Purpose string `header:"Purpose" maxLength:"300"`
}

type listOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         clerk.Page
}

// private says that an answer is for its reader alone.
const private = "private, no-store"

func (s *server) reads() {
	for _, k := range kinds {
		base := "/v1/" + plural(k.name)
		huma.Register(s.api, s.read("read_"+k.name, base+"/{id}", "Read a "+k.name+", as far as it is yours to see.", k.name), func(ctx context.Context, in *readIn) (*readOut, error) {
			return s.one(ctx, k.name, in)
		})
		if !k.listed {
			continue
		}
		huma.Register(s.api, s.read("list_"+k.name, base, "List what you may know of, by cursor.", k.name), func(ctx context.Context, in *listIn) (*listOut, error) {
			o, err := s.order(ctx, "", in.Purpose, 0)
			if err != nil {
				return nil, err
			}
			page, err := s.Clerk.List(ctx, o, k.name, in.State, in.After, in.Limit)
			return &listOut{CacheControl: private, Body: page}, problem(err)
		})
	}
	s.files()
	s.deliveries()
	s.effectiveness()
	s.hints()
}

// read is the operation of a read.
func (s *server) read(id, path, summary, tag string) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{tag},
		Middlewares: huma.Middlewares{identified}, Security: []map[string][]string{{"key": {}}},
	}
}

func (s *server) one(ctx context.Context, kind string, in *readIn) (*readOut, error) {
	o, err := s.order(ctx, "", in.Purpose, 0)
	if err != nil {
		return nil, err
	}
	when, err := clerk.ParseWhen(in.AsOf)
	if err != nil {
		return nil, problem(err)
	}
	seen, err := s.Clerk.Read(ctx, o, kind, in.ID, when)
	if err != nil {
		return nil, problem(err)
	}
	out := &readOut{Status: http.StatusOK, ETag: etag(seen.Version), CacheControl: private, Body: &seen}
	if in.None == out.ETag {
		out.Status, out.Body = http.StatusNotModified, nil
	}
	return out, nil
}

type fileIn struct {
	ID      string `path:"id"`
	Hash    string `path:"hash" doc:"SHA-256 of the document or derived text, hexadecimal"`
	Purpose string `header:"Purpose" maxLength:"300"`
}

type fileOut struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	Sniff              string `header:"X-Content-Type-Options"`
	Body               []byte
}

type requestsIn struct {
	Purpose string `header:"Purpose" maxLength:"300" doc:"with it the texts are shown"`
}

type requestsOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Requests []clerk.Request `json:"requests"`
	}
}

type duplicatesOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Duplicates []clerk.Duplicate `json:"duplicates"`
	}
}

func (s *server) files() {
	huma.Register(s.api, s.read("list_requests", "/v1/requests", "What was asked of you and of your organisation, what is due first at the head.", "dossier"), func(ctx context.Context, in *requestsIn) (*requestsOut, error) {
		o, err := s.order(ctx, "", in.Purpose, 0)
		if err != nil {
			return nil, err
		}
		out := requestsOut{CacheControl: private}
		out.Body.Requests, err = s.Clerk.Requests(ctx, o)
		return &out, problem(err)
	})
	huma.Register(s.api, s.read("list_duplicates", "/v1/materials/{id}/duplicates", "Other materials with the same bytes or near-same text, as far as you may know of them.", "material"), func(ctx context.Context, in *readIn) (*duplicatesOut, error) {
		o, err := s.order(ctx, "", in.Purpose, 0)
		if err != nil {
			return nil, err
		}
		out := duplicatesOut{CacheControl: private}
		out.Body.Duplicates, err = s.Clerk.Duplicates(ctx, o, in.ID)
		return &out, problem(err)
	})
	op := s.read("read_document", "/v1/materials/{id}/documents/{hash}", "The very bytes of a document of a material, or of a text derived from it.", "material")
	huma.Register(s.api, op, func(ctx context.Context, in *fileIn) (*fileOut, error) {
		o, err := s.order(ctx, "", in.Purpose, 0)
		if err != nil {
			return nil, err
		}
		f, err := s.Clerk.File(ctx, o, in.ID, in.Hash)
		if err != nil {
			return nil, problem(err)
		}
		// Evidence is shown by nobody's browser as a page of ours.
		return &fileOut{
			ContentType: "application/octet-stream", ContentDisposition: disposition(f.Name),
			CacheControl: private, Sniff: "nosniff", Body: f.Content,
		}, nil
	})
}
