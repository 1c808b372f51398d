// The one script of the pages. They work without it: it adds keys, live updates
// and what only a browser can do (keys of its own, passkeys).
"use strict";

// Keys. A letter does nothing while somebody types.
let after = "";
const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]");

function rowsOf() {
	return [...document.querySelectorAll("[data-rows] tbody > tr, ul[data-rows] > li, [data-hit]")];
}

function move(by) {
	const rows = rowsOf();
	if (!rows.length) return;
	const at = rows.findIndex((r) => r.getAttribute("aria-current") === "true");
	const to = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
	rows.forEach((r) => r.removeAttribute("aria-current"));
	rows[to].setAttribute("aria-current", "true");
	rows[to].scrollIntoView({ block: "nearest" });
	const link = rows[to].querySelector("a");
	if (link) link.focus({ preventScroll: true });
}

function press(key) {
	const inHit = document.querySelector('[data-hit][aria-current="true"]');
	const seen = (within) => [...within.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((x) => x.checkVisibility());
	const b = (inHit && seen(inHit)) || seen(document);
	if (!b) return false;
	if (b.matches("input[type=radio], input[type=checkbox]")) {
		b.click();
	} else if (b.matches("input, textarea, select")) {
		b.focus();
	} else {
		b.click();
	}
	return true;
}

document.addEventListener("keydown", (e) => {
	if (e.ctrlKey || e.metaKey || e.altKey) return;
	if (typing(e)) {
		if (e.key === "Escape") e.target.blur();
		return;
	}
	const before = after;
	after = "";
	const open = document.querySelector("details.menu[open]");
	if (e.key === "Escape" && open) {
		open.removeAttribute("open");
	} else if (before === "g") {
		const to = e.key === "g" ? null : document.querySelector(`[data-go="${CSS.escape(e.key)}"]`);
		if (e.key === "g") scrollTo(0, 0);
		else if (to) to.click();
	} else if (e.key === "g") {
		after = "g";
	} else if (e.key === "?") {
		document.getElementById("keys").showModal();
	} else if (e.key === "/") {
		const find = document.getElementById("find");
		if (!find) return;
		find.focus();
	} else if (e.key === "j" || e.key === "k") {
		move(e.key === "j" ? 1 : -1);
	} else if (e.key === "Enter" && e.target === document.body) {
		const row = rowsOf().find((r) => r.getAttribute("aria-current") === "true");
		const link = row && row.querySelector("a");
		if (!link) return;
		link.click();
	} else if (!press(e.key)) {
		return;
	}
	e.preventDefault();
});

// On a small screen the navigation is folded until it is asked for.
if (matchMedia("(max-width: 50rem)").matches) {
	const nav = document.querySelector(".nav-fold");
	if (nav) nav.removeAttribute("open");
}

// One menu is open at a time, and none when something else is touched.
document.addEventListener("click", (e) => {
	for (const m of document.querySelectorAll("details.menu[open]")) {
		if (!m.contains(e.target)) m.removeAttribute("open");
	}
});

// A form is sent once; its command has a key besides, so that twice is once.
document.addEventListener("submit", (e) => {
	const form = e.target;
	if (form.dataset.sent) {
		e.preventDefault();
		return;
	}
	if (form.method === "post" && !e.defaultPrevented) {
		form.dataset.sent = "yes";
		setTimeout(() => delete form.dataset.sent, 4000);
	}
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

// The browser's zone, until the reader chose one.
if (!document.cookie.includes("interdict-zone=")) {
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	if (zone) document.cookie = `interdict-zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=strict`;
}

// Live: a page of a thing says when the thing has changed; a page of progress is
// loaded anew as it grows.
const watched = document.querySelector("[data-live]");
function watch() {
	const source = new EventSource(watched.dataset.live);
	const away = () => {
		if (!document.hidden) return;
		source.close(); // a browser has few connections for many pages
		document.removeEventListener("visibilitychange", away);
		document.addEventListener("visibilitychange", () => document.hidden || watch(), { once: true });
	};
	document.addEventListener("visibilitychange", away);
	source.addEventListener("changed", () => {
		const bar = watched.querySelector("[data-live-note]");
		if (bar) bar.hidden = false;
		source.close();
		document.removeEventListener("visibilitychange", away);
	});
	source.addEventListener("progress", (e) => {
		const p = JSON.parse(e.data);
		const bar = watched.querySelector("progress");
		if (bar) {
			bar.max = p.of || 1;
			bar.value = p.done;
		}
		const text = watched.querySelector("[data-progress-text]");
		if (text) text.textContent = p.text;
	});
	source.addEventListener("end", () => {
		source.close();
		location.reload();
	});
	addEventListener("pagehide", () => source.close());
}
if (watched && "EventSource" in window) watch();
