-- core.db, what schema version 10 adds: how often the names of a release may be shown and were, and involvements that are
-- withdrawn before their end.
CREATE TABLE release_budget (
    release INTEGER PRIMARY KEY, -- one of before there were budgets has no row
    names INTEGER NOT NULL, -- that it may show in all, as both people signed; each once a sitting
    shown INTEGER NOT NULL,
    shown_ms INTEGER -- when the last was
) STRICT;

CREATE TABLE involvement_withdrawn (
    involvement INTEGER PRIMARY KEY,
    withdrawn_by TEXT NOT NULL, -- principal
    at_ms INTEGER NOT NULL
) STRICT;
