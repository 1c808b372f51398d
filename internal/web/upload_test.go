package web_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/follow"
	"interdict/internal/web"
)

// endless is a body that counts what is read of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	if e.read > 32<<20 {
		return 0, io.EOF
	}
	for i := range p {
		p[i] = 'a'
	}
	e.read += len(p)
	return len(p), nil
}

// Nobody who is not signed in makes the house read more than a form that is typed.
func TestAnonymousBodiesAreBounded(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{"/settings", "/sign-in", "/enrol", "/enrol/begin", "/public/namesake", "/materials/new", "/do/material.submit", "/screen/book", "/purpose"} {
		for _, sort := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
			e := &endless{}
			r := httptest.NewRequest(http.MethodPost, path, e)
			r.Header.Set("Content-Type", sort)
			h.send(r, "")
			if e.read > 200<<10 {
				t.Errorf("%s: %d bytes of %s were read", path, e.read, sort)
			}
		}
	}
}

// What is handed in is large, and stands on no disk before it is sealed.
func TestUploadsStandInNoTemporaryFile(t *testing.T) {
	h := newHouse(t)
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	status, p := h.upload("liaison-bank", "/materials/new", letter(), "documents", "letter.txt", append([]byte("A letter."), bytes.Repeat([]byte("\n"), 12<<20)...))
	if status != http.StatusSeeOther {
		t.Fatalf("%d\n%s", status, p.source)
	}
	for _, entry := range must(os.ReadDir(dir)) {
		if strings.HasPrefix(entry.Name(), "multipart-") {
			t.Errorf("what was handed in stands in %s", entry.Name())
		}
	}
}

// follower are the pages of an institution in which things stand so with the
// authority.
func (h *house) follower(st follow.Status, err error) *house {
	x := *h
	x.mux = http.NewServeMux()
	web.Mount(x.mux, web.Config{Clerk: h.clerk, Version: "test", Identify: byName, Following: func() (follow.Status, error) { return st, err }})
	return &x
}

// No banner means that all is well: where nobody knows, one says so, and no report
// names an edition.
func TestFollowingThatCannotBeRead(t *testing.T) {
	h := newHouse(t)
	h.onOwnList("Bartholomew Quindlesby")
	id := h.raised("officer-bank", "permit 1", "Bartholomew Quindlesby")
	const unread = "How things stand with the authority cannot be read."
	h.do("officer-bank", "alert.same", id, body{"key": alertBy(h, "officer-bank", id).Hits[0].Key, "reason": "it is him"})

	well, lost := h.follower(follow.Status{Edition: 3}, nil), h.follower(follow.Status{}, errors.New("the disk"))
	_, p := well.get("officer-bank", "/alerts/"+id)
	p.silent(unread)
	if !strings.Contains(p.source, "edition=3&") {
		t.Errorf("the report does not name the edition:\n%s", p.source)
	}
	_, p = lost.get("officer-bank", "/alerts/"+id)
	p.says(unread)
	if !strings.Contains(p.source, "edition=&") || strings.Contains(p.source, "edition=0") {
		t.Errorf("the report names an edition that nobody knows:\n%s", p.source)
	}
	_, p = lost.get("officer-bank", "/clocks")
	p.says(unread)
}

func alertBy(h *house, who, id string) alert.Alert {
	h.t.Helper()
	return must(h.clerk.Read(h.t.Context(), orderOf(who), "alert", id, clerk.When{})).Content.(alert.Alert)
}
