package web

import (
	"net/url"
	"strings"
)

// places are the pages of the things of a kind.
var places = map[string]string{
	"material": "/materials", "alert": "/alerts", "exclusion": "/exclusions", "dossier": "/dossiers", "session": "/sessions",
	"decision": "/decisions", "petition": "/petitions", "review": "/reviews", "edition": "/editions",
	"acknowledgement": "/acknowledgements", "report": "/reports", "erasure": "/erasures", "subscription": "/subscriptions",
}

// pathOf is the page of a thing by its stream: "dossier/D…". Things without a page
// of their own have that of their kind.
func pathOf(stream string) string {
	kind, id, _ := strings.Cut(stream, "/")
	switch kind {
	case "roster":
		return "/people"
	case "statute":
		return "/statute"
	case "register":
		return "/register"
	case "subject":
		return "/register/subjects/" + url.PathEscape(id)
	}
	if place, ok := places[kind]; ok {
		return place + "/" + url.PathEscape(id)
	}
	return "/"
}

// formPath is the whole form of a command, with values to begin with.
func formPath(command, id string, given ...string) string {
	path := "/do/" + command
	if id != "" {
		path += "/" + url.PathEscape(id)
	}
	q := url.Values{}
	for i := 0; i+1 < len(given); i += 2 {
		q.Set(given[i], given[i+1])
	}
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}
