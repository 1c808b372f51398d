package web

import (
	"errors"
	"log/slog"
	"net/http"

	"interdict/internal/clerk"
	"interdict/internal/fault"
)

var errOurs = fault.New(fault.Internal, "something is broken on our side; it was logged")

func badForm(err error) error {
	return fault.As(fault.Invalid, errors.Join(errors.New("the form could not be read"), err))
}

// statusOf is the status of a kind of fault. What is forbidden does not exist.
var statusOf = map[fault.Kind]int{
	fault.Invalid:     http.StatusUnprocessableEntity,
	fault.NotFound:    http.StatusNotFound,
	fault.Forbidden:   http.StatusNotFound,
	fault.Conflict:    http.StatusConflict,
	fault.Unavailable: http.StatusServiceUnavailable,
}

// failure is what a page of an error shows.
type failure struct {
	Status int
	Title  string // key of a message
	Text   string // what happened, in the words of the house; "" for what is not told
	Hint   string
}

// fail shows an error. Of what is broken on our side nothing is told but that it
// is; a read that wants a purpose asks for it.
func (v *visit) fail(err error) {
	if errors.Is(err, clerk.ErrPurpose) {
		err = v.askPurpose()
		if err == nil {
			return
		}
	}
	f := failureOf(err)
	if f.Status >= http.StatusInternalServerError {
		slog.Error("a page failed", "path", v.r.URL.Path, "error", err)
	}
	title := say(v.own(), f.Title)
	if err := v.render(f.Status, frame(title, failed(f))); err != nil {
		slog.Error("the page of an error failed", "error", err)
		http.Error(v.w, errOurs.Error(), http.StatusInternalServerError)
	}
}

func failureOf(err error) failure {
	kind := fault.KindOf(err)
	status, ok := statusOf[kind]
	switch {
	case !ok:
		return failure{Status: http.StatusInternalServerError, Title: "Something is broken on our side"}
	case status == http.StatusNotFound:
		return failure{Status: status, Title: "There is no such page"}
	case status == http.StatusServiceUnavailable:
		return failure{Status: status, Title: "Not now"}
	case status == http.StatusConflict:
		return failure{status, "It cannot happen now", err.Error(), fault.Hints(err)}
	}
	return failure{status, "Something is not right", err.Error(), fault.Hints(err)}
}
