-- core.db: facts, roll, families, indicators, registers, by pseudonymous key. No name, address or identifier;
-- of a birth date the month alone. Dates are days since 1970-01-01, ends exclusive; NULL = open or not
-- supplied. `ends` is the end in any case, 2147483647 while open.
-- `received` and `withdrawn` are loads, `from_run` and `until_run` linkage runs: nothing is ever overwritten,
-- so that the past can be read again. Compiled into the program: it runs with this schema or not at all.

CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The number that stands for a kind of fact in this file; the text is the contract's.
CREATE TABLE fact_kind (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE load (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, files INTEGER NOT NULL) STRICT;

CREATE TABLE dataset (
    id INTEGER PRIMARY KEY,
    agency TEXT NOT NULL,
    name TEXT NOT NULL,
    one_person_per_row INTEGER NOT NULL CHECK (one_person_per_row IN (0, 1)),
    UNIQUE (agency, name)
) STRICT;

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    load INTEGER NOT NULL REFERENCES load (id),
    dataset INTEGER NOT NULL REFERENCES dataset (id),
    sequence INTEGER NOT NULL,
    manifest_sha256 TEXT NOT NULL UNIQUE,
    file_name TEXT NOT NULL,
    period_from INTEGER NOT NULL,
    period_until INTEGER NOT NULL,
    data_as_at INTEGER NOT NULL,
    extracted_on INTEGER NOT NULL,
    retain_until INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    regime TEXT NOT NULL,
    gateways TEXT NOT NULL, -- ids, one blank between
    agreement_ref TEXT NOT NULL,
    authenticated INTEGER NOT NULL CHECK (authenticated IN (0, 1)),
    row_count INTEGER NOT NULL,
    manifest TEXT NOT NULL, -- canonical JSON
    UNIQUE (dataset, sequence)
) STRICT;

-- One (agency, dataset, own key); the key itself is in identity.db. An id is dataset * 2^32 + a count, so that
-- what is clustered by source person lies together by dataset too.
CREATE TABLE source_person (
    id INTEGER PRIMARY KEY,
    birth_month INTEGER, -- year * 12 + month - 1
    sex TEXT NOT NULL,
    load INTEGER NOT NULL
) STRICT;

-- Which person a source person belonged to, from run to run. No row: not linked yet, a person of its own.
CREATE TABLE membership (
    source_person INTEGER NOT NULL,
    from_run INTEGER NOT NULL,
    until_run INTEGER,
    person INTEGER NOT NULL,
    strength INTEGER NOT NULL, -- per cent: how sure the record is this person's
    PRIMARY KEY (source_person, from_run)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_person ON membership (person);

CREATE TABLE school (
    urn INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    phase TEXT NOT NULL,
    la_code TEXT NOT NULL,
    opened INTEGER,
    closed INTEGER,
    successor INTEGER, -- another URN
    load INTEGER NOT NULL
) STRICT;

-- Clustered by school: an overview reads one school's pages.
CREATE TABLE roll (
    urn INTEGER NOT NULL,
    source_person INTEGER NOT NULL,
    id INTEGER NOT NULL,
    year_group TEXT NOT NULL,
    enrolment TEXT NOT NULL,
    from_day INTEGER,
    until_day INTEGER,
    ends INTEGER NOT NULL,
    received INTEGER NOT NULL,
    withdrawn INTEGER,
    delivery INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    PRIMARY KEY (urn, source_person, id)
) STRICT, WITHOUT ROWID;

-- Clustered by source person: the facts of a person lie together. `fact_key` and `incident` are keyed hashes
-- of the agency's own references, because a reference may hold a person's identifier.
CREATE TABLE fact (
    source_person INTEGER NOT NULL,
    id INTEGER NOT NULL,
    fact_key INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    role INTEGER NOT NULL, -- 0 subject, 1 victim, 2 suspect, 3 witness, 4 linked
    incident INTEGER,
    from_day INTEGER,
    until_day INTEGER,
    ends INTEGER NOT NULL,
    recorded INTEGER,
    code TEXT NOT NULL,
    value INTEGER,
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
    received INTEGER NOT NULL,
    withdrawn INTEGER,
    delivery INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    PRIMARY KEY (source_person, id)
) STRICT, WITHOUT ROWID;

-- Two people of one family and why, as a run derived it where addresses are; kept by key alone.
-- An edge without a first or last day has NULL there.
CREATE TABLE family_edge (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    id INTEGER NOT NULL,
    basis INTEGER NOT NULL,    -- 0 recorded relationship, 1 family id, 2 shared household
    relation INTEGER NOT NULL, -- 0 parent of, 1 sibling of, 2 partner of, 3 carer of, 4 same family, 5 same household
    from_day INTEGER,
    until_day INTEGER,
    received INTEGER NOT NULL,
    withdrawn INTEGER,
    from_run INTEGER NOT NULL,
    until_run INTEGER,
    PRIMARY KEY (a, b, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX family_edge_b ON family_edge (b);

-- Indicator definitions as they were when they came into force here.
CREATE TABLE definition (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    toml TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    status TEXT NOT NULL,
    from_load INTEGER NOT NULL,
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

-- Linkage runs; `after_load` says which loads a run knew, so that "as known at a load" finds its run.
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    after_load INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    model_sha256 TEXT NOT NULL,
    source_persons INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    links_accepted INTEGER NOT NULL,
    links_review INTEGER NOT NULL,
    merged INTEGER NOT NULL,
    split INTEGER NOT NULL
) STRICT;

-- Pairs that wait for a reader: how many links a school's figures rest on. The evidence is in identity.db.
CREATE TABLE pending_link (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    from_run INTEGER NOT NULL,
    until_run INTEGER,
    PRIMARY KEY (a, b, from_run)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_link_b ON pending_link (b);

-- A reader's verdict on two source persons; it outlives every run.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
    reader TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    after_load INTEGER NOT NULL,
    withdrawn_ms INTEGER
) STRICT;

-- What a run did to keys that were there before.
CREATE TABLE merge_split (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('merged', 'split', 'moved', 'ended')),
    person INTEGER NOT NULL,
    other INTEGER NOT NULL, -- merged: the key that ended; split, moved: the key that gave records; 0 = none
    records INTEGER NOT NULL
) STRICT;

-- The letter that stands for a pupil on a school's pages. `position` is drawn at random, never by name.
CREATE TABLE pseudonym (
    urn INTEGER NOT NULL,
    person INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (urn, person),
    UNIQUE (urn, position)
) STRICT, WITHOUT ROWID;
