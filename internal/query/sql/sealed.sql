-- name: AddSealed :execrows
INSERT INTO sealed (hash, subject, cipher, digest) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING;

-- name: SealedOf :one
SELECT hash, subject, cipher, digest FROM sealed WHERE hash = $1;

-- name: AllSealed :many
SELECT hash, subject, cipher, digest FROM sealed ORDER BY hash;

-- name: IsSealed :one
SELECT CAST(count(*) AS BIGINT) FROM sealed WHERE hash = $1;

-- name: FirstUnsealed :one
SELECT e.idx FROM entry e LEFT JOIN sealed s ON s.hash = e.body WHERE s.hash IS NULL ORDER BY e.idx LIMIT 1;
