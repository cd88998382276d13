"""Reading many rows fast: ids as 16 bytes and days as dates, without a UUID object for each.

SQLite keeps both as text; PostgreSQL sends bytes and dates by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
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


class _Days(dict[str | None, date | None]):
    """Each different day is turned once; ids are mostly different, and turned faster than kept."""

    def __missing__(self, text: str | None) -> date | None:
        day = self[text] = date.fromisoformat(text) if text else None
        return day

    def of(self, column: Sequence[str | None]) -> Iterator[date | None]:
        return map(self.__getitem__, column)


_Turn = Callable[[Sequence[Any]], Iterable[Any]] | None


def _turned(rows: list[tuple[Any, ...]], turns: list[_Turn]) -> Iterator[tuple[Any, ...]]:
    """Turn column by column, which is much faster than row by row."""
    columns = zip(*rows, strict=True)
    return zip(
        *(
            column if turn is None else turn(column)
            for turn, column in zip(turns, columns, strict=False)
        ),
        strict=True,
    )


class Reader:
    """Few rows come faster in one piece than ``streaming`` in chunks."""

    def __init__(self, *, streaming: bool = True) -> None:
        self._streaming = streaming
        self._sqlite = connection.vendor == "sqlite"
        self._id: Callable[[Any], bytes] = bytes.fromhex if self._sqlite else bytes
        self._days = _Days()

    def rows(self, rows: QuerySet[Model], **columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield tuples of ``columns``, which are given as ``name=kind`` with ``__`` for joins."""
        found = rows.order_by().values_list(*(self._column(*each) for each in columns.items()))
        turns = [self._turn(kind) for kind in columns.values()]
        if not self._streaming:
            return _turned(list(found), turns)
        rest = found.iterator(chunk_size=CHUNK)
        chunks = iter(lambda: list(islice(rest, CHUNK)), [])
        return chain.from_iterable(_turned(some, turns) for some in chunks)

    def ids(self, rows: QuerySet[Any], *, name: str) -> set[bytes]:
        """Return the different ids in a column."""
        found = rows.order_by().values_list(AsBytes(F(name)), flat=True)
        return set(map(self._id, found.distinct()))

    def _ids(self, column: Sequence[Any]) -> Iterable[Any]:
        if None in column:
            return [None if each is None else self._id(each) for each in column]
        return map(self._id, column)

    def _column(self, name: str, kind: str) -> F | Func:
        if kind == ID:
            return AsBytes(F(name))
        if kind == DAY and self._sqlite:
            return AsText(F(name))
        return F(name)

    def _turn(self, kind: str) -> _Turn:
        if kind == ID:
            return self._ids
        return self._days.of if kind == DAY and self._sqlite else None
