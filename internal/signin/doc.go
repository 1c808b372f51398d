// Package signin says who is there: it verifies passwords with one-time codes,
// passkeys, identities of an OpenID Connect provider, API keys and client
// certificates, and keeps sessions.
//
// It promises that no secret is stored that lets anybody in: passwords lie as
// argon2id, codes, keys and session tokens as hashes, the seeds of one-time codes
// sealed under a key that lies apart from the data. An unknown person costs as
// much as a wrong password and gets the same answer. Whatever is meant for one
// use is used once, also by several processes. A lost credential comes back only
// by two persons: one issues a code which he cannot use for himself.
//
// Every change is told as events and as what must be written with them, so that
// the caller appends both in one transaction. It decides nothing about rights,
// it knows no roster (whether a person is still here is for the caller), it reads
// no clock, and it never puts a secret into an event.
package signin
