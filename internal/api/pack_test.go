package api_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/mod/sumdb/note"

	"interdict/internal/api"
	"interdict/internal/clerk"
	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/pack"
)

// packed is an opened evidence pack.
type packed map[string][]byte

// manifest checks the hash of every file, and that there is no other.
func (p packed) manifest(t *testing.T) {
	t.Helper()
	var m struct {
		Files []struct{ Path, SHA256 string }
	}
	must(t, json.Unmarshal(p["MANIFEST.json"], &m))
	for _, f := range m.Files {
		sum := sha256.Sum256(p[f.Path])
		if _, there := p[f.Path]; !there || hex.EncodeToString(sum[:]) != f.SHA256 {
			t.Errorf("%s is not what the manifest says", f.Path)
		}
	}
	if len(m.Files) != len(p)-1 {
		t.Errorf("%d files, %d in the manifest", len(p), len(m.Files))
	}
}

// under lists the files of a folder.
func (p packed) under(folder string) (out []string) {
	for name := range p {
		if strings.HasPrefix(name, folder) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// says reports whether a word stands anywhere in the pack, the originals and the
// PDF as text included.
func (p packed) says(t *testing.T, word string) bool {
	t.Helper()
	for name, content := range p {
		if name == "pack.pdf" {
			text, err := document.Read(name, bytes.NewReader(content))
			must(t, err)
			content = []byte(text.Body)
		}
		if bytes.Contains(content, []byte(word)) {
			return true
		}
	}
	return false
}

// pack fetches a pack; nil if it is refused.
func (h *house) pack(who, kind, id, ceiling, purpose string) (packed, int, string) {
	h.t.Helper()
	path := "/v1/" + kind + "s/" + id + "/pack"
	if ceiling != "" {
		path += "?" + url.Values{"tlp": {ceiling}}.Encode()
	}
	status, content, header := h.send(who, http.MethodGet, path, nil, "Purpose", purpose)
	if status != http.StatusOK {
		return nil, status, string(content)
	}
	if got := header.Get("Cache-Control"); got != "private, no-store" {
		h.t.Errorf("a pack may be kept: %q", got)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	must(h.t, err)
	out := packed{}
	for _, f := range z.File {
		r, err := f.Open()
		must(h.t, err)
		out[f.Name], err = io.ReadAll(r)
		must(h.t, err)
	}
	out.manifest(h.t)
	return out, status, ""
}

// TestEvidencePack makes packs of one dossier for those who may see all of it,
// some of it and nothing of it, and under ceilings.
func TestEvidencePack(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			h := openHouse(t, e.open)
			h.people()
			s := newStory(t, h, "model-1373")
			s.materials()
			s.dossier()
			s.request()
			s.packOfAll()
			s.packsForOthers()
			s.packUnderCeiling()
		})
	}
}

func (s *story) packOfAll() {
	t := s.t
	if _, status, problem := s.pack("analyst-1", "dossier", s.dossID, "", ""); status != http.StatusUnprocessableEntity || !strings.Contains(problem, "purpose") {
		t.Errorf("without a purpose: %d %s", status, problem)
	}
	p, status, problem := s.pack("analyst-1", "dossier", s.dossID, "", "hearing")
	if p == nil {
		t.Fatalf("%d %s", status, problem)
	}
	var content struct {
		TLP, Purpose string
		Things       []clerk.Seen
	}
	must(t, json.Unmarshal(p["pack.json"], &content))
	if content.TLP != "amber+strict" || content.Purpose != "hearing" || len(content.Things) != 4 {
		t.Errorf("%s, for %q, %d things", content.TLP, content.Purpose, len(content.Things))
	}
	if name := "originals/" + s.ids[0] + "/01-article.txt"; !bytes.Equal(p[name], article(t)) {
		t.Errorf("%s is not as it was handed in: %q", name, p.under("originals/"))
	}
	text, err := document.Read("pack.pdf", bytes.NewReader(p["pack.pdf"]))
	must(t, err)
	for _, word := range []string{"TLP:AMBER+STRICT", "printed by", "hearing", "Исламское государство", "الإسلامية", "“ISIL”", "It takes part in terrorist acts.", "Who holds the account?"} {
		if !strings.Contains(text.Body, word) {
			t.Errorf("the paper does not say %q", word)
		}
	}
	verifier, err := note.NewVerifier(s.verify)
	must(t, err)
	streams := map[string]bool{}
	for _, name := range p.under("receipts/") {
		_, env, _, err := ledger.VerifyReceipt(p[name], verifier)
		must(t, err)
		streams[env.Stream] = true
	}
	for _, stream := range []string{"dossier/" + s.dossID, "material/" + s.ids[0], "material/" + s.ids[1], "material/" + s.ids[2]} {
		if !streams[stream] {
			t.Errorf("no receipt of %s", stream)
		}
	}
	if _, err := ledger.OpenCheckpoint(p["checkpoint"], verifier); err != nil {
		t.Error(err)
	}
	_, audit, _ := s.send("auditor", http.MethodGet, "/v1/audit?of=dossier/"+s.dossID, nil, "Purpose", "audit")
	if !strings.Contains(string(audit), "hearing") {
		t.Errorf("that the pack was made does not stand in the ledger: %s", audit)
	}
}

