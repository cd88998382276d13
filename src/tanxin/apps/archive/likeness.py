"""Sketches and plain measures of saved texts, in the clear: supervision reads these and no text.

The keeper lends the realm's key to whoever is saving; the key is forgotten with his request.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from tanxin.apps.archive.models import RecordVersion
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.sealing import client
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.core.access import Actor
from tanxin.core.likeness.measures import Around, Measures, measure
from tanxin.core.likeness.residue import Residue
from tanxin.core.written import from_text

_log = logging.getLogger("tanxin.archive")


class Likeness(RealmRow):
    """What is known of one version of a text without reading it.

    ``key_version``: only sketches under the same key are compared. ``size_class``, ``stock``,
    ``fields``, ``empty_fields`` and ``residue`` are those of ``core.likeness.measures``.
    """

    version = models.ForeignKey(RecordVersion, models.PROTECT, related_name="+", db_index=False)
    about_id = models.UUIDField()
    key_version = models.PositiveIntegerField()
    sketch = models.BinaryField(max_length=256)
    seams = models.BinaryField(max_length=32)
    size_class = models.PositiveSmallIntegerField()
    stock = models.PositiveSmallIntegerField()
    fields = models.PositiveSmallIntegerField()
    empty_fields = models.PositiveSmallIntegerField()
    residue = models.JSONField(default=list)
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["realm", "about_id"], name="likeness_about")]
        constraints = [
            models.UniqueConstraint(fields=["realm", "version"], name="a_version_is_measured_once"),
            models.CheckConstraint(name="stock_is_in_percent", condition=models.Q(stock__lte=100)),
        ]


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for a text that is not stored yet."""

    key_version: int
    measures: Measures


def measured(actor: Actor, body: str, around: Around, *, fields: int = 0) -> Measured | None:
    """Measure ``body``, as ``core.written`` spells it; call it where the text is sealed.

    Nothing for who is not logged in at the keeper: a text is saved with or without its measures.
    Raises ``KeeperUnavailable`` as sealing does.
    """
    try:
        key = client.sketch_key(actor)
    except KeeperRefused as refusal:
        _log.warning("a text was saved without a sketch: %s", refusal.code)
        return None
    return Measured(key.version, measure(from_text(body), key.secret, around, fields=fields))


def keep_measures(version: RecordVersion, about_id: UUID, made: Measured | None) -> None:
    """Store them with the version, in the same transaction."""
    if made is None:
        return
    found = made.measures
    Likeness.objects.create(
        realm_id=version.realm_id,
        version=version,
        about_id=about_id,
        key_version=made.key_version,
        sketch=found.sketch,
        seams=found.seams,
        size_class=found.size,
        stock=found.stock,
        fields=found.fields,
        empty_fields=found.empty,
        residue=sorted(found.residue),
        written_at=version.written_at,
    )


def forget_measures(realm_id: UUID, record_ids: Iterable[UUID]) -> None:
    """Before the versions of records are erased."""
    Likeness.objects.filter(realm=realm_id, version__record__in=list(record_ids)).delete()


@dataclass(frozen=True, slots=True)
class Seen:
    """The measures of the newest version about one thing."""

    about_id: UUID
    key_version: int
    sketch: bytes
    seams: bytes
    stock: int
    fields: int
    empty: int
    residue: frozenset[Residue]


def latest_measures(realm_id: UUID, about: Iterable[UUID] | None = None) -> dict[UUID, Seen]:
    """By what they are about; of all there are, or of ``about``."""
    rows = Likeness.objects.filter(realm=realm_id).order_by("written_at", "pk")
    if about is not None:
        rows = rows.filter(about_id__in=list(about))
    found = {}
    for row in rows.iterator(chunk_size=5000):
        found[row.about_id] = Seen(
            row.about_id,
            row.key_version,
            bytes(row.sketch),
            bytes(row.seams),
            row.stock,
            row.fields,
            row.empty_fields,
            frozenset(map(Residue, row.residue)),
        )
    return found
