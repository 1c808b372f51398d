-- name: FoundHead :exec
INSERT INTO head (id, size, edge, checkpoint) VALUES (1, 0, $1, $2) ON CONFLICT (id) DO NOTHING;

-- name: LockHead :one
UPDATE head SET size = size WHERE id = 1 RETURNING size, edge, checkpoint;

-- name: MoveHead :execrows
UPDATE head SET size = $1, edge = $2, checkpoint = $3 WHERE id = 1;

-- name: Head :one
SELECT size, edge, checkpoint, CAST((SELECT COALESCE(max(idx), -1) FROM entry) AS BIGINT) AS last_idx
FROM head WHERE id = 1;

-- name: AddEntry :exec
INSERT INTO entry (idx, stream, version, command, body, leaf, nodes) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: Entry :one
SELECT idx, stream, version, command, body, leaf, nodes FROM entry WHERE idx = $1;

-- name: Entries :many
SELECT idx, stream, version, command, body, leaf, nodes FROM entry WHERE idx >= $1 AND idx < $2 ORDER BY idx;

-- name: EntryOfCommand :one
SELECT idx FROM entry WHERE command = $1;

-- name: Standing :one
SELECT CAST((SELECT COALESCE(max(c.idx), -1) FROM entry c WHERE c.command = $1) AS BIGINT) AS done_at,
    CAST((SELECT COALESCE(max(s.version), 0) FROM entry s WHERE s.stream = $2) AS BIGINT) AS version;

-- name: LastOfStream :one
SELECT idx, version, leaf FROM entry WHERE stream = $1 ORDER BY version DESC LIMIT 1;

-- name: EntriesOfStream :many
SELECT e.idx, e.leaf, s.hash, s.subject, s.cipher
FROM entry e LEFT JOIN sealed s ON s.hash = e.body
WHERE e.stream = $1 AND e.version > $2 AND e.idx <= $3 ORDER BY e.version;

-- name: HappenedFrom :many
SELECT e.idx, e.leaf, s.hash, s.subject, s.cipher
FROM entry e LEFT JOIN sealed s ON s.hash = e.body
WHERE e.idx >= $1 ORDER BY e.idx;
