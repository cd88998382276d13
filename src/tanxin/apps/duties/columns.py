"""Reading many rows fast: ids as 16 bytes and days as dates, without a UUID object for each.

SQLite keeps both as text, which is turned once for each different value; PostgreSQL sends bytes
and dates by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from json import dumps
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, BooleanField, F, Func, Model, QuerySet, TextField
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


class Among(Func):
    """Whether the id in a column is one of many, which go over as one parameter."""

    output_field = BooleanField()

    def __init__(self, name: str, ids: Iterable[bytes]) -> None:
        super().__init__(F(name))
        self._ids = [each.hex() for each in ids]

    def as_sql(  # type: ignore[override] # takes whatever Func's does
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **_: Any,  # noqa: ANN401 - Django's signature
    ) -> tuple[str, Any]:
        column, params = compiler.compile(self.get_source_expressions()[0])
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s::uuid[])", [*params, self._ids]
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, dumps(self._ids)]  # noqa: S608 - the column is Django's


class _Turned(dict[Any, Any]):
    """Each different value is turned once."""

    def __init__(self, turn: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self._turn = turn

    def __missing__(self, value: Any) -> Any:  # noqa: ANN401 - hex or bytes in, bytes out
        turned = self[value] = self._turn(value)
        return turned


_Turn = Callable[[Any], Any] | None


def _turned(rows: list[tuple[Any, ...]], turns: list[_Turn]) -> Iterator[tuple[Any, ...]]:
    """Turn column by column, which is much faster than row by row."""
    columns = zip(*rows, strict=True)
    return zip(
        *(
            column if turn is None else map(turn, column)
            for turn, column in zip(turns, columns, strict=False)
        ),
        strict=True,
    )


class Reader:
    """Keeps what it has turned, so that equal ids are the same object.

    Few rows come faster in one piece than ``streaming`` in chunks.
    """

    def __init__(self, *, streaming: bool = True) -> None:
        self._streaming = streaming
        self._sqlite = connection.vendor == "sqlite"
        self._ids = _Turned(bytes.fromhex if self._sqlite else bytes)
        self._days = _Turned(date.fromisoformat) if self._sqlite else _Turned(lambda day: day)

    def rows(self, rows: QuerySet[Model], **columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield tuples of ``columns``, which are given as ``name=kind`` with ``__`` for joins."""
        found = rows.order_by().values_list(*(self._column(*each) for each in columns.items()))
        turns = [self._turn(kind) for kind in columns.values()]
        if not self._streaming:
            yield from _turned(list(found), turns)
            return
        rest = found.iterator(chunk_size=CHUNK)
        while some := list(islice(rest, CHUNK)):
            yield from _turned(some, turns)

    def ids(self, rows: QuerySet[Any], *, name: str) -> set[bytes]:
        """Return the different ids in a column."""
        found = rows.order_by().values_list(AsBytes(F(name)), flat=True)
        return {self._ids[value] for value in found.distinct()}

    def _column(self, name: str, kind: str) -> F | Func:
        if kind == ID:
            return AsBytes(F(name))
        if kind == DAY and self._sqlite:
            return AsText(F(name))
        return F(name)

    def _turn(self, kind: str) -> _Turn:
        if kind == ID:
            return self._ids.__getitem__
        return self._days.__getitem__ if kind == DAY and self._sqlite else None
