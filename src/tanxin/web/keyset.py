"""Pages of a list by position, not by number: reading on costs the same on every page.

A cursor says behind (or before) which row a page begins. It is opaque and harmless: whoever makes
one up gets other rows of the same list, and one that cannot be read gives the first page.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json import dumps, loads
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SIZE = 30
AFTER, BEFORE = "a", "b"


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """``previous`` and ``next`` are cursors, empty where there is nothing more."""

    rows: list[Row]
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class Cursor:
    direction: str
    values: list[Any]


def page_of(
    queryset: QuerySet[Row], *, order: Sequence[str], cursor: str = "", size: int = SIZE
) -> Page[Row]:
    """Return one page of ``queryset`` in ``order``: never-empty columns, the last one unique.

    A leading minus sorts downwards. One query, of one row more than is shown.
    """
    start = read_cursor(queryset.model, order, cursor)
    backwards = start is not None and start.direction == BEFORE
    wanted = [turned(name) for name in order] if backwards else list(order)
    rows = queryset.order_by(*wanted)
    if start is not None:
        rows = rows.filter(behind(wanted, start.values))
    found = list(rows[: size + 1])
    shown, more = found[:size], len(found) > size
    if backwards:
        shown.reverse()
    earlier = more if backwards else start is not None
    later = bool(shown) if backwards else more
    return Page(
        rows=shown,
        previous=cursor_at(BEFORE, order, shown[0]) if earlier and shown else "",
        next=cursor_at(AFTER, order, shown[-1]) if later and shown else "",
    )


def behind(order: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows that come after the one with ``values``.

    The first column stands alone as well, so that the database can start in its index.
    """
    places = list(zip(order, values, strict=True))
    first, value = places[0]
    whole = Q()
    for depth, (name, here) in enumerate(places):
        same = Q(**{bare(column): known for column, known in places[:depth]})
        whole |= same & Q(**{f"{bare(name)}__{'lt' if falls(name) else 'gt'}": here})
    return Q(**{f"{bare(first)}__{'lte' if falls(first) else 'gte'}": value}) & whole


def falls(name: str) -> bool:
    return name.startswith("-")


def bare(name: str) -> str:
    return name.removeprefix("-")


def turned(name: str) -> str:
    return bare(name) if falls(name) else f"-{name}"


def cursor_at(direction: str, order: Sequence[str], row: Model) -> str:
    values = [exactly(getattr(row, bare(name))) for name in order]
    text = dumps([direction, *values], cls=DjangoJSONEncoder, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def exactly(value: object) -> object:
    """A moment to the microsecond; the encoder keeps milliseconds, and rows would be skipped."""
    return value.isoformat() if isinstance(value, datetime) else value


def read_cursor(model: type[Model], order: Sequence[str], cursor: str) -> Cursor | None:
    """The cursor, or None where there is none or it is not one of this list."""
    if not cursor:
        return None
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        direction, *values = loads(text)
        places = zip(order, values, strict=True)
        typed = [typed_as(model, name, value) for name, value in places]
        known = direction in {AFTER, BEFORE} and None not in typed
    except (ValueError, TypeError, ValidationError, OverflowError, RecursionError):
        return None
    if not known:
        return None
    return Cursor(direction, typed)


def typed_as(model: type[Model], name: str, value: object) -> Any:  # noqa: ANN401 - any column
    field = model._meta.get_field(bare(name))
    if not isinstance(field, Field):
        raise TypeError(name)
    typed = field.to_python(value)
    return within_time(typed) if isinstance(typed, datetime) else typed


def within_time(moment: datetime) -> datetime:
    """The moment as databases keep it; one without a zone, or off the ends of time, is none."""
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC)
