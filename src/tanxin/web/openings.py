"""Who opened what was confided, when and as what: for the two it was confided between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.org.directory import Directory
from tanxin.apps.sealing import client
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable, Release
from tanxin.core.access import Actor

# The role of the grant by which the keeper opened it.
AS: dict[str, Promise] = {
    "initiator": _("as the one who led the talk"),
    "subject": _("as the one it is about"),
    "author": _("as its author"),
    "owner": _("as who solves the issue"),
    "verifier": _("as who verifies the issue"),
    "inquirer": _("as who looked into the facts"),
    "asker": _("as who asked for the talk"),
    "asked": _("as who was asked for the talk"),
    "recorder": _("as who recorded the talk"),
    "endorser": _("as who endorses the record"),
    "witness": _("as who read it back to the subject"),
    "granted": _("by an approved request, for some hours"),
    "emergency": _("in an emergency, with a second person"),
}


# Who opened it as one of these is not one of those it was confided between.
STRANGE = frozenset({"granted", "emergency"})


@dataclass(frozen=True, slots=True)
class Opening:
    """One person on one day; ``last`` is the newest look of the day."""

    who: str
    role: Promise | str
    times: int
    last: datetime
    by_me: bool
    is_stranger: bool


def openings(actor: Actor, record_ids: Iterable[UUID], names: Directory) -> dict[str, Any]:
    """From the keeper's own log; says so where the keeper is away."""
    try:
        releases = [one for record in record_ids for one in client.releases(actor.realm_id, record)]
    except (KeeperUnavailable, KeeperRefused):
        return {"openings": [], "keeper_away": True}
    rows = by_person_and_day(actor, releases, names)
    return {"openings": rows, "keeper_away": False}


def by_person_and_day(actor: Actor, releases: Iterable[Release], names: Directory) -> list[Opening]:
    """Strangers first, then the newest; texts that were opened together are one look."""
    looks = {(one.person_id, one.at, code_of(one)) for one in releases}
    days: dict[tuple[UUID | None, date, str], list[datetime]] = {}
    for person, at, code in looks:
        days.setdefault((person, timezone.localdate(at), code), []).append(at)
    rows = [
        Opening(
            who=names.name(person),
            role=AS.get(code, ""),
            times=len(moments),
            last=max(moments),
            by_me=person == actor.person_id,
            is_stranger=code in STRANGE,
        )
        for (person, _day, code), moments in days.items()
    ]
    return sorted(rows, key=lambda row: (row.is_stranger, row.last), reverse=True)


def code_of(release: Release) -> str:
    return release.role or release.ground or ""


def has_opened(actor: Actor, record_id: UUID) -> bool:
    """Whether the keeper ever opened a text for the actor; no while the keeper is away."""
    try:
        found = client.releases(actor.realm_id, record_id)
    except (KeeperUnavailable, KeeperRefused):
        return False
    return any(one.person_id == actor.person_id for one in found)
