"""Moving what is sealed to a realm's newest key and suite: in batches, until none is left.

Nothing is remembered but the rows themselves: each says under which key it is, so that a run that
was killed is simply begun again. Old and new are readable all the while.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Substr

from tanxin.apps.archive.moves import Row, item_of, needs, size_of, values_of, what_of
from tanxin.apps.archive.resealed import Resealing
from tanxin.apps.archive.secrets import move_secrets, secrets_left
from tanxin.apps.sealing.columns import (
    GRANT_VERSION_AT,
    KEY_VERSION_AT,
    SUITE_AT,
    Column,
    GrantMac,
    Text,
)
from tanxin.apps.sealing.keys import KeyState, reseal

BATCH = 500
BATCH_BYTES = 8 * 1024 * 1024
PASSES = 3
Progress = Callable[[str, int, int], object]


def sealed_columns() -> list[Column]:
    """Return what the apps have listed."""
    listed: list[Column] = []
    for config in apps.get_app_configs():
        listed += getattr(config, "sealed_columns", ())
    return listed


def title(column: Column) -> str:
    return f"{column.model}.{column.attribute}"


def rows_left(realm_id: UUID, column: Column, state: KeyState) -> "models.QuerySet[Any]":
    """Return the rows whose bytes name another key than the newest, or for texts another suite."""
    (start, length), wanted = _mark(column, state)
    told = Substr(column.attribute, start, length, output_field=models.BinaryField())
    rows = apps.get_model(column.model)._default_manager.filter(realm=realm_id)
    rows = rows.filter(**{f"{column.attribute}__isnull": False}).exclude(
        **{column.attribute: b""}  # erased for good
    )
    left_over: models.QuerySet[Any] = rows.annotate(told=told).exclude(told=wanted).order_by("pk")
    return left_over


def _mark(column: Column, state: KeyState) -> tuple[tuple[int, int], bytes]:
    if isinstance(column, Text):
        return SUITE_AT, bytes([state.suite])
    place = GRANT_VERSION_AT if isinstance(column, GrantMac) else KEY_VERSION_AT
    return place, state.current.to_bytes(4, "big")


def left(realm_id: UUID, state: KeyState) -> dict[str, int]:
    """Return how many rows of each column are not moved yet, where there are any."""
    counts = {title(one): rows_left(realm_id, one, state).count() for one in sealed_columns()}
    counts["second factors"] = sum(1 for _ in secrets_left(realm_id, state))
    return {name: count for name, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class Moving:
    """One run; ``operator`` is the token that the keeper asks for."""

    realm_id: UUID
    state: KeyState
    operator: str
    at: datetime

    def move_all(self, progress: Progress) -> int:
        """Move every row and return how many; rows written meanwhile are met in a further pass.

        What is larger than a request to the keeper stays; ``left`` counts it.
        """
        moved = 0
        for _ in range(PASSES):
            before = moved
            for column in sealed_columns():
                moved += self._move_column(column, progress)
            moved += move_secrets(self.realm_id, self.state, self.operator)
            if moved == before:
                break
        return moved

    def _move_column(self, column: Column, progress: Progress) -> int:
        rows = rows_left(self.realm_id, column, self.state)
        total, moved = rows.count(), 0
        for batch in _batches(rows, column):
            moved += self._move_batch(column, batch)
            progress(title(column), moved, total)
        return moved

    def _move_batch(self, column: Column, batch: Sequence[Row]) -> int:
        batch_id, items = uuid4(), [item_of(column, row) for row in batch]
        answers = reseal(self.realm_id, batch_id, what_of(column), items, self.operator)
        with transaction.atomic():
            return sum(
                self._write(column, row, answer, batch_id)
                for row, answer in zip(batch, answers, strict=True)
            )

    def _write(self, column: Column, row: Row, answer: object, batch_id: UUID) -> int:
        """Write only over the bytes that were read: who saved meanwhile has the last word."""
        same = apps.get_model(column.model)._default_manager.filter(
            realm=self.realm_id, pk=row["pk"], **{column.attribute: row[column.attribute]}
        )
        values = values_of(column, answer)
        written: int = same.update(**values)
        if written and isinstance(column, Text) and column.followed:
            seen = bytes(row[column.attribute]), values[column.attribute]
            Resealing.follow(row["pk"], self.realm_id, seen, batch_id, self.at)
        return written


def _batches(rows: "models.QuerySet[Any]", column: Column) -> Iterator[list[Row]]:
    """Cut by number and size, behind the last row seen; a row that is too large is left out."""
    last: UUID | None = None
    while True:
        ahead = rows if last is None else rows.filter(pk__gt=last)
        found: Sequence[Row] = list(ahead.values(*needs(column))[:BATCH])
        if not found:
            return
        batch, size = list[Row](), 0
        for row in found:
            if batch and size + size_of(column, row) > BATCH_BYTES:
                break
            last = row["pk"]
            if size_of(column, row) <= BATCH_BYTES:
                batch.append(row)
                size += size_of(column, row)
        if batch:
            yield batch
