package cli_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"interdict/internal/demo"
)

// TestBrowserLoop walks the loop as people do, in their browsers: an alert judged
// by two keys, a vote, a signature, the public list, the bank's alert, its report,
// and the authority that sees each hop.
func TestBrowserLoop(t *testing.T) {
	b := openBrowser(t)
	d := stage(t)
	defer d.stop()
	b.base = d.urls[demo.Authority]
	b.see(plain)
	step := func(title string) demo.Step {
		for _, s := range d.Tour {
			if s.Title == title {
				return s
			}
		}
		t.Fatalf("the tour has no step %q", title)
		return demo.Step{}
	}
	const company = "Saltmarsh Ferry Trading"

	// An agency hands a material in, with a party in two scripts, and has its receipt.
	b.enter(d.urls[demo.Authority], "liaison-prosecution", "/materials/new")
	b.run(`(() => {
		const set = (name, value) => document.querySelector('[name="' + name + '"]').value = value;
		set("title", "Invoices of a net loft"); set("sort", "financial"); set("reasons", "Paid in cash, twice, by a courier.");
		set("parties.0.subject.names.0.full", "Net Loft of Oster Quay"); set("parties.0.subject.names.1.full", "مخزن شباك رصيف أوستر");
		set("parties.0.subject.kind", "organisation");
		document.querySelector('[name="handling.tlp"][value="amber"]').click();
		document.querySelector('form[action*="/materials"], form[action*="material.submit"]').requestSubmit();
	})()`)
	b.until("the receipt", `/^\/materials\/M[^/]*\/receipt/.test(location.pathname) && document.readyState === "complete"`)
	b.says("Invoices of a net loft")
	b.shoot("loop-receipt")
	receipt := asks[string](b, `document.querySelector('main a[href^="/receipts/"]').getAttribute("href")`)
	if text := asks[string](b, fmt.Sprintf(`fetch(%q).then(r => r.text())`, receipt), chromedp.EvalAwaitPromise); !strings.Contains(text, "c2sp.org/tlog-proof") {
		t.Errorf("the receipt is %q", text)
	}
	material := asks[string](b, `location.pathname.split("/")[2]`)

	// An analyst opens a case on the party; the material proposes itself to it.
	analyst := step("An alert is judged").Account
	b.enter(d.urls[demo.Authority], analyst, "/materials/"+material)
	b.says("مخزن شباك رصيف أوستر")
	b.goes("/dossiers/new?material=" + material + "&party=p1")
	b.run(`(() => {
		document.querySelector('[name="title"]').value = "The net loft";
		document.querySelector('form[data-command="dossier.open"]').requestSubmit();
	})()`)
	b.until("the case", `/^\/dossiers\/D/.test(location.pathname) && document.readyState === "complete"`)
	b.says("Net Loft of Oster Quay")
	b.shoot("loop-dossier")

	// An analyst: somebody else, by two keys, and the next alert is there.
	alert := step("An alert is judged")
	b.enter(d.urls[demo.Authority], alert.Account, alert.Path)
	b.keys("n")
	b.keys("4")
	b.until("the next alert", fmt.Sprintf(`location.pathname !== %q && document.readyState === "complete"`, alert.Path))
	b.goes(alert.Path)
	b.says("closed")

	// The chair votes, and signs the decision of yesterday.
	vote := step("The commission votes")
	b.enter(d.urls[demo.Authority], vote.Account, vote.Path)
	b.follows(`main a[href*="/vote/"]`)
	b.run(`document.querySelector('input[name="choice"][value="yes"]').click(); document.querySelector("form.card").requestSubmit()`)
	b.until("the session", fmt.Sprintf(`location.pathname === %q && document.readyState === "complete"`, vote.Path))
	sign := step("The chair signs")
	b.goes(sign.Path)
	b.says("Sign")
	b.run(`(() => {
		const form = document.querySelector('form[data-command="decision.sign"]');
		form.querySelectorAll("input[type=checkbox]").forEach(x => x.checked = true);
		form.requestSubmit(form.querySelector("button"));
	})()`)
	b.until("the signed decision", `document.readyState === "complete" && !document.querySelector('form[data-command="decision.sign"]') && document.querySelector("main .note.good") !== null`)
	b.shoot("loop-signed")

	// Everybody reads it.
	b.goes("/public?q=" + strings.ReplaceAll(company, " ", "+"))
	b.says(company)
	b.shoot("loop-public")

	// The bank has its alert, says that it is the company, and reports the freeze.
	officer := step("The bank knows")
	b.enter(d.urls[demo.Harbour], officer.Account, "/alerts")
	for range 60 {
		if asks[bool](b, fmt.Sprintf(`document.querySelector("main").innerText.includes(%q)`, company)) {
			break
		}
		time.Sleep(500 * time.Millisecond)
		b.goes("/alerts")
	}
	b.says(company)
	b.run(fmt.Sprintf(`[...document.querySelectorAll("main a")].find(a => a.innerText.includes(%q)).click()`, company))
	b.until("the bank's alert", `/^\/alerts\/A/.test(location.pathname) && document.readyState === "complete"`)
	b.shoot("loop-bank-alert")
	b.keys("y")
	b.keys("1")
	b.says("Report what was frozen")
	b.keys("r")
	b.until("the form of the report", `location.pathname === "/do/report.file" && document.readyState === "complete"`)
	b.run(`(() => {
		const set = (name, value) => { const f = document.querySelector('[name="' + name + '"]'); f.value = value; };
		set("assets.0.limb", "owned"); set("assets.0.count", "2"); set("assets.0.amount", "1250050"); set("assets.0.currency", "EUR");
		document.querySelector('form[data-command="report.file"]').requestSubmit();
	})()`)
	b.until("the report", `/^\/reports\/R/.test(location.pathname) && document.readyState === "complete"`)
	b.says("12,500.50")
	b.shoot("loop-report")
	report := asks[string](b, `location.pathname`)
	b.again(report, "Taken by the authority")

	// The authority sees each hop, and answers.
	lead := step("The authority sees each hop")
	b.enter(d.urls[demo.Authority], lead.Account, "/editions")
	b.run(`[...document.querySelectorAll("main table a")].at(-1).click()`)
	b.until("the last edition", `/^\/editions\/[0-9]/.test(location.pathname) && document.readyState === "complete"`)
	b.again(asks[string](b, `location.pathname`), "in time")
	b.shoot("loop-edition")
	b.goes("/reports?state=filed")
	b.run(`[...document.querySelectorAll("main table a")].find(a => a.innerText.includes("frozen")).click()`)
	b.until("the report at the authority", `/^\/reports\/R/.test(location.pathname) && document.readyState === "complete"`)
	b.run(`(() => {
		const form = document.querySelector('form[data-command="report.answer"]');
		form.querySelector("[name=verdict]").value = "true_match"; form.requestSubmit();
	})()`)
	b.until("the answered report", `document.readyState === "complete" && !document.querySelector('form[data-command="report.answer"]') && document.querySelector("main .note.good") !== null`)

	// The auditor holds all of it to the ledger.
	b.enter(d.urls[demo.Authority], step("Prove it").Account, "/ledger")
	b.run(`document.querySelector('form[action="/ledger/verify"]').requestSubmit()`)
	b.says("Every entry is the one that was signed")
	b.shoot("loop-verified")
}

// follows goes where a link leads.
func (b *browser) follows(selector string) {
	b.t.Helper()
	here := asks[string](b, `location.pathname`)
	b.run(fmt.Sprintf(`document.querySelector(%q).click()`, selector))
	b.until("what "+selector+" leads to", fmt.Sprintf(`location.pathname !== %q && document.readyState === "complete"`, here))
}

// again opens a page until it says something that happens by itself.
func (b *browser) again(path, text string) {
	b.t.Helper()
	for range 60 {
		b.goes(path)
		if asks[bool](b, fmt.Sprintf(`document.querySelector("main").innerText.includes(%q)`, text)) {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	b.says(text)
}
