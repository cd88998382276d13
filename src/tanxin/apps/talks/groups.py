"""What is known of a group talk: who was asked, the summary all share, the versions in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID

from tanxin.apps.archive.models import Record, RecordVersion
from tanxin.apps.archive.selectors import latest_versions
from tanxin.apps.talks.models import GroupTalk, Talk
from tanxin.apps.talks.selectors import Standing, record_of, standing_of_version
from tanxin.core.lifecycle import BEFORE_HELD, UNTOLD, TalkState

GroupRow: TypeAlias = GroupTalk


@dataclass(frozen=True, slots=True)
class TextsInForce:
    """What stands to be confirmed: a person's own part, the summary all share, or both."""

    part: RecordVersion | None
    summary: RecordVersion | None

    @property
    def version(self) -> RecordVersion | None:
        return self.part or self.summary

    @property
    def beside(self) -> RecordVersion | None:
        """The summary, where there is a part as well."""
        return self.summary if self.part else None

    @property
    def digest(self) -> bytes:
        return digest_of(self.version, self.beside)


def digest_of(version: RecordVersion | None, beside: RecordVersion | None) -> bytes:
    """One digest over what was on the page: of the version alone, or over both."""
    if version is None:
        return b""
    if beside is None:
        return bytes(version.digest)
    return sha256(bytes(beside.digest) + bytes(version.digest)).digest()


def in_force(talk: Talk) -> TextsInForce:
    part = record_of(talk)
    summary = summary_of(talk)
    found = latest_versions(talk.realm_id, [one.pk for one in (part, summary) if one])
    return TextsInForce(
        found.get(part.pk) if part else None, found.get(summary.pk) if summary else None
    )


def standing_of(talk: Talk) -> Standing | None:
    """How what was written stands, or None where nothing is; what somebody said covers all of it.

    For a talk with one that is its record, for one in a group also the summary.
    """
    found = in_force(talk)
    if found.version is None:
        return None
    return standing_of_version(talk, found.version, found.digest, found.beside)


def summary_of(talk: Talk) -> Record | None:
    """What all share, if the talk is one of a group and its one who is talked with was there."""
    if talk.group_id is None or TalkState(talk.state) in BEFORE_HELD:
        return None
    return shared_record(talk.realm_id, talk.group_id)


def shared_record(realm_id: UUID, group_id: UUID) -> Record | None:
    return Record.objects.filter(realm=realm_id, about_id=group_id, kind="record").first()


def asked_in(group: GroupTalk) -> list[UUID]:
    """Everybody who was asked, whatever he answered; nobody who waits to be told, or was not."""
    rows = Talk.objects.filter(realm=group.realm_id, group=group.pk)
    rows = rows.exclude(state__in=[state.value for state in UNTOLD])
    return list(rows.order_by("created_at", "pk").values_list("subject", flat=True))


def were_there(talks: Iterable[Talk]) -> list[Talk]:
    return [talk for talk in talks if TalkState(talk.state) not in BEFORE_HELD]
