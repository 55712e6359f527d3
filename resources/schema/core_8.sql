-- core.db, what schema version 8 adds: who is involved with whom, and the names released for it, each in an envelope that
-- one user can open (resources/docs/decisions/0012-release-recovery-rotation.md).

CREATE TABLE involvement (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL, -- the child
    family INTEGER NOT NULL CHECK (family IN (0, 1)), -- 1: the family too
    team TEXT NOT NULL,
    worker TEXT NOT NULL, -- principal
    purpose TEXT NOT NULL,
    gateway TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL, -- exclusive
    source TEXT NOT NULL, -- where it is recorded
    recorded_by TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL, -- principals
    released_by TEXT NOT NULL,
    seconded_by TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    until_day INTEGER NOT NULL, -- exclusive
    involvements TEXT NOT NULL, -- numbers, one blank between
    signature BLOB NOT NULL,
    second_signature BLOB NOT NULL,
    digest BLOB NOT NULL, -- SHA-256 of what was signed
    children INTEGER NOT NULL, -- how many persons it names
    withdrawn_by TEXT, -- its envelopes are gone then
    withdrawn_ms INTEGER
) STRICT;

CREATE TABLE released_name (
    release INTEGER NOT NULL,
    source_person INTEGER NOT NULL, -- whose name it is
    box BLOB NOT NULL,
    sealed_key BLOB NOT NULL,
    PRIMARY KEY (release, source_person)
) STRICT, WITHOUT ROWID;
