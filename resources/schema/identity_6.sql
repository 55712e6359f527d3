-- identity.db, what schema version 6 adds: the links of the run before, from the commit of a run's links until core.db
-- knows the run. Two files do not commit at one instant: a run that core.db never learned of gives them back.

CREATE TABLE link_before (
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

CREATE TABLE joining_link_before (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
