"""Reading many rows fast: ids as 16 bytes and days as dates, without a UUID object for each.

SQLite keeps both as text, which is turned once for each different value; PostgreSQL sends bytes
and dates by itself.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, F, Func, Model, QuerySet, TextField
from django.db.models.sql.compiler import SQLCompiler

CHUNK = 10_000
ID, DAY, PLAIN = "id", "day", "plain"


class AsText(Func):
    """The column as SQLite keeps it, past the converters for declared types."""

    output_field = TextField()
    template = "CAST(%(expressions)s AS TEXT)"


class AsBytes(Func):
    """The 16 bytes of a UUID on PostgreSQL."""

    output_field = BinaryField()
    function = "uuid_send"

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **context: Any,  # noqa: ANN401 - Django's signature
    ) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="%(expressions)s", **context)


class _Turned(dict[Any, Any]):
    """Each different value is turned once."""

    def __init__(self, turn: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self._turn = turn

    def __missing__(self, value: Any) -> Any:  # noqa: ANN401 - hex or bytes in, bytes out
        turned = self[value] = self._turn(value)
        return turned


class Reader:
    """Keeps what it has turned, so that equal ids are the same object."""

    def __init__(self) -> None:
        self._sqlite = connection.vendor == "sqlite"
        self._ids = _Turned(bytes.fromhex if self._sqlite else bytes)
        self._days = _Turned(date.fromisoformat) if self._sqlite else _Turned(lambda day: day)

    def rows(self, rows: QuerySet[Model], **columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield tuples of ``columns``, which are given as ``name=kind`` with ``__`` for joins."""
        found = rows.order_by().values_list(*(self._column(*each) for each in columns.items()))
        turns = [self._turn(kind) for kind in columns.values()]
        for row in found.iterator(chunk_size=CHUNK):
            yield tuple(
                [value if turn is None else turn[value] for turn, value in zip(turns, row)]  # noqa: B905 - the same length by construction, and this is the inner loop
            )

    def ids(
        self, rows: QuerySet[Model], *more: tuple[QuerySet[Model], str], name: str
    ) -> set[bytes]:
        """Return the different ids in column ``name`` of ``rows`` and in those of ``more``."""
        first, *others = [(rows, name), *more]
        query = self._id_column(*first)
        if others:
            query = query.union(*(self._id_column(*each) for each in others))
        return {self._ids[value] for value in query} - {None}

    def _id_column(self, rows: QuerySet[Model], name: str) -> QuerySet[Any, Any]:
        return rows.order_by().values_list(AsBytes(F(name)), flat=True)

    def _column(self, name: str, kind: str) -> F | Func:
        if kind == ID:
            return AsBytes(F(name))
        if kind == DAY and self._sqlite:
            return AsText(F(name))
        return F(name)

    def _turn(self, kind: str) -> _Turned | None:
        return {ID: self._ids, DAY: self._days if self._sqlite else None}.get(kind)
