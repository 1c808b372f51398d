-- +goose Up

-- The head of the ledger: one row, whose lock puts all writers in a line.
CREATE TABLE head (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    size       BIGINT NOT NULL, -- entries
    edge       BYTEA  NOT NULL, -- roots of the complete subtrees, largest first
    checkpoint BYTEA  NOT NULL  -- the signed note
);

-- One row an event. All but leaf and nodes follows from leaf and is here to be
-- found by; verifying compares it.
CREATE TABLE entry (
    idx     BIGINT PRIMARY KEY,
    stream  TEXT   NOT NULL,
    version BIGINT NOT NULL,
    command TEXT UNIQUE,     -- with the first event of a command only
    body    BYTEA  NOT NULL, -- hash of the sealed body
    leaf    BYTEA  NOT NULL, -- the envelope
    nodes   BYTEA  NOT NULL, -- tree hashes that this entry completes, its own first
    UNIQUE (stream, version)
);

CREATE TABLE sealed (
    hash    BYTEA PRIMARY KEY, -- of the salted plaintext
    subject TEXT  NOT NULL,    -- whose key opens it
    cipher  BYTEA NOT NULL,
    digest  BYTEA NOT NULL     -- of the three columns before: checked without keys
);

-- +goose Down
DROP TABLE sealed;
DROP TABLE entry;
DROP TABLE head;
