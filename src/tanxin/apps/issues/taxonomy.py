"""What issues of a realm are about, and how an organiser changes that list.

A kind is retired, never deleted: issues and figures of past years keep it.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from tanxin.apps.audit.services import record
from tanxin.apps.issues.kinds import IssueKind
from tanxin.core.access import Actor, Permission, RowForbidden, decide
from tanxin.core.issue_kinds import (
    MOST_KINDS,
    SHIPPED_KINDS,
    Kind,
    KindUnknown,
    TooManyKinds,
    may_be_chosen,
    may_be_named,
    may_be_retired,
    moved,
)


class KindsForbidden(RowForbidden):
    """Only an organiser changes what issues may be about."""


def kinds_of(realm_id: UUID) -> list[Kind]:
    """All kinds in their order, also the retired; one query."""
    rows = IssueKind.objects.filter(realm=realm_id).order_by("place", "pk")
    own = [Kind(row.key, row.zh, row.en, row.retired_at is not None) for row in rows]
    return own or [Kind(key) for key in SHIPPED_KINDS]


def check_kind(realm_id: UUID, key: str, *, beside: str = "") -> None:
    """Raise ``KindUnknown`` or ``KindRetired`` unless an issue may be of it, or is (``beside``)."""
    may_be_chosen(kinds_of(realm_id), key, beside=beside)


def may_change_kinds(actor: Actor) -> None:
    if not decide(Permission.ISSUE_KINDS_EDIT, actor.standing).allowed:
        raise KindsForbidden


def add_kind(actor: Actor, *, zh: str, en: str = "", at: datetime) -> str:
    """Put a kind at the end of the list and return its key.

    Raises ``KindsForbidden``, ``KindUnnamed``, ``KindNameTaken`` and ``TooManyKinds``.
    """
    may_change_kinds(actor)
    with transaction.atomic():
        kinds = settled(actor.realm_id)
        may_be_named(kinds, zh, en)
        if len(kinds) >= MOST_KINDS:
            raise TooManyKinds
        key = f"k{uuid4().hex[:10]}"
        IssueKind.objects.create(
            realm_id=actor.realm_id, key=key, zh=zh.strip(), en=en.strip(), place=len(kinds)
        )
        log(actor, "issue_kind.added", key, at, {"zh": zh.strip(), "en": en.strip()})
    return key


def rename_kind(actor: Actor, key: str, *, zh: str, en: str = "", at: datetime) -> None:
    """Raises as ``add_kind``, and ``KindUnknown``."""
    may_change_kinds(actor)
    with transaction.atomic():
        may_be_named(settled(actor.realm_id), zh, en, key=key)
        changed = row_of(actor, key).update(zh=zh.strip(), en=en.strip())
        if not changed:
            raise KindUnknown(key)
        log(actor, "issue_kind.renamed", key, at, {"zh": zh.strip(), "en": en.strip()})


def move_kind(actor: Actor, key: str, *, by: int, at: datetime) -> None:
    """Put it ``by`` places further in the list. Raises ``KindsForbidden``, ``KindUnknown``."""
    may_change_kinds(actor)
    with transaction.atomic():
        keys = [kind.key for kind in settled(actor.realm_id)]
        if key not in keys:
            raise KindUnknown(key)
        for place, one in enumerate(moved(keys, key, by)):
            row_of(actor, one).exclude(place=place).update(place=place)
        log(actor, "issue_kind.moved", key, at, {"by": by})


def retire_kind(actor: Actor, key: str, *, at: datetime) -> None:
    """No new issue may be of it. Raises ``KindsForbidden``, ``KindUnknown`` and ``LastKind``."""
    may_change_kinds(actor)
    with transaction.atomic():
        may_be_retired(settled(actor.realm_id), key)
        if row_of(actor, key).filter(retired_at=None).update(retired_at=at):
            log(actor, "issue_kind.retired", key, at)
        elif not row_of(actor, key).exists():
            raise KindUnknown(key)


def restore_kind(actor: Actor, key: str, *, at: datetime) -> None:
    may_change_kinds(actor)
    with transaction.atomic():
        settled(actor.realm_id)
        if row_of(actor, key).exclude(retired_at=None).update(retired_at=None):
            log(actor, "issue_kind.restored", key, at)
        elif not row_of(actor, key).exists():
            raise KindUnknown(key)


def settled(realm_id: UUID) -> list[Kind]:
    """The kinds, with a row for each from now on; in a transaction, before the first change."""
    kinds = kinds_of(realm_id)
    IssueKind.objects.bulk_create(
        (
            IssueKind(realm_id=realm_id, key=kind.key, zh=kind.zh, en=kind.en, place=place)
            for place, kind in enumerate(kinds)
            if kind.key in SHIPPED_KINDS
        ),
        ignore_conflicts=True,
    )
    return kinds


def row_of(actor: Actor, key: str) -> QuerySet[IssueKind]:
    return IssueKind.objects.filter(realm=actor.realm_id, key=key)


def log(
    actor: Actor, event: str, key: str, at: datetime, detail: dict[str, str | int] | None = None
) -> None:
    record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="issue_kind",
        subject_id=None,
        detail={"kind": key, **(detail or {})},
        at=at,
    )
