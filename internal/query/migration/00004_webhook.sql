-- +goose Up

-- Where hints go. It is no view: secrets are sealed, and in no event.
-- Times are microseconds since 1970, UTC; 0: never.
CREATE TABLE endpoint (
    id      TEXT COLLATE "BINARY" PRIMARY KEY, -- of the subscription
    url     TEXT   NOT NULL,
    sending BIGINT NOT NULL, -- 1: hints are sent; 0: they wait
    secret  BYTEA  NOT NULL, -- sealed
    former  BYTEA  NOT NULL, -- the one before it, sealed; empty: none
    until   BIGINT NOT NULL  -- when the former one is good no more
);

-- What is to be sent, and was.
CREATE TABLE hint (
    id       TEXT COLLATE "BINARY" PRIMARY KEY, -- webhook-id
    endpoint TEXT COLLATE "BINARY" NOT NULL,
    topic    TEXT   NOT NULL,
    thing    TEXT   NOT NULL, -- stream that it happened to
    happened BIGINT NOT NULL,
    state    TEXT   NOT NULL, -- waiting, delivered, dead
    tries    BIGINT NOT NULL, -- that were begun
    failed   BIGINT NOT NULL, -- in a row, since it was made or sent again
    due      BIGINT NOT NULL, -- next try; of one under way, when it counts as lost; when it was over
    claim    TEXT   NOT NULL, -- of the try under way; empty: none is
    log      TEXT   NOT NULL  -- how the last tries went, in JSON
);
CREATE INDEX hint_due ON hint (state, due);
CREATE INDEX hint_endpoint ON hint (endpoint, state, due);

-- +goose Down
DROP TABLE hint;
DROP TABLE endpoint;
