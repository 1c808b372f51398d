package trial

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"interdict/internal/book"
	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/payment"
	"interdict/internal/screen"
)

// Channels through which the same name is asked.
const (
	asName     = "name"
	asDocument = "document"
	asBook     = "customer book"
	asPayment  = "payment"
)

// asking is one question put to an engine; text holds the name.
type asking func(e *screen.Engine, text string) (reply, error)

var channels = map[string]asking{asName: askName, asDocument: askDocument, asBook: askBook, asPayment: askPayment}

// reply is who was found.
type reply struct {
	hits   []screen.Hit
	reason string // why it was not screened, if it was not
}

// best returns the hit of a subject with the highest score.
func (r reply) best(subject string) (hit screen.Hit, found bool) {
	for _, h := range r.hits {
		if h.Subject == subject && (!found || h.Score > hit.Score) {
			hit, found = h, true
		}
	}
	return hit, found
}

func askName(e *screen.Engine, text string) (reply, error) {
	a, err := e.Name(screen.Query{Name: text}, screen.Options{Brief: true})
	return reply{a.Hits, reasonOf(a.Status, a.Reason)}, err
}

// askBook writes a customer book of one row and screens it as it was read.
func askBook(e *screen.Engine, text string) (reply, error) {
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	if err := w.WriteAll([][]string{{"id", "name"}, {"1", text}}); err != nil {
		return reply{}, fmt.Errorf("writing a customer book: %w", err)
	}
	for c, err := range book.Read("customer.csv", &file, book.Options{}) {
		if err != nil {
			return reply{reason: err.Error()}, nil
		}
		return askCustomer(e, c)
	}
	return reply{reason: "the book has no row"}, nil
}

func askCustomer(e *screen.Engine, c book.Customer) (reply, error) {
	a, _, err := e.Customer(c, screen.Options{Brief: true})
	return reply{a.Hits, reasonOf(a.Status, a.Reason)}, err
}

// askDocument puts the name into a sentence and the sentence into a text.
func askDocument(e *screen.Engine, text string) (reply, error) {
	return askText(e, sentence(text), screen.Options{Brief: true})
}

// sentence is a text that speaks of a name.
func sentence(name string) string {
	return "We were asked about " + name + ", who has been with us since spring.\n"
}

func askText(e *screen.Engine, body string, o screen.Options) (reply, error) {
	t, err := document.Read("letter.txt", strings.NewReader(body))
	if err != nil {
		return reply{reason: err.Error()}, nil
	}
	a, err := e.Document("letter.txt", t, o)
	return reply{mentioned(a.Mentions), reasonOf(a.Status, a.Reason)}, err
}

// askPayment makes the name the debtor of a credit transfer.
func askPayment(e *screen.Engine, text string) (reply, error) {
	var escaped bytes.Buffer
	xml.EscapeText(&escaped, []byte(text)) // a Buffer never fails
	message := `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>1</MsgId></GrpHdr>` +
		`<CdtTrfTxInf><PmtId><EndToEndId>1</EndToEndId></PmtId><Dbtr><Nm>` + escaped.String() + `</Nm></Dbtr></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`
	for m, err := range payment.Read("payment.xml", strings.NewReader(message)) {
		if err != nil {
			return reply{reason: err.Error()}, nil
		}
		a, err := e.Payment("payment.xml", m, screen.Options{Brief: true})
		return reply{mentioned(a.Mentions), reasonOf(a.Status, a.Reason)}, err
	}
	return reply{reason: "there is no message"}, nil
}

func mentioned(all []screen.Mention) []screen.Hit {
	var out []screen.Hit
	for _, m := range all {
		out = append(out, m.Hits...)
	}
	return out
}

func reasonOf(s screen.Status, reason string) string {
	if s == screen.NotScreened {
		return "not screened: " + reason
	}
	return ""
}

// each calls f for 0 to n-1 on all cores until one fails.
func each(ctx context.Context, n int, f func(int) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if err := f(i); err != nil {
					stop(err)
				}
			}
		})
	}
	wait.Wait()
	switch cause := context.Cause(ctx); {
	case cause == nil:
		return nil
	case fault.KindOf(cause) == fault.Internal && cause == ctx.Err():
		return fault.As(fault.Unavailable, fmt.Errorf("the measurement was stopped: %w", cause))
	default:
		return cause
	}
}
