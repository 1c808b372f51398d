package demo

import (
	"context"
	"time"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/roster"
)

// Key is an API key of one person of a server, with something to ask for.
type Key struct {
	Person roster.PersonID
	Text   string
	Path   string
}

// IssueKey issues a key for whatever its person may do, for a day.
func IssueKey(ctx context.Context, c *clerk.Clerk, s Server) (Key, error) {
	k := Key{Person: officer, Path: "/v1/alerts"}
	if s == Authority {
		k = Key{Person: analyst, Path: "/v1/dossiers"}
	}
	var err error
	k.Text, err = c.IssueKey(ctx, clerk.Order{By: k.Person}, clerk.KeyWish{
		Person: k.Person, Scope: access.All(), Label: "shown by the demo", Until: c.Now().Add(24 * time.Hour),
	})
	return k, err
}

// MachineKey issues a key of the authority with which an institution's own
// Interdict acknowledges and reports, for a year.
func MachineKey(ctx context.Context, c *clerk.Clerk, s Server) (string, error) {
	return c.IssueKey(ctx, clerk.Order{By: administrator}, clerk.KeyWish{
		Person: machineName + roster.PersonID(s), Label: "to follow the list",
		Scope: []access.Action{access.AcknowledgementMake, access.ReportFile, access.ReportSupersede, access.ReportList, access.ReportRead},
	})
}
