"""The realm file's tables. A leaf is never changed or removed; its detail may be erased."""

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;

CREATE TABLE IF NOT EXISTS realm_key (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS key_life (
    version INTEGER PRIMARY KEY,
    begun   TEXT NOT NULL
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

CREATE TABLE IF NOT EXISTS credential (
    account  TEXT PRIMARY KEY,
    person   TEXT NOT NULL,
    verifier TEXT NOT NULL,
    set_at   TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS entrusted (
    person TEXT NOT NULL,
    task   TEXT NOT NULL CHECK (task IN ('security', 'approval')),
    since  TEXT NOT NULL,
    PRIMARY KEY (person, task)
) STRICT;

CREATE TABLE IF NOT EXISTS session (
    token   BLOB PRIMARY KEY,
    account TEXT,
    person  TEXT NOT NULL,
    opened  TEXT NOT NULL,
    seen    TEXT NOT NULL,
    closed  TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS session_account ON session (account);

CREATE TABLE IF NOT EXISTS spent (
    scope TEXT NOT NULL,
    slot  INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (scope, slot)
) STRICT;

CREATE TABLE IF NOT EXISTS ended_grant (
    mac BLOB PRIMARY KEY,
    at  TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS newest (
    record  TEXT NOT NULL,
    field   TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (record, field)
) STRICT;

CREATE TABLE IF NOT EXISTS asked (
    request TEXT PRIMARY KEY,
    account TEXT,
    person  TEXT NOT NULL,
    role    TEXT NOT NULL,
    hours   INTEGER NOT NULL,
    records TEXT NOT NULL,
    at      TEXT NOT NULL,
    used    TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS tree (
    log      TEXT PRIMARY KEY CHECK (log IN ('changes', 'releases')),
    suite    INTEGER NOT NULL,
    size     INTEGER NOT NULL CHECK (size >= 0),
    head     BLOB NOT NULL,
    frontier BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS signing_key (
    number  INTEGER PRIMARY KEY CHECK (number > 0),
    wrapped BLOB NOT NULL,
    public  TEXT NOT NULL UNIQUE,
    suite   INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS checkpoint (
    changes  INTEGER NOT NULL,
    releases INTEGER NOT NULL,
    at       TEXT NOT NULL,
    note     TEXT NOT NULL,
    PRIMARY KEY (changes, releases)
) STRICT;

CREATE TABLE IF NOT EXISTS restored (
    seq   INTEGER PRIMARY KEY REFERENCES leaf (seq),
    first INTEGER NOT NULL CHECK (first >= 0),
    after INTEGER NOT NULL CHECK (after > first),
    note  TEXT NOT NULL,
    UNIQUE (first, after)
) STRICT;

CREATE TRIGGER IF NOT EXISTS what_was_stated_stays BEFORE UPDATE ON restored
BEGIN SELECT RAISE (ABORT, 'what was stated stays'); END;
CREATE TRIGGER IF NOT EXISTS what_was_stated_is_kept BEFORE DELETE ON restored
BEGIN SELECT RAISE (ABORT, 'what was stated stays'); END;
CREATE TRIGGER IF NOT EXISTS a_tree_only_grows BEFORE UPDATE ON tree
WHEN new.size <= old.size OR new.suite <> old.suite
BEGIN SELECT RAISE (ABORT, 'a tree only grows'); END;
CREATE TRIGGER IF NOT EXISTS a_tree_is_never_removed BEFORE DELETE ON tree
BEGIN SELECT RAISE (ABORT, 'a tree only grows'); END;
CREATE TRIGGER IF NOT EXISTS what_was_signed_stays BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE (ABORT, 'what was signed stays'); END;
CREATE TRIGGER IF NOT EXISTS what_was_signed_is_kept BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE (ABORT, 'what was signed stays'); END;
CREATE TRIGGER IF NOT EXISTS leaf_is_never_changed BEFORE UPDATE ON leaf
BEGIN SELECT RAISE (ABORT, 'the log only grows'); END;
CREATE TRIGGER IF NOT EXISTS leaf_is_never_removed BEFORE DELETE ON leaf
BEGIN SELECT RAISE (ABORT, 'the log only grows'); END;
CREATE TRIGGER IF NOT EXISTS ended_is_ended BEFORE DELETE ON ended_grant
BEGIN SELECT RAISE (ABORT, 'what has ended stays ended'); END;
CREATE TRIGGER IF NOT EXISTS realm_key_is_never_changed BEFORE UPDATE ON realm_key
BEGIN SELECT RAISE (ABORT, 'a key version is written once'); END;
"""
