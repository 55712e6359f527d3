-- core.db, what schema version 7 adds: the last day that any fact of a source person reaches, or later. A delivery that
-- speaks for some days looks at the facts of those persons alone whose facts reach them.
CREATE TABLE fact_reach (
    source_person INTEGER PRIMARY KEY,
    ends INTEGER NOT NULL -- the greatest `ends` of its facts; it never gets smaller
) STRICT;
INSERT INTO fact_reach SELECT source_person, max(ends) FROM fact GROUP BY source_person;
