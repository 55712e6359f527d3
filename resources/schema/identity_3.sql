-- identity.db, what schema version 3 adds: what the last linkage run leaves for the next one, so that a new delivery is
-- compared alone (resources/docs/decisions/0008-linkage-in-full.md).

CREATE TABLE kept_state (
    run INTEGER PRIMARY KEY, -- the run that left it; another run than core.db's last one counts for nothing
    after_load INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL,
    records INTEGER NOT NULL,
    possible_pairs REAL NOT NULL,
    floor_bits REAL NOT NULL,
    every_pair INTEGER NOT NULL CHECK (every_pair IN (0, 1)),
    rules TEXT NOT NULL -- names, a line feed between
) STRICT;

-- The links that brought two groups of records together: the steps that built a person.
CREATE TABLE joining_link (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_pair (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
