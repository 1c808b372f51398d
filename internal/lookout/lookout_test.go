package lookout_test

import (
	"testing"
	"time"

	"interdict/internal/archive"
	"interdict/internal/date"
	"interdict/internal/list/own"
	"interdict/internal/lookout"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

func freeze(key, name string, ended bool) record.Record {
	l := record.Listing{Authority: "Commission", Reference: key, ListedOn: date.OnDay(2026, 3, 2)}
	if ended {
		l.Ended, l.Delisted = true, date.OnDay(2026, 5, 6)
	}
	return record.Record{
		Source: own.ID, Key: key, Listings: []record.Listing{l},
		Subject: record.Subject{Kind: record.Person, Names: []record.Name{{Full: name, Type: record.Primary, Quality: record.Strong}}},
	}
}

// open opens the lookout of a folder as another process would, at a day.
func open(t *testing.T, dir string, day int) *lookout.Lookout {
	t.Helper()
	a, err := archive.Open(dir, own.Source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	l, err := lookout.Open(lookout.Config{
		Archive: a, Fallback: register.Snapshot{ID: "fallback"}, Notice: func(map[string]string) string { return "" },
		Now: func() time.Time { return time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func band(t *testing.T, e *screen.Engine, name string) string {
	t.Helper()
	a, err := e.Name(screen.Query{Name: name}, screen.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Hits) == 0 {
		return ""
	}
	return string(a.Hits[0].Band)
}

func publish(t *testing.T, l *lookout.Lookout, records ...record.Record) string {
	t.Helper()
	edition, err := l.Publish(records, "system")
	if err != nil {
		t.Fatal(err)
	}
	return edition
}

func TestTheRegisterOfNowAndOfBefore(t *testing.T) {
	const name = "Bartholomew Quindlesby"
	dir := t.TempDir()
	l := open(t, dir, 2)
	if got := l.Engine().Snapshot(); got != "fallback" {
		t.Fatalf("without a list: %s", got)
	}
	first := publish(t, l, freeze("OWN-1", name, false))
	then := l.Engine().Snapshot()
	if band(t, l.Engine(), name) == "" || l.Editions()[own.ID] != first {
		t.Errorf("what was published is not found, or the edition is %v", l.Editions())
	}

	other := open(t, dir, 9) // another process, a week later
	if got := publish(t, other, freeze("OWN-1", name, false)); got != first || other.Engine().Snapshot() != then {
		t.Errorf("an equal list is another edition: %s, %s", got, first)
	}
	second := publish(t, other, freeze("OWN-1", name, true), freeze("OWN-2", "Marta Lindqvist", false))
	if second == first || band(t, other.Engine(), "Marta Lindqvist") == "" {
		t.Errorf("edition %s after %s", second, first)
	}
	if err := l.Reload(); err != nil || l.Engine().Snapshot() != other.Engine().Snapshot() {
		t.Errorf("what another process published is not taken up: %v", err)
	}
	before, err := l.Then(then)
	if err != nil || band(t, before, "Marta Lindqvist") != "" || band(t, before, name) == band(t, l.Engine(), name) {
		t.Errorf("the register of before does not answer as it did: %v", err)
	}
	if _, err := l.Then("no such register"); err == nil {
		t.Error("a register that never was answers")
	}
}
