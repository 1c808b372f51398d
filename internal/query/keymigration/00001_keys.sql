-- +goose Up

-- One key a subject, wrapped by the master identity; after erasure the
-- tombstone, wrapped likewise. It lies apart from the data that it opens.
CREATE TABLE subject_key (
    subject TEXT  PRIMARY KEY,
    wrapped BYTEA NOT NULL
);

-- +goose Down
DROP TABLE subject_key;
