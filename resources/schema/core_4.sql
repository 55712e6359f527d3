-- core.db, what schema version 4 adds: the birth month that a source person had before a load changed it, so that a
-- reading as known earlier judges ages as it did then.

CREATE TABLE birth_month_before (
    source_person INTEGER NOT NULL,
    until_load INTEGER NOT NULL, -- the load that changed it: it counts for readings as known at earlier ones
    birth_month INTEGER,
    PRIMARY KEY (source_person, until_load)
) STRICT, WITHOUT ROWID;
