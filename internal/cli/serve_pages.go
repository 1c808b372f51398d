package cli

import (
	"net/http"

	"interdict/internal/api"
	"interdict/internal/demo"
	"interdict/internal/web"
)

// mountPages puts the pages for people beside the API. Their streams of events end
// when ends is closed.
func mountPages(mux *http.ServeMux, c api.Config, enter string, ends <-chan struct{}) {
	vote := ""
	if enter != "" {
		vote = demo.VotePath
	}
	web.Mount(mux, web.Config{Clerk: c.Clerk, Identify: c.Identify, Identities: c.Identities != nil, Version: c.Version, Following: c.Following, Fonts: c.Fonts, Enter: enter, Vote: vote, Ends: ends})
}
