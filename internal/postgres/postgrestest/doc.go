// Package postgrestest starts a real Postgres for tests, from the programs of
// the system's package, and ends it with the test.
//
// It promises a server of the test's own: a new data folder, a free port of the
// loopback, durable settings, and an order of texts that is not that of the
// bytes, so that a query which relies on its own order is found out. The server
// ends with the test's process however that ends. As root, it runs as the user
// postgres.
//
// It never touches a server that it did not start. Where the programs are
// absent, the test is skipped, loudly.
package postgrestest
