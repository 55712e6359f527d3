-- core.db, what schema version 9 adds: the end of deliveries (resources/docs/decisions/0013-retention.md).
-- Which source persons a delivery has: a version of a name that a later delivery did not change is in it, too, when the
-- person is. Ascending numbers less dataset * 2^32, each as the step from the one before in groups of seven bits,
-- the lowest first, all but the last with the eighth bit set.
CREATE TABLE mention (
    delivery INTEGER PRIMARY KEY,
    persons BLOB NOT NULL
) STRICT;
-- An act that removed the rows of deliveries. Both people by the id that the header gives them.
CREATE TABLE purge (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    done_by TEXT NOT NULL,
    second TEXT NOT NULL, -- empty: one person held every role
    reason TEXT NOT NULL,
    after_run INTEGER NOT NULL, -- the last linkage run by then; 0 = none
    intent INTEGER NOT NULL     -- entry of the audit log
) STRICT;
CREATE TABLE purged_delivery (
    delivery INTEGER PRIMARY KEY,
    purge INTEGER NOT NULL REFERENCES purge (id),
    had_roll INTEGER NOT NULL CHECK (had_roll IN (0, 1)) -- times on a roll went with it
) STRICT;
-- How many rows of a table went, and how many stayed.
CREATE TABLE purge_count (
    purge INTEGER NOT NULL REFERENCES purge (id),
    name TEXT NOT NULL,
    went INTEGER NOT NULL,
    stayed INTEGER NOT NULL,
    PRIMARY KEY (purge, name)
) STRICT, WITHOUT ROWID;
