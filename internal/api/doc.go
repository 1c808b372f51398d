// Package api is the door for machines: every command and read of the clerk over
// HTTP as JSON, described by OpenAPI 3.1 at /openapi.json.
//
// It promises that a route does what the clerk does and no more; that errors are
// problems (RFC 9457) and what one may not see is 404 like what is not there;
// that a command sent again under its Idempotency-Key is done once; that a read
// carries the version as its ETag and a command with If-Match is refused when
// the thing has moved on; that lists go on by a cursor.
//
// It holds no rule of the casework and no right: those are asked of the clerk.
package api
