"""One row on its way to the keeper and back: what is asked about it, what is written then."""

from typing import Any

from tanxin.apps.sealing.columns import Column, GrantMac, Personal, RecordKey, Text
from tanxin.core.vault.wire import to_bytes, to_text

Row = dict[str, Any]
_GRANT = ("role", "may_pass_on", "start", "end")


def what_of(column: Column) -> str:
    return {Personal: "personal", RecordKey: "keys", Text: "texts", GrantMac: "grants"}[
        type(column)
    ]


def needs(column: Column) -> list[str]:
    """The columns to read for it."""
    names = ["pk", column.attribute]
    if isinstance(column, Text):
        names += [column.record, column.key, column.version]
        names += [] if column.fixed_field else [column.field]
    if isinstance(column, GrantMac):
        names += [column.record, column.key, column.person, "start"]
        names += [] if column.fixed_role else ["role", "may_pass_on", "end"]
    return list(dict.fromkeys(names))


def size_of(column: Column, row: Row) -> int:
    """Return about how many bytes of a request it takes."""
    return len(row[column.attribute]) * 4 // 3 + 500


def item_of(column: Column, row: Row) -> dict[str, Any]:
    """Say what the keeper is asked to move."""
    stored = to_text(bytes(row[column.attribute]))
    if isinstance(column, Personal):
        indexed = bool(column.index)
        record, field = str(row["pk"]), column.column
        return {"record": record, "field": field, "sealed": stored, "indexed": indexed}
    if isinstance(column, RecordKey):
        return {"record": str(row["pk"]), "wrapped": stored}
    place = {"record": str(row[column.record]), "wrapped": to_text(bytes(row[column.key]))}
    if isinstance(column, Text):
        field = column.fixed_field or row[column.field]
        return {**place, "field": field, "version": row[column.version], "sealed": stored}
    return {**place, "person": str(row[column.person]), "grant": _grant(column, row, stored)}


def _grant(column: GrantMac, row: Row, mac: str) -> dict[str, Any]:
    end = row.get("end")
    return {
        "role": column.fixed_role or row["role"],
        "may_pass_on": row.get("may_pass_on", False),
        "start": row["start"].isoformat(),
        "end": end and end.isoformat(),
        "mac": mac,
    }


def values_of(column: Column, answer: object) -> dict[str, bytes]:
    """Return what is written into the row; raises ``Malformed`` for what is no answer of ours."""
    if not isinstance(answer, dict):
        return {column.attribute: to_bytes(answer)}
    values = {column.attribute: to_bytes(answer["sealed"])}
    if isinstance(column, Personal) and column.index:
        values[column.index] = to_bytes(answer["index"])
    return values
