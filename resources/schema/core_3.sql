-- core.db, what schema version 3 adds: linkage models as documents with their history. A model holds probabilities of
-- levels, no value of any person.

CREATE TABLE link_model (
    sha256 TEXT NOT NULL PRIMARY KEY, -- of `json`, in hexadecimal
    name TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('shipped', 'estimated', 'imported')),
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened to a model. The last 'used' names the model in use.
CREATE TABLE link_model_event (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES link_model (sha256),
    what TEXT NOT NULL CHECK (what IN ('added', 'approved', 'used', 'retired')),
    who TEXT NOT NULL, -- principal; empty: the program itself
    at_ms INTEGER NOT NULL,
    after_load INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX link_model_event_model ON link_model_event (sha256);
