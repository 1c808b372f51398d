package web

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"interdict/internal/clerk"
)

func idOf(stream string) string {
	_, id, _ := strings.Cut(stream, "/")
	return short(id)
}

// short is an id as people can tell it apart; the whole one stands in the link.
func short(id string) string {
	if len(id) > 14 {
		return id[:5] + "…" + id[len(id)-4:]
	}
	return id
}

// cut shortens a text to n letters.
func cut(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return text
}

// left says how much time is left until t, or how late it is, and how urgent.
func left(ctx context.Context, t, now time.Time) (text, tone string) {
	d := t.Sub(now)
	late := d < 0
	if late {
		d = -d
	}
	switch {
	case late && d >= 48*time.Hour:
		return say(ctx, "%d days late", int(d.Hours()/24)), "bad"
	case late && d >= time.Hour:
		return say(ctx, "%d hours late", int(d.Hours())), "bad"
	case late:
		return say(ctx, "%d minutes late", int(d.Minutes())), "bad"
	case d >= 48*time.Hour:
		text, tone = say(ctx, "%d days left", int(d.Hours()/24)), "plain"
		if d < 7*24*time.Hour {
			tone = "warn"
		}
		return text, tone
	case d >= time.Hour:
		return say(ctx, "%d hours left", int(d.Hours())), "warn"
	}
	return say(ctx, "%d minutes left", int(d.Minutes())), "warn"
}

// tones are the colours of states; what is not here is plain.
var tones = map[string]string{
	"open": "info", "received": "info", "waiting": "info", "lodged": "info", "called": "info", "pending": "warn", "listed": "plain",
	"submitted": "warn", "voting": "warn", "draft": "plain", "asked": "warn", "upcoming": "plain", "recommended": "warn",
	"in_force": "good", "answered": "good", "granted": "good", "agreed": "good", "linked": "good", "decided": "good", "filed": "info",
	"overdue": "bad", "same": "bad", "escalated": "warn", "questioned": "warn", "refused": "bad", "strong": "bad", "possible": "warn",
	"awaited": "warn", "carried": "good", "proposed": "info", "snoozed": "plain", "weak": "plain", "different": "good", "unsure": "warn",
	"deemed_refused": "bad", "deemed_granted": "good",
}

func toneOf(state string) string {
	if tone, ok := tones[state]; ok {
		return tone
	}
	return "plain"
}

// stateWord is a state as a key of messages.
func stateWord(state string) string { return strings.ReplaceAll(state, "_", " ") }

// others are commands without those that are named.
func others(all []clerk.Command, without []string) []clerk.Command {
	return slices.DeleteFunc(slices.Clone(all), func(c clerk.Command) bool { return slices.Contains(without, c.Name) })
}

// can reports whether a command is among those that the reader may give.
func can(all []clerk.Command, name string) bool {
	return slices.ContainsFunc(all, func(c clerk.Command) bool { return c.Name == name })
}

// with is the address of the page with other values in its query; "" takes one
// out.
func (v *visit) with(pairs ...string) string {
	q := v.r.URL.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
			continue
		}
		q.Set(pairs[i], pairs[i+1])
	}
	if len(q) == 0 {
		return v.r.URL.Path
	}
	return v.r.URL.Path + "?" + q.Encode()
}

func chosen(yes bool) templ.Attributes {
	if yes {
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}
