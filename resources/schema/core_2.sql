-- core.db, what schema version 2 adds.

-- What became of a version: approved, retiring, retired, by whom and why. Later rows win; a row counts for readings as
-- known at `from_load` and later.
CREATE TABLE definition_change (
    id INTEGER PRIMARY KEY,
    definition TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'retiring', 'retired')),
    principal TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    note TEXT NOT NULL,
    from_load INTEGER NOT NULL,
    separated INTEGER NOT NULL CHECK (separated IN (0, 1)) -- 0: one person held every role
) STRICT;
