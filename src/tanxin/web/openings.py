"""Who opened what was confided, when and as what: for the two it was confided between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

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
    "asker": _("as who asked for the talk"),
    "asked": _("as who was asked for the talk"),
    "granted": _("by an approved request, for some hours"),
    "emergency": _("in an emergency, with a second person"),
}


@dataclass(frozen=True, slots=True)
class Opening:
    who: str
    at: datetime
    by_me: bool
    role: Promise | str


def openings(actor: Actor, record_ids: Iterable[UUID], names: Directory) -> dict[str, Any]:
    """From the keeper's own log, the newest first; says so where the keeper is away.

    Texts that one look opened together are one line.
    """
    try:
        releases = [one for record in record_ids for one in client.releases(actor.realm_id, record)]
    except (KeeperUnavailable, KeeperRefused):
        return {"openings": [], "keeper_away": True}
    looks = {(one.person_id, one.at, one.role): one for one in releases}
    rows = sorted(looks.values(), key=lambda one: one.at, reverse=True)
    return {"openings": [_opening(actor, one, names) for one in rows], "keeper_away": False}


def _opening(actor: Actor, release: Release, names: Directory) -> Opening:
    role = AS.get(release.role or release.ground or "", "")
    by_me = release.person_id == actor.person_id
    return Opening(names.name(release.person_id), release.at, by_me, role)
