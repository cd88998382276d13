"""The realm file's tables. A leaf is never changed or removed; its detail may be erased."""

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;

CREATE TABLE IF NOT EXISTS realm_key (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS leaf (
    seq     INTEGER PRIMARY KEY CHECK (seq >= 0),
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    hash    BLOB NOT NULL UNIQUE
) STRICT;
CREATE INDEX IF NOT EXISTS leaf_who_at ON leaf (who, at);
CREATE INDEX IF NOT EXISTS leaf_subject ON leaf (subject, seq);

CREATE TABLE IF NOT EXISTS detail (
    seq     INTEGER PRIMARY KEY REFERENCES leaf (seq),
    salt    BLOB NOT NULL,
    content TEXT NOT NULL
) STRICT;

CREATE TRIGGER IF NOT EXISTS leaf_is_never_changed BEFORE UPDATE ON leaf
BEGIN SELECT RAISE (ABORT, 'the log only grows'); END;
CREATE TRIGGER IF NOT EXISTS leaf_is_never_removed BEFORE DELETE ON leaf
BEGIN SELECT RAISE (ABORT, 'the log only grows'); END;
CREATE TRIGGER IF NOT EXISTS realm_key_is_never_changed BEFORE UPDATE ON realm_key
BEGIN SELECT RAISE (ABORT, 'a key version is written once'); END;
"""
