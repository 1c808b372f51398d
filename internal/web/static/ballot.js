// The key of a member's ballots: made here, never told, kept by the browser. It
// signs the text that stands in the page.
"use strict";

const ballotKeys = {
	open: () => new Promise((done, failed) => {
		const r = indexedDB.open("interdict-ballots", 1);
		r.onupgradeneeded = () => r.result.createObjectStore("keys");
		r.onsuccess = () => done(r.result);
		r.onerror = () => failed(r.error);
	}),
	async in(mode, act) {
		const db = await this.open();
		try {
			return await new Promise((done, failed) => {
				const t = db.transaction("keys", mode);
				const r = act(t.objectStore("keys"));
				t.oncomplete = () => done(r.result);
				t.onerror = () => failed(t.error);
			});
		} finally {
			db.close();
		}
	},
	of(person) { return this.in("readonly", (s) => s.get(person)); },
	keep(person, key) { return this.in("readwrite", (s) => s.put(key, person)); },
};

const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));

async function canSign() {
	try {
		await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
		return "indexedDB" in window;
	} catch {
		return false;
	}
}

const show = (box, what) => {
	box.hidden = false;
	for (const e of box.querySelectorAll("[data-says]")) e.hidden = e.dataset.says !== what;
};

// The page of a ballot.
async function ballot(form) {
	const says = form.querySelector("[data-ballot-state]");
	const elsewhere = form.querySelector("[data-ballot-elsewhere]");
	if (!(await canSign())) return show(says, "cannot");
	const key = await ballotKeys.of(form.dataset.person);
	if (!key) return show(says, "none");
	if (key.public !== form.dataset.public) return show(says, "other");
	show(says, "ready");
	elsewhere.open = false;
	form.querySelector("[data-ballot-here]").hidden = false;
	form.addEventListener("submit", async (e) => {
		if (e.submitter && e.submitter.matches("[data-ballot-send]")) return;
		e.preventDefault();
		const choice = new FormData(form).get("choice");
		const text = form.querySelector(`[data-text="${CSS.escape(choice)}"]`).textContent;
		const signature = await crypto.subtle.sign({ name: "Ed25519" }, key.private, new TextEncoder().encode(text));
		form.elements.signature.value = base64(signature);
		form.submit();
	});
}

// The page of one's own keys.
async function ownKey(form) {
	const says = form.querySelector("[data-ballot-state]");
	if (!(await canSign())) return show(says, "cannot");
	const key = await ballotKeys.of(form.dataset.person);
	const button = form.querySelector("[data-ballot-make]");
	show(says, !key ? "none" : key.public === form.dataset.public ? "stated" : "kept");
	button.hidden = false;
	form.addEventListener("submit", async (e) => {
		if (e.submitter !== button) return;
		e.preventDefault();
		let k = await ballotKeys.of(form.dataset.person);
		if (!k || k.public === form.dataset.public) {
			const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
			k = { private: pair.privateKey, public: base64(await crypto.subtle.exportKey("raw", pair.publicKey)) };
			await ballotKeys.keep(form.dataset.person, k);
		}
		form.elements.key.value = k.public;
		form.submit();
	});
}

for (const form of document.querySelectorAll("form[data-ballot]")) ballot(form);
for (const form of document.querySelectorAll("form[data-ballot-own]")) ownKey(form);
