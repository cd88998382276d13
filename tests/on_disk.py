"""SQLite in memory knows no waiting; tests with two writers at once run on a copy in a file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection


@pytest.fixture
def on_disk(transactional_db, tmp_path) -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    path = tmp_path / "tanxin.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        in_memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name
