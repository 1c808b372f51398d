-- +goose Up

-- By what a person signs in. It is no view: secrets are not in the ledger.
-- Times are microseconds since 1970, UTC; 0: never.
CREATE TABLE credential (
    id      TEXT COLLATE "BINARY" PRIMARY KEY,
    person  TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    secret  BYTEA  NOT NULL,
    data    TEXT   NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    revoked BIGINT NOT NULL
);
CREATE INDEX credential_person ON credential (person);

-- Who is signed in now.
CREATE TABLE login (
    token   BYTEA  PRIMARY KEY, -- its hash
    person  TEXT   NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX login_person ON login (person);
CREATE INDEX login_expires ON login (expires);

-- +goose Down
DROP TABLE login;
DROP TABLE credential;
