"""Duties by the million: the one module that writes SQL.

A row is a tuple in the order of ``COLUMNS``, every value as text and ids as 32 hexadecimal digits,
which is how SQLite keeps them and PostgreSQL reads them. The first load of a large organisation
builds the indexes after the rows; every later one writes only what differs.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection

from tanxin.apps.duties.models import Duty

Row: TypeAlias = "tuple[str | None, ...]"
TABLE = Duty._meta.db_table
COLUMNS = (
    "id", "realm_id", "rule_id", "period", "ordinal", "initiator_id", "subject_id", "mutual",
    "shared", "opens", "due", "kind", "form", "unit_id", "via", "event_id", "basis", "sensitive",
    "state",
)  # fmt: skip
CONTENT = slice(2, 18)
_IDS = {"id", "realm_id", "rule_id", "initiator_id", "subject_id", "unit_id", "via", "event_id"}
_FLAGS = {"mutual", "shared", "sensitive"}
_LIST = ", ".join(COLUMNS)
_CHUNK = 10_000
_INSERT = f"INSERT INTO {TABLE} ({_LIST}) "
_ON_CONFLICT = (
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in COLUMNS[2:])}"
    f" WHERE {TABLE}.state IN ('open', 'withdrawn')"
)


def insert(rows: Iterable[Row]) -> None:
    """Write rows that are known to be new."""
    if connection.vendor == "postgresql":
        _copy(rows, TABLE)
    else:
        _execute_many(f"{_INSERT}VALUES ({_marks(COLUMNS)})", rows)


def upsert(rows: Collection[Row]) -> None:
    """Write rows that are new or differ. What is met, confirmed or waived stays as it was."""
    if not rows:
        return
    if connection.vendor != "postgresql":
        # "WHERE true" tells the parser that ON belongs to the conflict and not to a join.
        _execute_many(f"{_INSERT}VALUES ({_marks(COLUMNS)}){_ON_CONFLICT}", rows)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE duties_to_write (LIKE {TABLE} INCLUDING DEFAULTS) ON COMMIT DROP"
        )
        _copy(rows, "duties_to_write")
        cursor.execute(f"{_INSERT}SELECT {_LIST} FROM duties_to_write{_ON_CONFLICT}")  # noqa: S608 - as above
        cursor.execute("DROP TABLE duties_to_write")


def withdraw(ids: Iterable[str]) -> None:
    """Take back open duties; what was met in the meantime stays met."""
    _execute_many(
        f"UPDATE {TABLE} SET state = 'withdrawn' WHERE id = %s AND state = 'open'",  # noqa: S608 - as above
        ((key,) for key in ids),
    )


def stored(
    realm_id: UUID, *, due_from: date, people: Collection[bytes] | None = None
) -> Iterator[Row]:
    """Yield the rows to compare with, of all people or of these."""
    select = f"SELECT {', '.join(map(_as_text, COLUMNS))} FROM {TABLE} WHERE realm_id = %s"  # noqa: S608 - as above
    with connection.cursor() as cursor:
        for condition, more in _conditions(people):
            cursor.execute(
                f"{select}{condition} AND due >= %s", [_id(realm_id), *more, due_from.isoformat()]
            )
            while rows := cursor.fetchmany(_CHUNK):
                yield from rows


def _conditions(people: Collection[bytes] | None) -> Iterator[tuple[str, Sequence[Any]]]:
    if people is None:
        yield "", ()
        return
    ordered = sorted(people)
    for start in range(0, len(ordered), _CHUNK):
        batch = [each.hex() for each in ordered[start : start + _CHUNK]]
        for side in ("initiator_id", "subject_id"):
            if connection.vendor == "postgresql":
                yield f" AND {side} = ANY(%s::uuid[])", [batch]
            else:
                yield f" AND {side} IN ({_marks(batch)})", batch


@contextmanager
def first_load(*, large: bool) -> Iterator[None]:
    """Around the transaction that fills an empty table: references are checked once, at the end."""
    if large and not connection.in_atomic_block:
        with connection.constraint_checks_disabled():
            yield
    else:
        yield


@contextmanager
def indexes_afterwards(*, large: bool) -> Iterator[None]:
    """Inside that transaction: drop indexes and references, and build them when the rows are in."""
    if not large:
        yield
        return
    editor = connection.schema_editor(atomic=False)
    with connection.cursor() as cursor:
        references = _references(cursor)
        for name, _ in references:
            cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {name}")
        for index in Duty._meta.indexes:
            cursor.execute(str(index.remove_sql(Duty, editor)))
        yield
        for index in Duty._meta.indexes:
            cursor.execute(str(index.create_sql(Duty, editor)))
        for name, definition in references:
            cursor.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {name} {definition}")
        if connection.vendor == "sqlite":
            connection.check_constraints([TABLE])
        else:
            cursor.execute(f"ANALYZE {TABLE}")


def _references(cursor: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - Django's cursor wrapper
    if connection.vendor != "postgresql":
        return []
    cursor.execute(
        "SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname",
        [TABLE],
    )
    found: list[tuple[str, str]] = cursor.fetchall()
    return found


def _copy(rows: Iterable[Row], table: str) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({_LIST}) FROM STDIN") as copy:
        for chunk in _chunks(rows):
            copy.write("".join(map(_line, chunk)))


def _line(row: Row) -> str:
    line = "\t".join([r"\N" if value is None else value for value in row])
    # The columns hold ids, codes, days and numbers: nothing that COPY would have to escape.
    return f"{line}\n"


def _execute_many(statement: str, rows: Iterable[Sequence[str | None]]) -> None:
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            cursor.executemany(statement, chunk)


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _id(value: UUID) -> str:
    return value.hex


def _as_text(column: str) -> str:
    if connection.vendor != "postgresql":
        return f"CAST({column} AS TEXT)"
    if column in _IDS:
        return f"encode(uuid_send({column}), 'hex')"
    return f"{column}::int::text" if column in _FLAGS else f"{column}::text"
