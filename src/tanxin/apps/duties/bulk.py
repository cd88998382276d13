"""Duties by the million: the one module that writes SQL.

A row holds its own columns, ids as 16 bytes, and last what it has in common with many others: those
columns as one text. PostgreSQL copies rows in its binary form, which it reads in half the time. The
first load of a large organisation builds keys and indexes after the rows; every later one writes
only what differs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from itertools import islice
from struct import Struct
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection

from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.tallied import COUNTED, DutyTally

Row: TypeAlias = "tuple[bytes, bytes, bytes | None, bytes | None, bytes, str, str]"
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
_ASKED_FOR = ", ".join(name for name in COLUMNS if name not in {"id", "basis"})
_CHUNK = 10_000
_COPY_HEAD, _COPY_END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_FIELDS, _SIZE, _SMALL, _DAY = Struct("!h"), Struct("!i"), Struct("!ih"), Struct("!ii")
_LINE = _FIELDS.pack(len(COLUMNS)) + b"\0\0\0\x10%b\0\0\0\x10%b%b%b\0\0\0\x10%b%b%b%b"
_FIRST_DAY = date(2000, 1, 1).toordinal()
_ROUGHLY = 10
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


def count_all(realm_id: UUID) -> None:
    """Fill the realm's roll-ups, which are empty, in one statement."""
    cell = "realm_id, unit_id, rule_id, sensitive, opens, due"
    key = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    counts = ", ".join(f"SUM(CASE WHEN state = '{one}' THEN 1 ELSE 0 END)" for one in COUNTED)
    states = ", ".join(f"'{one}'" for one in COUNTED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {DutyTally._meta.db_table} (id, {cell}, {', '.join(COUNTED)})"  # noqa: S608 - our own names
            f" SELECT {key}, {cell}, {counts} FROM {TABLE}"
            f" WHERE realm_id = %s AND unit_id IS NOT NULL AND state IN ({states})"
            f" GROUP BY {cell}",
            [realm_id.hex],
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
        f"SELECT {', '.join(map(_as_bytes, OWN))}, {_tabbed(COMMON[:-1])} || 'open', state"  # noqa: S608 - as above
        f" FROM {TABLE} WHERE {condition}"
    )
    turned = bytes if connection.vendor == "postgresql" else bytes.fromhex
    with connection.cursor() as cursor:
        cursor.execute(select, [*always, *_parameters(batch)])
        while rows := cursor.fetchmany(_CHUNK):
            for *ids, basis, common, state in rows:
                key, initiator, subject, unit, via = [each and turned(each) for each in ids]
                yield (key, initiator, subject, unit, via, basis, common), state


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
        constraints = _constraints(cursor)
        for table, name, _ in reversed(constraints):
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for index in Duty._meta.indexes:
            cursor.execute(f"DROP INDEX {index.name}")
        yield
        for index in Duty._meta.indexes:
            cursor.execute(str(index.create_sql(Duty, editor)))
        for table, name, definition in constraints:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        if connection.vendor == "postgresql":
            # Enough for good plans at once; the server looks more closely within minutes.
            cursor.execute(f"SET LOCAL default_statistics_target = {_ROUGHLY}")
            cursor.execute(f"ANALYZE {TABLE} ({_ASKED_FOR})")


def _constraints(cursor: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - Django's cursor wrapper
    """Return the key, then the references from the table and to it: table, name and definition."""
    if connection.vendor != "postgresql":
        return []
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('p', 'f')"
        " OR confrelid = %s::regclass ORDER BY contype = 'f', conname",
        [TABLE, TABLE],
    )
    found: list[tuple[str, str, str]] = cursor.fetchall()
    return found


def _copy(rows: Iterable[Sequence[Row]], table: str) -> None:
    command = f"COPY {table} ({_LIST}) FROM STDIN (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        copy.write(_COPY_HEAD)
        for chunk in rows:
            copy.write(_packed(chunk))
        copy.write(_COPY_END)


def _packed(rows: Iterable[Row]) -> bytes:
    """Return rows as PostgreSQL takes them: each column its length and its bytes, -1 for NULL."""
    packed, size, null = _packed_common, _SIZE.pack, _SIZE.pack(-1)
    full = _SIZE.pack(16)
    return b"".join(
        [
            _LINE % (
                key, initiator, full + subject if subject else null, full + unit if unit else null,
                via, size(len(basis := text.encode())), basis, packed(common),
            )
            for key, initiator, subject, unit, via, text, common in rows
        ]
    )  # fmt: skip


@lru_cache(1 << 12)
def _packed_common(text: str) -> bytes:
    return b"".join(map(_packed_column, COMMON, text.split("\t")))


def _packed_column(name: str, value: str) -> bytes:
    if value == NULL:
        return _SIZE.pack(-1)
    if name in {"opens", "due"}:
        return _DAY.pack(4, date.fromisoformat(value).toordinal() - _FIRST_DAY)
    if name == "ordinal":
        return _SMALL.pack(2, int(value))
    data = value.encode()
    if name in _IDS:
        data = bytes.fromhex(value)
    elif name in _FLAGS:
        data = bytes([int(value)])
    return _SIZE.pack(len(data)) + data


def _insert_alike(rows: Iterable[Row], on_conflict: str) -> None:
    """On SQLite binding costs most, so what many rows have in common stands in the statement."""
    alike: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        alike[row[-1]].append(row)
    marks = ", ".join(["%s"] * len(OWN))
    with connection.cursor() as cursor:
        for text, some in alike.items():
            values = ", ".join(map(_literal, text.split("\t")))
            # "WHERE true" tells the parser that ON belongs to the conflict and not to a join.
            cursor.executemany(
                f"{_INSERT}VALUES ({marks}, {values}){on_conflict}", list(map(_in_hex, some))
            )


def _in_hex(row: Row) -> tuple[str | None, ...]:
    key, initiator, subject, unit, via, basis, _ = row
    return (
        key.hex(), initiator.hex(), subject.hex() if subject else None,
        unit.hex() if unit else None, via.hex(), basis,
    )  # fmt: skip


def _literal(value: str) -> str:
    if value == NULL:
        return "NULL"
    quoted = value.replace("'", "''").replace("%", "%%")
    return f"'{quoted}'"


def _as_bytes(column: str) -> str:
    """The column as it is: an id as bytes or as SQLite's text for them, past its converters."""
    if column in _IDS and connection.vendor == "postgresql":
        return f"uuid_send({column})"
    return _as_text(column)


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