func (s *story) packsForOthers() {
	t := s.t
	for _, kind := range pack.Kinds {
		if p, status, _ := s.pack("liaison-region", kind, s.dossID, "", "curious"); p != nil || status != http.StatusNotFound {
			t.Errorf("%s: an agency that may not know of it: %d", kind, status)
		}
	}
	p, status, problem := s.pack("liaison-bank", "dossier", s.dossID, "", "to answer")
	if p == nil {
		t.Fatalf("%d %s", status, problem)
	}
	for _, word := range []string{"takes part in terrorist acts", "Leaflets", "analyst-1", "article.txt"} {
		if p.says(t, word) {
			t.Errorf("the pack of the agency that was asked says %q", word)
		}
	}
	if !p.says(t, "Who holds the account?") {
		t.Error("it does not say what was asked")
	}
	own, _, _ := s.pack("liaison-bank", "material", s.ids[1], "", "our copy")
	if own == nil || !own.says(t, "from a source that must not be named") || len(own.under("receipts/")) == 0 {
		t.Errorf("the pack of an agency's own material: %q", own.under(""))
	}
}

func (s *story) packUnderCeiling() {
	t := s.t
	p, status, problem := s.pack("analyst-1", "dossier", s.dossID, "green", "to be handed on")
	if p == nil {
		t.Fatalf("%d %s", status, problem)
	}
	for _, word := range []string{"TLP:AMBER", "Transfers seen by the central bank", "must not be named", "Leaflets", "DE8937", s.ids[1], s.ids[2], "analyst-2", "the same group", "dossier.opened"} {
		if p.says(t, word) {
			t.Errorf("under the ceiling it says %q", word)
		}
	}
	for _, word := range []string{"TLP:GREEN", "Parts were left out for the ceiling", "It takes part in terrorist acts.", "A group that takes part"} {
		if !p.says(t, word) {
			t.Errorf("under the ceiling it does not say %q", word)
		}
	}
	if got := p.under("receipts/"); len(got) != 1 {
		t.Errorf("under the ceiling there are receipts beside that of the handing-in: %q", got)
	}
	for ceiling, want := range map[string]string{"clear": "above the ceiling", "purple": "no label"} {
		if _, status, problem := s.pack("analyst-1", "dossier", s.dossID, ceiling, "x"); status != http.StatusUnprocessableEntity || !strings.Contains(problem, want) {
			t.Errorf("%s: %d %s", ceiling, status, problem)
		}
	}
	if _, status, problem := s.pack("analyst-1", "material", s.ids[1], "green", "x"); status != http.StatusUnprocessableEntity || !strings.Contains(problem, "above the ceiling") {
		t.Errorf("a material above the ceiling: %d %s", status, problem)
	}
}

// TestACutAnswerIsSeen: an answer that is given up in the middle does not look
// like a whole one.
func TestACutAnswerIsSeen(t *testing.T) {
	mux := http.NewServeMux()
	mounted := api.Mount(mux, api.Config{Clerk: &clerk.Clerk{}, Version: "test", Identify: byName})
	op := huma.Operation{OperationID: "cut", Method: http.MethodGet, Path: "/cut", Middlewares: huma.Middlewares{api.Identified}}
	huma.Register(mounted, op, func(context.Context, *struct{}) (*huma.StreamResponse, error) {
		return &huma.StreamResponse{Body: func(w huma.Context) {
			w.BodyWriter().Write(make([]byte, 1<<16))
			panic(http.ErrAbortHandler)
		}}, nil
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/cut", nil)
	must(t, err)
	answer, err := http.DefaultClient.Do(r)
	must(t, err)
	defer answer.Body.Close()
	if _, err := io.ReadAll(answer.Body); err == nil {
		t.Error("half an answer was taken for a whole one")
	}
}

// TestAPackThatLosesADocument: what is erased while the pack is made ends it.
func TestAPackThatLosesADocument(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.people()
	h.person("ombuds", "Ombudsperson", "commission", "ombudsperson")
	s := newStory(t, h, "model-1373")
	s.materials()
	o := clerk.Order{By: "analyst-1", Purpose: "hearing"}
	maker := pack.Maker{Clerk: h.clerk, Fonts: fonts}
	p, err := maker.Gather(t.Context(), o, pack.Wish{Kind: "material", ID: s.ids[0]})
	must(t, err)
	id := h.do("lead", "erasure.request", "", body{"of": "material/" + s.ids[0], "reason": "court order"}).ID
	h.do("ombuds", "erasure.approve", id, body{"note": "checked"})
	var b bytes.Buffer
	if err := p.Write(t.Context(), &b); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a pack of what was erased: %v", err)
	}
	if _, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len())); err == nil {
		t.Error("what was written until then is a ZIP")
	}
	if _, err := maker.Gather(t.Context(), o, pack.Wish{Kind: "material", ID: s.ids[0]}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a pack of something erased: %v", err)
	}
}
