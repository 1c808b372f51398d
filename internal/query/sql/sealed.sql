-- name: AddSealed :execrows
INSERT INTO sealed (hash, subject, cipher, digest) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING;

-- name: SealedOf :one
SELECT hash, subject, cipher, digest FROM sealed WHERE hash = $1;

-- name: AllSealed :many
SELECT CAST((SELECT size FROM head WHERE id = 1) AS BIGINT) AS size, hash, subject, cipher, digest FROM sealed;
