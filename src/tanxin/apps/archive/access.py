"""The only door to confided text. Whoever may not open a record cannot tell that there is one."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from tanxin.apps.archive.content import OPENED_KINDS, in_force
from tanxin.apps.archive.kept import goes_on, is_not_kept
from tanxin.apps.archive.models import FILE, Attachment, Party, Record, RecordVersion
from tanxin.apps.org.former import has_left_something
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide

# The author's alone: no records, never quoted or handed over, and erased together.
AUTHORS_OWN = ("memo", "outline")
# What a recusal takes, and what ends with a post; what one said or heard of oneself stays.
FOR_ANOTHER = (
    "owner",
    "verifier",
    "inquirer",
    "asked",
    "asker",
    "recorder",
    "endorser",
    "witness",
)
SAID_OR_HEARD = ("author", "subject", "asker")
FOR_SOME_HOURS = ("granted", "emergency")
FOR_A_POST = (
    "author",
    "initiator",
    "owner",
    "verifier",
    "inquirer",
    "asked",
    "recorder",
    "endorser",
    "witness",
)


class RecordNotFound(RowNotFound):
    pass


class RecordForbidden(RowForbidden):
    pass


def own_parts(actor: Actor) -> QuerySet[Party]:
    """The actor's part in each record until it ends; not what he had for a post he has left."""
    return held_parts(actor).filter(~Q(role__in=FOR_ANOTHER) | is_not_kept(actor))


def held_parts(actor: Actor) -> QuerySet[Party]:
    """As ``own_parts``, before recusals: of these only parts ``FOR_ANOTHER`` are taken away."""
    parts = Party.objects.filter(
        in_time(),
        ~Q(role__in=FOR_SOME_HOURS),
        realm=actor.realm_id,
        person=actor.person_id,
    )
    if not has_left_something(actor):
        return parts
    return parts.filter(~Q(role__in=FOR_A_POST) | goes_on(actor))


def own_records(actor: Actor) -> QuerySet[Record]:
    """What the actor wrote, or what was written of a talk in which he was talked to; no file."""
    return all_own(actor).exclude(kind=FILE)


def own_files(actor: Actor) -> QuerySet[Attachment]:
    """The files that the actor brought, or that hang on a talk in which he was talked to."""
    records = all_own(actor).filter(kind=FILE)
    rows = Attachment.objects.filter(realm=actor.realm_id, record__in=records.values("pk"))
    return rows.select_related("record").order_by("record__created_at", "pk")


def all_own(actor: Actor) -> QuerySet[Record]:
    mine = own_parts(actor).filter(Q(role__in=SAID_OR_HEARD) | Q(record__author=actor.person_id))
    return Record.objects.filter(realm=actor.realm_id, pk__in=mine.values("record"))


def let_in(actor: Actor) -> QuerySet[Record]:
    """The records of talks that the actor was allowed to read, while the hours run."""
    talks = in_force(actor).values("talk")
    return Record.objects.filter(
        realm=actor.realm_id, about_kind="talk", about_id__in=talks, kind__in=OPENED_KINDS
    )


def visible_records(actor: Actor) -> QuerySet[Record]:
    """The records ``actor`` may open: as a party, or for some hours by an approved request."""
    return Record.objects.filter(
        Q(pk__in=own_parts(actor).values("record")) | Q(pk__in=lent_parts(actor).values("record")),
        realm=actor.realm_id,
    )


def opening(record: Record) -> Permission:
    return Permission.MEMO_OPEN if record.kind in AUTHORS_OWN else Permission.RECORD_OPEN


def record_for(actor: Actor, record_id: UUID, permission: Permission | None = None) -> Record:
    """Return the record if ``permission`` follows from the actor's part in it.

    Without ``permission`` the one to open it is meant. Raises ``RecordNotFound`` or
    ``RecordForbidden``.
    """
    return records_for(actor, [record_id], permission)[0]


def records_for(
    actor: Actor, record_ids: Iterable[UUID], permission: Permission | None = None
) -> list[Record]:
    """As ``record_for``, for many in one query: all of them, or none."""
    return [part.record for part in parts_for(actor, record_ids, permission)]


def parts_for(
    actor: Actor, record_ids: Iterable[UUID], permission: Permission | None = None
) -> list[Party]:
    """The grants by which ``actor`` may open these records now: all of them, or none.

    Raises ``RecordNotFound`` or ``RecordForbidden``.
    """
    wanted = list(record_ids)
    parts = parts_now(actor, wanted)
    for record_id in wanted:
        if record_id not in parts:
            raise RecordNotFound(record_id)
        if not may_open(parts[record_id], permission):
            raise RecordForbidden(record_id)
    return [parts[record_id] for record_id in wanted]


def parts_now(actor: Actor, record_ids: Sequence[UUID]) -> dict[UUID, Party]:
    """The actor's part in those of the records in which he has one now, whatever it opens."""
    found = list(held_parts(actor).filter(record__in=record_ids).select_related("record"))
    if any(part.role in FOR_ANOTHER for part in found):  # seldom, and costly to put together
        found = list(own_parts(actor).filter(record__in=record_ids).select_related("record"))
    parts = {part.record_id: part for part in found}
    missing = [record_id for record_id in record_ids if record_id not in parts]
    if missing:
        lent = lent_parts(actor).filter(record__in=missing).select_related("record")
        parts |= {part.record_id: part for part in lent}
    return parts


def lent_parts(actor: Actor) -> QuerySet[Party]:
    """What the keeper gave for some hours, while the reason for it still holds."""
    return Party.objects.filter(
        in_time(),
        realm=actor.realm_id,
        person=actor.person_id,
        role__in=FOR_SOME_HOURS,
        record__in=let_in(actor),
    )


def openable(actor: Actor, records: Iterable[Record]) -> list[Record]:
    """Those of the records that ``actor`` may open; for pages that show what there is of many."""
    rows = list(records)
    seen = visible_records(actor).filter(pk__in=[row.pk for row in rows])
    shown = set(seen.values_list("pk", flat=True))
    return [row for row in rows if row.pk in shown]


def in_time() -> Q:
    return Q(end=None) | Q(end__gt=Now())


def may_open(part: Party, permission: Permission | None = None) -> bool:
    asked = permission or opening(part.record)
    return decide(asked, frozenset({Relation(part.role)})).allowed


def version_for(actor: Actor, version_id: UUID) -> RecordVersion:
    """Return one version of a record that ``actor`` may open; raises as ``record_for``."""
    version = RecordVersion.objects.filter(realm=actor.realm_id, pk=version_id).first()
    if version is None:
        raise RecordNotFound(version_id)
    record_for(actor, version.record_id)
    return version
