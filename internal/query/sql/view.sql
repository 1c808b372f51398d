-- name: PutItem :exec
INSERT INTO item (stream, kind, id, version, state, owner, opened, changed, due, first_idx, last_idx)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (stream) DO UPDATE SET kind = excluded.kind, id = excluded.id, version = excluded.version,
    state = excluded.state, owner = excluded.owner, opened = excluded.opened, changed = excluded.changed,
    due = excluded.due, first_idx = excluded.first_idx, last_idx = excluded.last_idx;

-- name: Item :one
SELECT stream, kind, id, version, state, owner, opened, changed, due, first_idx, last_idx FROM item WHERE stream = $1;

-- name: ItemsOfKind :many
SELECT stream, kind, id, version, state, owner, opened, changed, due, first_idx, last_idx FROM item
WHERE kind = $1 AND (state = $2 OR $2 = '') AND (owner = $3 OR $3 = '') AND stream > $4
ORDER BY stream LIMIT $5;

-- name: ItemsDue :many
SELECT stream, kind, id, version, state, owner, opened, changed, due, first_idx, last_idx FROM item
WHERE due > 0 AND due <= $1 ORDER BY due, stream LIMIT $2;

-- name: ItemsFalling :many
SELECT stream, kind, id, version, state, owner, opened, changed, due, first_idx, last_idx FROM item
WHERE due > 0 AND due <= $1 AND (kind = $2 OR $2 = '')
    AND (due > $3 OR due = $3 AND stream > $4)
ORDER BY due, stream LIMIT $5;

-- name: ItemsLatest :many
SELECT stream, kind, id, version, state, owner, opened, changed, due, first_idx, last_idx FROM item
WHERE kind = $1 AND state = $2 AND owner = $3 ORDER BY opened DESC, stream DESC LIMIT $4;

-- name: ItemsTied :many
SELECT item.stream, kind, id, version, state, owner, opened, changed, due, first_idx, last_idx FROM item
JOIN tie ON tie.source = item.stream WHERE tie.target = $1 AND tie.relation = $2 ORDER BY item.stream;

-- name: AllItems :many
SELECT stream, kind, id, version, state, owner, opened, changed, due, first_idx, last_idx FROM item ORDER BY stream;

-- name: ClearItems :exec
DELETE FROM item;

-- name: PutTie :exec
INSERT INTO tie (source, relation, target, idx) VALUES ($1, $2, $3, $4) ON CONFLICT (source, relation, target) DO NOTHING;

-- name: DropTie :execrows
DELETE FROM tie WHERE source = $1 AND relation = $2 AND target = $3;

-- name: TiesFrom :many
SELECT source, relation, target, idx FROM tie WHERE source = $1 ORDER BY relation, target;

-- name: TiesTo :many
SELECT source, relation, target, idx FROM tie WHERE target = $1 ORDER BY source, relation;

-- name: AllTies :many
SELECT source, relation, target, idx FROM tie ORDER BY source, relation, target;

-- name: ClearTies :exec
DELETE FROM tie;
