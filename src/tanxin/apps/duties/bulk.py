"""Duties by the million: the one module that writes SQL.

A row holds its own columns as text, ids as 32 hexadecimal digits, and last what it has in common
with many others: those columns as one text, in the form in which PostgreSQL copies them. The first
load of a large organisation builds the indexes after the rows; every later one writes only what
differs.
"""

from collections import defaultdict
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
OWN = ("id", "initiator_id", "subject_id", "unit_id", "via", "basis")
COMMON = (
    "realm_id", "rule_id", "period", "ordinal", "mutual", "shared", "opens", "due", "kind", "form",
    "event_id", "sensitive", "state",
)  # fmt: skip
COLUMNS = OWN + COMMON
NULL = r"\N"
_IDS = {name for name in COLUMNS if name.endswith("id")} | {"via"}
_FLAGS = {"mutual", "shared", "sensitive"}
_LIST = ", ".join(COLUMNS)
_CHUNK = 10_000
_LOAD_CACHE = 256 * 1024
_INSERT = f"INSERT INTO {TABLE} ({_LIST}) "
_CHANGES = ", ".join(
    f"{name} = excluded.{name}" for name in COLUMNS if name not in {"id", "realm_id"}
)
_ON_CONFLICT = (
    f" ON CONFLICT (id) DO UPDATE SET {_CHANGES} WHERE {TABLE}.state IN ('open', 'withdrawn')"
)


def common(**values: str | None) -> str:
    """Put the columns ``COMMON`` into one text. They are codes, days and numbers without a tab."""
    return "\t".join([NULL if values[name] is None else str(values[name]) for name in COMMON])


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def insert(rows: Iterable[Sequence[Row]]) -> None:
    """Write chunks of rows that are known to be new."""
    if connection.vendor == "postgresql":
        _copy(rows, TABLE)
        return
    for chunk in rows:
        _insert_alike(chunk, "")


def upsert(rows: Sequence[Row]) -> None:
    """Write rows that are new or differ. What is met, confirmed or waived stays as it was."""
    if not rows:
        return
    if connection.vendor != "postgresql":
        for chunk in chunks(rows):
            _insert_alike(chunk, _ON_CONFLICT)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE duties_to_write (LIKE {TABLE} INCLUDING DEFAULTS) ON COMMIT DROP"
        )
        _copy([rows], "duties_to_write")
        cursor.execute(f"{_INSERT}SELECT {_LIST} FROM duties_to_write{_ON_CONFLICT}")  # noqa: S608 - our own names
        cursor.execute("DROP TABLE duties_to_write")


def withdraw(ids: Collection[bytes]) -> None:
    """Take back open duties; what was met in the meantime stays met."""
    with connection.cursor() as cursor:
        for batch in _batches(ids):
            cursor.execute(
                f"UPDATE {TABLE} SET state = 'withdrawn' WHERE state = 'open'"  # noqa: S608 - as above
                f" AND id {_is_one_of(batch)}",
                _parameters(batch),
            )


def stored(realm_id: UUID, *, due_from: date) -> Iterator[tuple[Row, str]]:
    """Yield all rows to compare with, as if they were open, and the states they are in."""
    yield from _rows("realm_id = %s AND due >= %s", [realm_id.hex, due_from.isoformat()])


def stored_with(
    realm_id: UUID, column: str, ids: Collection[bytes], *, due_from: date
) -> Iterator[tuple[Row, str]]:
    """As ``stored``, for one of some ids in a column that an index begins with."""
    always = [realm_id.hex, due_from.isoformat()]
    for batch in _batches(ids):
        yield from _rows(
            f"realm_id = %s AND due >= %s AND {column} {_is_one_of(batch)}", always, batch
        )


def stored_as(ids: Collection[bytes]) -> Iterator[tuple[Row, str]]:
    """As ``stored``, by the keys of duties; they are no two realms' alike."""
    for batch in _batches(ids):
        yield from _rows(f"id {_is_one_of(batch)}", [], batch)


def _rows(
    condition: str, always: Sequence[Any], batch: Sequence[str] = ()
) -> Iterator[tuple[Row, str]]:
    select = (
        f"SELECT {', '.join(map(_as_text, OWN))}, {_tabbed(COMMON[:-1])} || 'open', state"  # noqa: S608 - as above
        f" FROM {TABLE} WHERE {condition}"
    )
    with connection.cursor() as cursor:
        cursor.execute(select, [*always, *_parameters(batch)])
        while rows := cursor.fetchmany(_CHUNK):
            for row in rows:
                yield row[:-1], row[-1]


def _batches(ids: Collection[bytes]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        yield [each.hex() for each in ordered[start : start + _CHUNK]]


def _parameters(batch: Sequence[str]) -> Sequence[Any]:
    return [batch] if batch and connection.vendor == "postgresql" else batch


def _is_one_of(batch: Sequence[str]) -> str:
    if connection.vendor == "postgresql":
        return "= ANY(%s::uuid[])"
    return f"IN ({', '.join(['%s'] * len(batch))})"


@contextmanager
def first_load(*, large: bool) -> Iterator[None]:
    """Around the transaction that fills an empty table.

    SQLite would look at each row's checks and references, which costs more than writing it; what
    comes from the rules fulfils them, and the facts were read under the same lock.
    """
    if not large or connection.in_atomic_block or connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size = -{_LOAD_CACHE}")
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            with connection.constraint_checks_disabled():
                yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            cursor.execute("PRAGMA cache_size = -2000")


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
            cursor.execute(f"DROP INDEX {index.name}")
        yield
        for index in Duty._meta.indexes:
            cursor.execute(str(index.create_sql(Duty, editor)))
        for name, definition in references:
            cursor.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {name} {definition}")
        if connection.vendor == "postgresql":
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


def _copy(rows: Iterable[Sequence[Row]], table: str) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({_LIST}) FROM STDIN") as copy:
        for chunk in rows:
            copy.write("".join(map(_line, chunk)))


def _line(row: Row) -> str:
    # The columns hold ids, codes, days and numbers: nothing that COPY would have to escape.
    return "\t".join([NULL if value is None else value for value in row]) + "\n"


def _insert_alike(rows: Iterable[Row], on_conflict: str) -> None:
    """On SQLite binding costs most, so what many rows have in common stands in the statement."""
    alike: defaultdict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        alike[row[-1]].append(row[:-1])
    marks = ", ".join(["%s"] * len(OWN))
    with connection.cursor() as cursor:
        for text, some in alike.items():
            values = ", ".join(map(_literal, (text or "").split("\t")))
            # "WHERE true" tells the parser that ON belongs to the conflict and not to a join.
            cursor.executemany(f"{_INSERT}VALUES ({marks}, {values}){on_conflict}", some)


def _literal(value: str) -> str:
    if value == NULL:
        return "NULL"
    quoted = value.replace("'", "''").replace("%", "%%")
    return f"'{quoted}'"


def _as_text(column: str) -> str:
    if connection.vendor != "postgresql":
        return f"CAST({column} AS TEXT)"
    if column in _IDS:
        return f"encode(uuid_send({column}), 'hex')"
    return f"{column}::int::text" if column in _FLAGS else f"{column}::text"


def _tabbed(columns: Iterable[str]) -> str:
    """Return the expression for these columns as one text, each followed by a tab."""
    tab = "chr(9)" if connection.vendor == "postgresql" else "char(9)"
    texts = [f"COALESCE({_as_text(column)}, '{NULL}') || {tab}" for column in columns]
    return " || ".join(texts)
