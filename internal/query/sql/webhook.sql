-- name: AddEndpoint :exec
INSERT INTO endpoint (id, url, sending, secret, former, until) VALUES ($1, $2, 1, $3, $4, 0);

-- name: Endpoint :one
SELECT id, url, sending, secret, former, until FROM endpoint WHERE id = $1;

-- name: SetSending :execrows
UPDATE endpoint SET sending = $2 WHERE id = $1;

-- name: RotateSecret :execrows
UPDATE endpoint SET former = secret, secret = $2, until = $3 WHERE id = $1;

-- name: DropEndpoint :execrows
DELETE FROM endpoint WHERE id = $1;

-- name: EndpointsDue :many
SELECT DISTINCT h.endpoint FROM hint h JOIN endpoint e ON e.id = h.endpoint
WHERE h.state = 'waiting' AND h.due <= $1 AND e.sending = 1 ORDER BY h.endpoint;

-- name: AddHint :execrows
INSERT INTO hint (id, endpoint, topic, thing, happened, state, tries, failed, due, claim, log)
SELECT $1, e.id, $2, $3, $4, 'waiting', 0, 0, $4, '', '[]' FROM endpoint e WHERE e.id = $5;

-- name: NextHint :one
SELECT h.id, h.endpoint, h.topic, h.thing, h.happened, h.state, h.tries, h.failed, h.due, h.claim, h.log FROM hint h
JOIN endpoint e ON e.id = h.endpoint
WHERE h.endpoint = $1 AND h.state = 'waiting' AND h.due <= $2 AND e.sending = 1 ORDER BY h.due, h.happened, h.id LIMIT 1;

-- name: ClaimHint :execrows
UPDATE hint SET claim = $2, due = $3, tries = tries + 1 WHERE id = $1 AND state = 'waiting' AND tries = $4 AND due = $5;

-- name: SettleHint :execrows
UPDATE hint SET state = $2, failed = $3, due = $4, log = $5, claim = '' WHERE id = $1 AND claim = $6;

-- name: ReviveHint :execrows
UPDATE hint SET state = 'waiting', failed = 0, due = $3 WHERE id = $1 AND endpoint = $2 AND claim = '';

-- name: HintsOf :many
SELECT id, endpoint, topic, thing, happened, state, tries, failed, due, claim, log FROM hint
WHERE endpoint = $1 AND (state = $2 OR $2 = '') ORDER BY happened DESC, id LIMIT $3;

-- name: DropHintsOf :execrows
DELETE FROM hint WHERE endpoint = $1;

-- name: DropDelivered :execrows
DELETE FROM hint WHERE state = 'delivered' AND due < $1;
