// Passkeys: what only a browser can do. The routes are those of the API.
"use strict";

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const textOf = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function ask(path, body) {
	const r = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
	if (!r.ok) throw new Error(String(r.status));
	const text = await r.text();
	return text ? JSON.parse(text) : {};
}

function answerOf(c) {
	const r = { clientDataJSON: textOf(c.response.clientDataJSON) };
	for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
		if (c.response[part]) r[part] = textOf(c.response[part]);
	}
	if (c.response.getTransports) r.transports = c.response.getTransports();
	return { id: c.id, rawId: textOf(c.rawId), type: c.type, response: r, clientExtensionResults: c.getClientExtensionResults() };
}

async function add(name, code) {
	const begun = await ask("/v1/enrol/passkey/begin", code ? { code } : name ? { name } : {});
	const o = begun.options.publicKey;
	o.challenge = bytesOf(o.challenge);
	o.user.id = bytesOf(o.user.id);
	for (const c of o.excludeCredentials || []) c.id = bytesOf(c.id);
	const made = await navigator.credentials.create({ publicKey: o });
	await ask("/v1/enrol/passkey", Object.assign({ state: begun.state, answer: answerOf(made) }, code ? { code } : {}));
}

async function signInBy() {
	const begun = await ask("/v1/sign-in/passkey/begin", {});
	const o = begun.options.publicKey;
	o.challenge = bytesOf(o.challenge);
	for (const c of o.allowCredentials || []) c.id = bytesOf(c.id);
	const given = await navigator.credentials.get({ publicKey: o });
	await ask("/v1/sign-in/passkey", { state: begun.state, answer: answerOf(given) });
}

const knows = "credentials" in navigator && "PublicKeyCredential" in window;

for (const form of document.querySelectorAll("form[data-passkey-add]")) {
	const words = JSON.parse(form.dataset.words);
	form.hidden = !knows;
	form.addEventListener("submit", async (e) => {
		e.preventDefault();
		try {
			await add(form.elements.name.value);
			location.assign("/me");
		} catch (e) {
			form.querySelector("[data-passkey-says]").textContent = e.message === "409" ? words.old : words.refused;
		}
	});
}

for (const form of document.querySelectorAll("form[data-passkey-enrol]")) {
	const words = JSON.parse(form.dataset.words);
	const button = form.querySelector("[data-passkey-make]");
	button.hidden = !knows;
	button.addEventListener("click", async () => {
		if (!form.reportValidity()) return;
		try {
			await add("", form.elements.code.value.trim());
			location.assign("/sign-in");
		} catch {
			form.querySelector("[data-passkey-says]").textContent = words.refused;
		}
	});
}

for (const box of document.querySelectorAll("[data-passkey-sign-in]")) {
	box.hidden = !knows;
	box.querySelector("button").addEventListener("click", async () => {
		try {
			await signInBy();
			const next = document.querySelector('form[action="/sign-in"] input[name="next"]');
			location.assign(next && next.value.startsWith("/") ? next.value : "/");
		} catch {
			box.querySelector("[data-passkey-says]").textContent = JSON.parse(box.dataset.words).refused;
		}
	});
}
