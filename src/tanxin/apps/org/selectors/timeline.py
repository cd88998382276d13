"""Everything the roster says about one person, in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast

from tanxin.apps.org.models import (
    BranchMember,
    Charge,
    Contact,
    PersonState,
    RankHolding,
    Seat,
    Tenure,
)


@dataclass(frozen=True, slots=True)
class FactLine:
    """``kind`` is post, rank, seat, charge, branch, contact, contacted or state.

    ``what`` is a title or a code, ``of_id`` the unit or team, ``other_id`` the other person.
    """

    kind: str
    id: UUID
    start: date | None
    end: date | None
    source: str
    what: str
    role: str
    of_id: UUID | None
    other_id: UUID | None
    sensitive: bool

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or self.end > day)


NONE = Cast(Value(None), models.UUIDField())


def text(value: str | F) -> Cast:
    return Cast(value if isinstance(value, F) else Value(value), models.TextField())


def lines(
    facts: QuerySet[Any],
    kind: str,
    *,
    what: str | F = "",
    role: str | F = "",
    of: str = "",
    other: str = "",
    sensitive: bool | F = False,
) -> QuerySet[Any, Any]:
    given = {
        "line_kind": text(kind),
        "line_what": text(what),
        "line_role": text(role),
        "line_of": Cast(F(of), models.UUIDField()) if of else NONE,
        "line_other": Cast(F(other), models.UUIDField()) if other else NONE,
        "line_sensitive": sensitive if isinstance(sensitive, F) else Value(sensitive),
    }
    rows: QuerySet[Any] = facts.filter(voided_at=None).order_by().annotate(**given)
    return rows.values_list(
        "line_kind", "pk", "start", "end", "source",
        "line_what", "line_role", "line_of", "line_other", "line_sensitive",
    )  # fmt: skip


def facts_of(realm_id: UUID, person_id: UUID) -> list[FactLine]:
    """All facts believed about the person, past ones too, the newest first."""
    mine = Q(realm=realm_id, person=person_id)
    posts = lines(
        Tenure.objects.filter(mine),
        "post",
        what=F("post__title"),
        role=F("post__level"),
        of="post__unit",
    )
    rows = posts.union(
        lines(RankHolding.objects.filter(mine), "rank", what=F("rank")),
        lines(Seat.objects.filter(mine), "seat", what=F("team__name"), role=F("role"), of="team"),
        lines(Charge.objects.filter(mine), "charge", of="unit"),
        lines(BranchMember.objects.filter(mine), "branch", role=F("role"), of="branch"),
        lines(Contact.objects.filter(mine), "contact", what=F("kind"), of="unit", other="other"),
        lines(
            Contact.objects.filter(realm=realm_id, other=person_id),
            "contacted", what=F("kind"), other="person",
        ),
        lines(
            PersonState.objects.filter(mine), "state", what=F("kind"), sensitive=F("sensitive")
        ),
        all=True,
    )  # fmt: skip
    found = [FactLine(*row) for row in rows]
    return sorted(found, key=lambda line: (line.start or date.min, line.kind), reverse=True)
