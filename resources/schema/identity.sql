-- identity.db: who a source person is. Names, birth dates, addresses, identifiers, recorded relations, links.
-- A version of a name, address or identifier is supplied from `first_delivery` until `gone_delivery`, the first
-- delivery with that person in it and without the version (NULL: still supplied). Every row says which load
-- brought it: rows of a load that core.db does not know are removed when the workspace is opened.

CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE person_ref (
    source_person INTEGER PRIMARY KEY, -- dataset * 2^32 + a count
    ref TEXT NOT NULL,
    load INTEGER NOT NULL
) STRICT;

CREATE TABLE name (
    source_person INTEGER NOT NULL,
    id INTEGER NOT NULL,
    forenames TEXT NOT NULL,
    surname TEXT NOT NULL,
    birth_date INTEGER,
    sex TEXT NOT NULL,
    kind TEXT NOT NULL,
    first_delivery INTEGER NOT NULL,
    gone_delivery INTEGER,
    load INTEGER NOT NULL,
    gone_load INTEGER,
    PRIMARY KEY (source_person, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE address (
    source_person INTEGER NOT NULL,
    id INTEGER NOT NULL,
    uprn TEXT NOT NULL,
    saon TEXT NOT NULL,
    paon TEXT NOT NULL,
    street TEXT NOT NULL,
    town TEXT NOT NULL,
    postcode TEXT NOT NULL,
    kind TEXT NOT NULL,
    from_day INTEGER,
    until_day INTEGER,
    first_delivery INTEGER NOT NULL,
    gone_delivery INTEGER,
    load INTEGER NOT NULL,
    gone_load INTEGER,
    PRIMARY KEY (source_person, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE identifier (
    source_person INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    first_delivery INTEGER NOT NULL,
    gone_delivery INTEGER,
    load INTEGER NOT NULL,
    gone_load INTEGER,
    PRIMARY KEY (source_person, id)
) STRICT, WITHOUT ROWID;

-- A recorded relation; `other` is a source person of the same dataset.
CREATE TABLE relationship (
    source_person INTEGER NOT NULL,
    id INTEGER NOT NULL,
    other INTEGER NOT NULL,
    kind TEXT NOT NULL,
    from_day INTEGER,
    until_day INTEGER,
    first_delivery INTEGER NOT NULL,
    gone_delivery INTEGER,
    load INTEGER NOT NULL,
    gone_load INTEGER,
    PRIMARY KEY (source_person, id)
) STRICT, WITHOUT ROWID;

-- Membership of a family as the agency files it.
CREATE TABLE family_member (
    source_person INTEGER NOT NULL,
    id INTEGER NOT NULL,
    family_ref TEXT NOT NULL,
    from_day INTEGER,
    until_day INTEGER,
    first_delivery INTEGER NOT NULL,
    gone_delivery INTEGER,
    load INTEGER NOT NULL,
    gone_load INTEGER,
    PRIMARY KEY (source_person, id)
) STRICT, WITHOUT ROWID;

-- What the last run held for one person or put up for a reader, with its weight and pattern.
CREATE TABLE link (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    bits REAL NOT NULL,
    probability REAL NOT NULL,
    pattern INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- Keys for intake: the unit's own pair (its secret opens sealed extracts) and the agencies that we trust.
CREATE TABLE intake_key (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('unit', 'agency')),
    label TEXT NOT NULL,
    public_key BLOB NOT NULL,
    secret_key BLOB
) STRICT, WITHOUT ROWID;
