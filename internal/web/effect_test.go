package web_test

import (
	"net/http"
	"testing"
	"time"
)

// The day that is typed as the last one is in the period, and is shown again.
func TestThePeriodOfEffectiveness(t *testing.T) {
	h := newHouse(t)
	h.frozen("Order of the Brass Lantern")
	today := h.clock.now().Format("2006-01-02")
	status, p := h.get("auditor", "/effectiveness?from=2026-01-01&to="+today)
	if status != http.StatusOK {
		t.Fatal(status)
	}
	p.says("2026-01-01 – "+today, "freeze")
	if in := p.all(with("input", "name", "to")); len(in) != 1 || attr(in[0], "value") != today {
		t.Errorf("%q is not shown again", today)
	}
	_, p = h.get("auditor", "/effectiveness")
	p.says("2026-01-01 – " + today)

	h.clock.move(366 * 24 * time.Hour)
	status, p = h.get("", "/public/effectiveness/2026")
	if status != http.StatusOK {
		t.Fatal(status)
	}
	p.says("Effectiveness in 2026", "2026-01-01 – 2026-12-31")
	if status, p := h.get("auditor", "/effectiveness?to=yesterday"); status != http.StatusUnprocessableEntity {
		t.Errorf("no day: %d\n%s", status, p.source)
	}
}
