-- core.db, what schema version 11 takes away: readers' decisions lie in identity.db, where a link reviewer can write them.
DROP TABLE decision;
