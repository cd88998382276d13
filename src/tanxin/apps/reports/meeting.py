"""What those who prepare a meeting of a team or a branch need to know.

Who is still to be talked with, what was promised and how it stands, what many have in common.
Each part through the door of its own app: an organiser learns what an organiser may, a chief what
he let somebody expect himself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.reading.states import DutyRow, is_near
from tanxin.apps.issues.common.access import visible_common
from tanxin.apps.issues.common.models import CommonIssue
from tanxin.apps.issues.listing import promised_by
from tanxin.apps.issues.selectors import IssueRow, dues_of, owners_of
from tanxin.apps.org.access import unit_for
from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.org.selectors.teams import branch_members, teams_of_unit
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import DutyState

MOST = 200
BRANCHES = ("branch", "general_branch")


@dataclass(frozen=True, slots=True)
class Pack:
    """``members`` sit in the team or branch; ``gaps`` are what one of them still owes."""

    unit_id: UUID
    is_branch: bool
    until: date
    members: tuple[UUID, ...]
    gaps: list[DutyRow]
    promised: list[IssueRow]
    dues: dict[UUID, date]
    owners: dict[UUID, UUID]
    common: list[CommonIssue]

    @property
    def without_gap(self) -> int:
        """How many of the members owe nothing any more until the meeting."""
        return len(set(self.members) - {gap.initiator_id for gap in self.gaps})


def meeting_pack(actor: Actor, unit_id: UUID, *, until: date, on: date) -> Pack:
    """Raises ``UnitNotFound`` or ``UnitForbidden``."""
    unit_for(actor, unit_id, Permission.MEETING_PACK, on=on)
    tree = unit_tree(actor.realm_id, on)
    node = tree.node(unit_id)
    is_branch = node is not None and node.kind in BRANCHES
    members = members_of(actor.realm_id, unit_id, on, is_branch=is_branch)
    units = [one.id for one in tree.below(unit_id)]
    gaps = visible_duties(actor, on=on).filter(
        is_near(on), state=DutyState.OPEN, due__lte=until, initiator__in=members
    )
    promised = list(promised_by(actor)[:MOST])
    return Pack(
        unit_id=unit_id,
        is_branch=is_branch,
        until=until,
        members=members,
        gaps=list(gaps.select_related("rule").order_by("due", "initiator", "pk")[:MOST]),
        promised=promised,
        dues=dues_of(actor.realm_id, promised),
        owners=owners_of(actor.realm_id, promised),
        common=list(visible_common(actor).filter(unit__in=units)[:MOST]),
    )


def members_of(realm_id: UUID, unit_id: UUID, on: date, *, is_branch: bool) -> tuple[UUID, ...]:
    """Those of the branch, or of the unit's team, the chief first."""
    if is_branch:
        seats = branch_members(realm_id, unit_id, on)
    else:
        seats = [seat for team in teams_of_unit(realm_id, unit_id, on) for seat in team.seats]
    return tuple(dict.fromkeys(seat.person_id for seat in seats))


@transaction.atomic
def note_pack(actor: Actor, pack: Pack, *, file: str, at: datetime) -> None:
    """Before it is shown or leaves."""
    audit.record(
        "meeting_pack.opened", realm_id=actor.realm_id, actor=actor, subject_kind="unit",
        subject_id=pack.unit_id, at=at, detail={"until": pack.until.isoformat(), "file": file},
    )  # fmt: skip
