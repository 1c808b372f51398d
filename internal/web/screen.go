package web

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// screening is asking whether somebody is listed: a name, a document, a payment,
// a book of customers.
func (s *server) screening() {
	s.page("GET /screen", (*visit).showScreen)
	s.page("GET /screen/document", func(v *visit) error { return v.showTexts(textView{}) })
	s.page("POST /screen/document", (*visit).screenDocument)
	s.page("GET /screen/payment", func(v *visit) error { return v.showPayments(paymentView{}) })
	s.page("POST /screen/payment", (*visit).screenPayment)
	s.screenBooks()
}

// threshold is a lowest score of a hit, what it means, and what it costs: alerts
// for 1,000 customers who are not listed (docs/quality.md).
type threshold struct {
	Score   int // 1/1000
	Meaning string
	Alerts  string
}

var thresholds = func() (out []threshold) {
	meanings := []string{"distant spellings too", "other spellings and scripts", "close spellings", "nearly the same"}
	for i, c := range screen.Costs() {
		out = append(out, threshold{c.Threshold, meanings[i], c.Alerts})
	}
	return out
}()

// screenView is a name that is screened, and the answer.
type screenView struct {
	Asked     url.Values
	Threshold int
	Failure   *failure
	Found     *clerk.Found // nil: nothing was asked
	Hits      []hitView
	Stale     []staleList
}

// hitView is a hit with both sides of it.
type hitView struct {
	clerk.Compared
	Excluded string // id of the exclusion that covers it
}

func (v *visit) showScreen() error {
	p := screenView{Asked: v.r.URL.Query(), Threshold: screen.DefaultThreshold}
	if !v.may("screen.name") {
		return fault.New(fault.NotFound, "there is no such page")
	}
	status := http.StatusOK
	if p.Asked.Has("name") || p.Asked.Get("ids") != "" {
		err := v.screenName(&p)
		if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.Conflict) {
			f := failureOf(err)
			p.Failure, p.Found, status = &f, nil, f.Status
		} else if err != nil {
			return err
		}
	}
	title := say(v.own(), "Screen")
	if name := p.Asked.Get("name"); name != "" {
		title = name
	}
	return v.render(status, frame(title, screenPage(p)))
}

func (v *visit) screenName(p *screenView) error {
	q, err := v.question(p.Asked)
	if err != nil {
		return err
	}
	p.Threshold = cmp.Or(q.Threshold, screen.DefaultThreshold)
	found, err := v.Clerk.Screen(v.ctx(), v.Order, q)
	if err != nil {
		return err
	}
	p.Found = &found
	listed, err := v.listed(found.Snapshot, found.Hits...)
	if err != nil {
		return err
	}
	p.Hits = beside(listed, found.Hits, clerk.Compared{Screened: found.Screened})
	for i, h := range found.Hits {
		p.Hits[i].Excluded = found.Excluded[h.Subject]
	}
	p.Stale, err = v.staleLists()
	return err
}

// listed is what is listed of the subjects of hits. To a reader who may not read
// the register, and of a register that is kept no more, it is nothing.
func (v *visit) listed(snapshot string, hits ...screen.Hit) (map[string]*register.Subject, error) {
	ids := make([]string, 0, len(hits))
	for _, h := range hits {
		ids = append(ids, h.Subject)
	}
	slices.Sort(ids)
	out, err := v.Clerk.Entries(v.ctx(), v.Order, snapshot, slices.Compact(ids))
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	return out, err
}

// beside puts what is listed beside hits.
func beside(listed map[string]*register.Subject, hits []screen.Hit, with clerk.Compared) []hitView {
	out := make([]hitView, len(hits))
	for i := range hits {
		h := &hits[i]
		out[i].Compared = with
		out[i].Found, out[i].Listed = h, listed[h.Subject]
		out[i].Hit = alert.Hit{Key: strconv.Itoa(i), Entry: h.Subject, Name: h.Name, Score: int(h.Score), Band: string(h.Band)}
	}
	return out
}

// question reads what is asked in the address.
func (v *visit) question(q url.Values) (clerk.Question, error) {
	names := []map[string]any{{"full": q.Get("name")}}
	if q.Get("name") == "" { // an identifier alone
		names[0]["full"] = strings.Join(linesOf(q["ids"]), " ")
	}
	for _, alias := range linesOf(q["aliases"]) {
		names = append(names, map[string]any{"full": alias})
	}
	var papers []map[string]any
	for _, number := range linesOf(q["ids"]) {
		papers = append(papers, map[string]any{"type": "other", "number": number})
	}
	ask := map[string]any{"subject": map[string]any{
		"kind": q.Get("kind"), "names": names, "born": linesOf(q["born"]), "nationalities": linesOf(q["countries"]), "identifiers": papers,
	}}
	if at := q.Get("as_of"); at != "" {
		ask["as_of"] = instantOf(at, v.Zone)
	}
	if text := q.Get("threshold"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 500 || n > 1000 {
			return clerk.Question{}, fault.New(fault.Invalid, "%q is no threshold: a whole number from 500 to 1000", text)
		}
		ask["threshold"] = n
	}
	var out clerk.Question
	text, err := json.Marshal(ask)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	return out, fault.As(fault.Internal, err)
}

// raising are the hidden fields of the form that raises an alert for somebody.
func raising(s record.Subject) [][2]string {
	values := url.Values{}
	fillSubject(values, s)
	var out [][2]string
	for path, texts := range values {
		out = append(out, [2]string{path, texts[0]})
	}
	slices.SortFunc(out, func(a, b [2]string) int { return comparePaths(a[0], b[0]) })
	return out
}

// listChips are the listings of a hit, one for each list.
func listChips(all []screen.CardListing) []screen.CardListing {
	var out []screen.CardListing
	for _, l := range all {
		if !slices.ContainsFunc(out, func(o screen.CardListing) bool { return o.Source == l.Source && o.Authority == l.Authority }) {
			out = append(out, l)
		}
	}
	return out
}

// whoLists is how a listing is called in a few words.
func whoLists(l screen.CardListing) string { return cmp.Or(l.Authority, strings.ToUpper(l.Source)) }

// scoreWord is the name score of a hit as people read it.
func scoreWord(ctx context.Context, h *screen.Hit) string {
	if h.Name == "" {
		return say(ctx, "by number")
	}
	return hundredths(int(h.Score) / 100)
}
