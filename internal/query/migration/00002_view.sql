-- +goose Up

-- What is folded from the ledger, to be found by. It can be thrown away and
-- made again. Texts are ordered by their bytes on both engines: SQLite has the
-- collation BINARY, and in Postgres it is made before this runs.

-- How each case stands: the last state of a stream.
CREATE TABLE item (
    stream    TEXT COLLATE "BINARY" PRIMARY KEY,
    kind      TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    state     TEXT   NOT NULL,
    owner     TEXT   NOT NULL,
    opened    BIGINT NOT NULL, -- times are microseconds since 1970, UTC
    changed   BIGINT NOT NULL,
    due       BIGINT NOT NULL, -- 0: none
    first_idx BIGINT NOT NULL,
    last_idx  BIGINT NOT NULL
);
CREATE INDEX item_kind ON item (kind, state);
CREATE INDEX item_due ON item (due);

-- What is tied to what, and by which entry.
CREATE TABLE tie (
    source   TEXT COLLATE "BINARY" NOT NULL,
    relation TEXT COLLATE "BINARY" NOT NULL,
    target   TEXT COLLATE "BINARY" NOT NULL,
    idx      BIGINT NOT NULL,
    PRIMARY KEY (source, relation, target)
);
CREATE INDEX tie_target ON tie (target);

-- +goose Down
DROP TABLE tie;
DROP TABLE item;
