package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"interdict/internal/clerk"
	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/payment"
	"interdict/internal/replica"
	"interdict/internal/screen"
)

// doors are the doors of a replica: those of screening, and nothing else. It knows
// nobody, so whoever reaches it may ask.
type doors struct{ *replica.Replica }

type engineKey struct{}

// MountReplica puts the screening part of the API on the mux: the same paths,
// questions and answers, without exclusions, which are the ledger's.
func MountReplica(mux *http.ServeMux, r *replica.Replica, version string) huma.API {
	config := huma.DefaultConfig("Interdict replica", version)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath, config.CreateHooks = "/openapi", "", "", nil
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", named)
	config.Info.Description = "Screening against the register in force, by a replica that holds nothing else."
	d, a := doors{r}, humago.New(mux, config)
	op := huma.Operation{
		OperationID: "screen_name", Method: http.MethodPost, Path: "/v1/screen/name", Tags: []string{"screen"},
		Summary: "Screen somebody against the register in force.", Middlewares: huma.Middlewares{identified, d.armed},
	}
	huma.Register(a, op, d.name)
	op.OperationID, op.Path, op.MaxBodyBytes = "screen_document", "/v1/screen/document", 96<<20
	op.Summary = "Screen the text of a document against the register in force. The document is not kept."
	huma.Register(a, op, d.document)
	op.OperationID, op.Path = "screen_payment", "/v1/screen/payment"
	op.Summary = "Screen every message of a payment file (ISO 20022, SWIFT MT) against the register in force. The file is not kept."
	huma.Register(a, op, d.payment)
	d.health(mux)
	return a
}

// armed gives a question the engine in force, until its answer has been written.
func (d doors) armed(ctx huma.Context, next func(huma.Context)) {
	e, done, err := d.Engine()
	if err != nil {
		next(huma.WithValue(ctx, engineKey{}, err))
		return
	}
	defer done()
	next(huma.WithValue(ctx, engineKey{}, e))
}

func engineOf(ctx context.Context) (*screen.Engine, error) {
	switch x := ctx.Value(engineKey{}).(type) {
	case *screen.Engine:
		return x, nil
	case error:
		return nil, problem(x)
	}
	return nil, problem(fault.New(fault.Internal, "a route without an engine"))
}

func (d doors) name(ctx context.Context, in *screenIn) (*screenOut, error) {
	e, err := engineOf(ctx)
	if err != nil {
		return nil, err
	}
	if in.Body.AsOf != "" {
		return nil, problem(fault.Hint(fault.New(fault.Invalid, "as_of: a replica holds the register in force alone"), "ask the server that has the ledger"))
	}
	q, o, err := in.Body.Query()
	if err != nil {
		return nil, problem(err)
	}
	out := clerk.Found{}
	out.Answer, err = e.Name(q, o)
	out.At = clock()
	return &screenOut{out}, problem(err)
}

func (d doors) document(ctx context.Context, in *documentIn) (*documentOut, error) {
	e, err := engineOf(ctx)
	if err != nil {
		return nil, err
	}
	var a screen.DocumentAnswer
	text, err := document.Read(in.Name, bytes.NewReader(in.RawBody))
	if err != nil {
		a, err = e.Unreadable(in.Name, err, screen.Options{}), nil
	} else {
		a, err = e.Document(in.Name, text, screen.Options{})
	}
	a.At = clock()
	return &documentOut{a}, problem(err)
}

func (d doors) payment(ctx context.Context, in *documentIn) (*paymentOut, error) {
	e, err := engineOf(ctx)
	if err != nil {
		return nil, err
	}
	out := &paymentOut{}
	out.Body.Messages = []screen.PaymentAnswer{}
	for m, err := range payment.Read(in.Name, bytes.NewReader(in.RawBody)) {
		var a screen.PaymentAnswer
		if err != nil {
			a = e.NoPayment(in.Name, err, screen.Options{})
		} else if a, err = e.Payment(in.Name, m, screen.Options{}); err != nil {
			return nil, problem(err)
		}
		a.At = clock()
		out.Body.Messages = append(out.Body.Messages, a)
	}
	return out, nil
}

func clock() time.Time { return time.Now().UTC().Truncate(time.Second) }

// health tells whether the replica answers, by which register, and whether it has
// refused a later one: it is ready then, and not up to date.
func (d doors) health(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { d.tell(w, http.StatusOK) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		status := http.StatusOK
		if d.State().Snapshot == "" {
			status = http.StatusServiceUnavailable
		}
		d.tell(w, status)
	})
}

func (d doors) tell(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(d.State()) // who asked has gone
}
