-- identity.db, what schema version 11 adds: readers' verdicts on two source persons, which outlive every linkage run
-- (resources/docs/decisions/0022-decisions-about-pairs.md). Until then core.db had the table, where nobody wrote it.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    a INTEGER NOT NULL, -- the smaller number
    b INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
    reader TEXT NOT NULL, -- principal
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    after_run INTEGER NOT NULL, -- the last linkage run by then; 0 = none
    instead_of INTEGER, -- the decision that it withdrew
    withdrawn_by TEXT, -- principal
    withdrawn_ms INTEGER,
    withdrawn_after_run INTEGER
) STRICT;
CREATE INDEX decision_pair ON decision (a, b);
