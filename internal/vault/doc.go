// Package vault seals evidence and personal payloads, each under the key of its
// subject, and gives back the same bytes.
//
// It promises that what is opened is byte for byte what was sealed: the hash of
// the salted plaintext is checked after decryption, and a changed bit anywhere,
// also in a key or its tombstone, is Corrupt. One age identity (X25519) a
// subject; identities lie in a store of their own, wrapped by a master identity.
// Erasing destroys the subject's identity, on the word of two persons, and
// leaves a tombstone; hashes stay, so that the ledger's tree stays whole.
//
// It never keeps an identity in memory beyond a call, never writes plaintext
// anywhere, and never puts a personal datum into a hash without salt.
package vault
