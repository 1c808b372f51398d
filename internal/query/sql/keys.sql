-- name: Key :one
SELECT wrapped FROM subject_key WHERE subject = $1;

-- name: AddKey :execrows
INSERT INTO subject_key (subject, wrapped) VALUES ($1, $2) ON CONFLICT (subject) DO NOTHING;

-- name: ReplaceKey :execrows
UPDATE subject_key SET wrapped = $2 WHERE subject = $1;
