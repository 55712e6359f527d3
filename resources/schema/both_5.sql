-- What schema version 5 adds to both files: the sum of the rows of every table that loads and linkage runs write, as the
-- last of them left it, so that its digest is known without reading the table (resources/docs/audit.md, Rows).
CREATE TABLE row_sum (
    name TEXT NOT NULL PRIMARY KEY, -- of the table
    count INTEGER NOT NULL,
    lanes BLOB NOT NULL -- crypto::SetHash, 2048 bytes
) STRICT, WITHOUT ROWID;
