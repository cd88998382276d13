"""保密承诺: who opens what others confided has first said that he keeps it to himself.

Nobody gives one to read what is about himself, or his own notes. Where a realm has put no words in
force, nobody is asked.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Max

from tanxin.apps.archive.access import SAID_OR_HEARD
from tanxin.apps.archive.models import Party
from tanxin.apps.audit.services import record
from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow
from tanxin.core.access import Actor, Permission, RowForbidden, decide
from tanxin.core.wording import is_blank


class UndertakingDue(Exception):
    """What others confided is opened to who has given the undertaking in force."""


class UndertakingEmpty(Exception):
    """It has no words."""


class Undertaking(RealmRow):
    """One version of the words; the newest is asked of everybody, also who gave an older one."""

    version = models.PositiveIntegerField()
    text = models.TextField()
    put_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    put_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "version"], name="undertakings_are_numbered_once"
            )
        ]


class UndertakingGiven(RealmRow):
    """Somebody gave one version on a day; never changed."""

    undertaking = models.ForeignKey(
        Undertaking, models.PROTECT, related_name="given", db_index=False
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "undertaking", "person"], name="an_undertaking_is_given_once"
            )
        ]
        indexes = [models.Index(fields=["realm", "person"], name="undertaking_by_person")]


def in_force(realm_id: UUID) -> Undertaking | None:
    return Undertaking.objects.filter(realm=realm_id).order_by("-version").first()


def due_from(actor: Actor) -> Undertaking | None:
    """The words that the actor has not given yet; None where there are none, or he has."""
    newest = Undertaking.objects.filter(realm=actor.realm_id).order_by("-version").values("pk")[:1]
    given = UndertakingGiven.objects.filter(realm=actor.realm_id, person=actor.person_id)
    return (
        Undertaking.objects.filter(realm=actor.realm_id, pk__in=newest)
        .exclude(pk__in=given.values("undertaking"))
        .first()
    )


def given_by(actor: Actor) -> list[UndertakingGiven]:
    rows = UndertakingGiven.objects.filter(realm=actor.realm_id, person=actor.person_id)
    return list(rows.select_related("undertaking").order_by("-given_at"))


def refuse_without(actor: Actor, parts: Iterable[Party]) -> None:
    """Raises ``UndertakingDue`` before anything is opened."""
    if any(part.role not in SAID_OR_HEARD for part in parts) and due_from(actor):
        raise UndertakingDue


def give(actor: Actor, version: int, *, at: datetime) -> bool:
    """Whether that is the version in force; giving it twice is giving it once."""
    if actor.person_id is None:
        raise RowForbidden
    newest = in_force(actor.realm_id)
    if newest is None or newest.version != version:
        return False
    with transaction.atomic():
        _, is_new = UndertakingGiven.objects.get_or_create(
            realm_id=actor.realm_id,
            undertaking=newest,
            person_id=actor.person_id,
            defaults={"given_at": at},
        )
        if is_new:
            log(actor, "undertaking.given", newest, at)
    return True


def may_put(actor: Actor) -> bool:
    return decide(Permission.RULE_DRAFT, actor.standing).allowed


def put_in_force(actor: Actor, text: str, *, at: datetime) -> Undertaking:
    """New words, which everybody is asked for anew. Raises ``UndertakingEmpty``."""
    if not may_put(actor):
        raise RowForbidden(Permission.RULE_DRAFT)
    if is_blank(text):
        raise UndertakingEmpty
    rows = Undertaking.objects.filter(realm=actor.realm_id)
    with transaction.atomic():
        last: int | None = rows.aggregate(last=Max("version"))["last"]
        row = Undertaking.objects.create(
            realm_id=actor.realm_id,
            version=(last or 0) + 1,
            text=text.strip(),
            put_by_id=actor.person_id,
            put_at=at,
        )
        log(actor, "undertaking.put", row, at)
    return row


def log(actor: Actor, event: str, row: Undertaking, at: datetime) -> None:
    record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="undertaking",
        subject_id=row.pk,
        detail={"version": row.version},
        at=at,
    )
