-- name: AddCredential :exec
INSERT INTO credential (id, person, kind, secret, data, created, expires, revoked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: Credential :one
SELECT id, person, kind, secret, data, created, expires, revoked FROM credential WHERE id = $1;

-- name: CredentialsOf :many
SELECT id, person, kind, secret, data, created, expires, revoked FROM credential WHERE person = $1 ORDER BY id;

-- name: RevokeCredential :execrows
UPDATE credential SET revoked = $2 WHERE id = $1 AND revoked = 0;

-- name: UpdateCredentialData :execrows
UPDATE credential SET data = $2 WHERE id = $1 AND revoked = 0 AND data = $3;

-- name: AddLogin :exec
INSERT INTO login (token, person, created, expires) VALUES ($1, $2, $3, $4);

-- name: Login :one
SELECT token, person, created, expires FROM login WHERE token = $1;

-- name: DropLogin :execrows
DELETE FROM login WHERE token = $1;

-- name: DropLoginsOf :execrows
DELETE FROM login WHERE person = $1;

-- name: DropExpiredLogins :execrows
DELETE FROM login WHERE expires <= $1;
