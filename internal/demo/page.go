package demo

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
)

// PagePath is where a visitor reads the tour and chooses whom to be.
const PagePath = "/demo"

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// stop is a step as the page of one server shows it.
type stop struct {
	Step
	Who   string // whom to be
	Where string // title of the server
	Away  string // address of the page of another server, if it is one's
}

// Page is the page of one server: the tour and its accounts, with a button each.
// Urls are those of all three; the sheet is the address of that of the pages.
func Page(server Server, urls map[Server]string, told Told, sheet string) http.Handler {
	var shown struct {
		Title    string
		Sheet    string
		Enter    string
		Vote     string
		Stops    []stop
		Accounts []Account
		Others   map[string]string
	}
	shown.Title, shown.Sheet, shown.Enter, shown.Vote, shown.Others = server.Title(), sheet, EnterPath, VotePath, map[string]string{}
	for _, s := range told.Things.Tour() {
		x := stop{Step: s, Where: s.Server.Title()}
		for _, a := range Accounts() {
			if a.Server == s.Server && a.Person == s.Account {
				x.Who = a.Name + ", " + a.Role
			}
		}
		if s.Server != server {
			x.Away = urls[s.Server] + PagePath
		}
		shown.Stops = append(shown.Stops, x)
	}
	for _, a := range Accounts() {
		if a.Server == server {
			shown.Accounts = append(shown.Accounts, a)
		}
	}
	for _, s := range Servers() {
		if s != server {
			shown.Others[s.Title()] = urls[s] + PagePath
		}
	}
	var text bytes.Buffer
	err := pageTemplate.Execute(&text, shown)
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'")
		_, _ = w.Write(text.Bytes())
	})
}
