"""The realm's roster on a day, in the columns it is read from."""

import json
from collections import defaultdict
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.org import codes
from tanxin.apps.org.access import may_record_facts
from tanxin.apps.org.directory import directory
from tanxin.apps.org.intake.examine import VARIANTS
from tanxin.apps.org.intake.held import Held, HeldPerson, load
from tanxin.apps.org.models import BranchMember, Team
from tanxin.apps.org.roster import (
    AuthorityRow,
    CareerLine,
    ChargeRow,
    ContactRow,
    EventRow,
    PersonRow,
    Roster,
    StateRow,
    TeamRow,
    UnitRow,
    Where,
    write_roster,
)
from tanxin.apps.realms.selectors import organisation_type
from tanxin.core.access import Actor

NOWHERE = Where("")


def export_roster(
    actor: Actor,
    *,
    on: date,
    at: datetime,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the reader's word
) -> bytes:
    """Everything the realm holds on the day; the export itself is logged first.

    Raises ``FactsForbidden``.
    """
    may_record_facts(actor)
    held = load(actor.realm_id, on)
    with transaction.atomic():
        audit.record(
            "roster.exported",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="realm",
            subject_id=actor.realm_id,
            at=at,
            detail={"on": on.isoformat(), "people": len(held.people)},
        )
    variant = VARIANTS[organisation_type(actor.realm_id)]
    return write_roster(roster_of(actor.realm_id, held), format, variant=variant)


def roster_of(realm_id: UUID, held: Held) -> Roster:
    order = directory(realm_id).sort_key
    present = [person for person in held.people.values() if person.left_on is None]
    present.sort(key=lambda person: (order(person.id), person.details.number))
    teams = {team.pk: team for team in held.teams.values()}
    code_of = {unit_id: code for code, unit_id in held.codes.items()}
    undated = undated_states(held)
    return Roster(
        people=tuple(person_row(held, code_of, undated, person) for person in present),
        units=tuple(unit_rows(held, code_of)),
        teams=tuple(
            TeamRow(
                NOWHERE, team=teams[seat.team_id].name, unit=code_of[teams[seat.team_id].unit_id],
                kind=teams[seat.team_id].kind, role=seat.role, start=seat.start, end=seat.end,
                **who(held, seat.person_id),
            )
            for seats in held.seats.values() for seat in seats
        ),
        charges=tuple(
            ChargeRow(
                NOWHERE, unit=code_of[row.unit_id], start=row.start, end=row.end,
                **who(held, row.person_id),
            )
            for rows in held.charges.values() for row in rows
        ),
        contacts=tuple(
            ContactRow(
                NOWHERE, kind=row.kind, start=row.start, end=row.end,
                unit=code_of[row.unit_id] if row.unit_id else "",
                **who(held, row.person_id), **other(held, row.other_id),
            )
            for rows in held.contacts.values() for row in rows
        ),
        states=tuple(
            StateRow(
                NOWHERE, kind=row.kind, start=row.start, end=row.end, source=row.source,
                **who(held, row.person_id),
            )
            for rows in held.states.values() for row in rows
            if (row.start or row.end) and held.people[row.person_id].left_on is None
        ),
        events=tuple(event_rows(held, teams, code_of)),
        authorities=tuple(
            AuthorityRow(
                NOWHERE, unit=code_of[row.unit_id], over=code_of[row.over_id], rank=row.rank,
                start=row.start, end=row.end,
            )
            for rows in held.authorities.values() for row in rows
        ),
    )  # fmt: skip


def who(held: Held, person_id: UUID) -> dict[str, str]:
    details = held.people[person_id].details
    return {"name": details.name, "number": details.number}


def other(held: Held, person_id: UUID | None) -> dict[str, str]:
    if person_id is None:
        return {}
    details = held.people[person_id].details
    return {"other": details.name, "other_number": details.number}


def undated_states(held: Held) -> dict[UUID, list[str]]:
    """States without dates stand in the people's own sheet, the others in theirs."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for (person_id, kind), rows in held.states.items():
        if not (rows[0].start or rows[0].end):
            found[person_id].append(kind)
    return found


def unit_rows(held: Held, code_of: dict[UUID, str]) -> list[UnitRow]:
    spells = sorted(held.spells.values(), key=lambda spell: (spell.order, spell.name))
    return [
        UnitRow(
            NOWHERE, code=code_of[spell.unit_id], name=spell.name, kind=spell.kind,
            parent=code_of[spell.parent_id] if spell.parent_id else "", order=spell.order,
        )
        for spell in spells
    ]  # fmt: skip


def person_row(
    held: Held, code_of: dict[UUID, str], undated: dict[UUID, list[str]], person: HeldPerson
) -> PersonRow:
    details, more = person.details, person.details.more
    tenure = next(iter(held.tenures.get(person.id, [])), None)
    post = held.posts[tenure.post_id] if tenure else None
    rank = next(iter(held.ranks.get(person.id, [])), None)
    branch = next(iter(held.branches.get(person.id, [])), None)
    return PersonRow(
        NOWHERE,
        name=details.name, number=details.number, gender=details.gender, birth=details.birth,
        ethnicity=more.get("ethnicity", ""), origin=more.get("origin", ""),
        started_work=details.started_work, joined_party=details.joined_party,
        politics=details.politics, education=more.get("education", ""),
        department=code_of[post.unit_id] if post else "", post=post.title if post else "",
        rank=rank.rank if rank else "", post_since=tenure.start if tenure else None,
        rank_since=rank.start if rank else None, id_number=details.id_number,
        phone=details.phone, mail=details.mail,
        branch=code_of[branch.branch_id] if branch else "",
        party_post=party_post_of(more.get("party_post", ""), branch),
        states=tuple(sorted(undated.get(person.id, []))),
        career=career_of(more.get("career", "")), note=more.get("note", ""),
    )  # fmt: skip


def party_post_of(said: str, branch: BranchMember | None) -> str:
    """The roster's own words while they still say the role that is held."""
    if branch is None or codes.branch_role(said) == branch.role:
        return said
    return codes.table("branch_role").word(branch.role)


def career_of(text: str) -> tuple[CareerLine, ...]:
    lines = json.loads(text) if text else []
    return tuple(CareerLine(**{**line, "asides": tuple(line["asides"])}) for line in lines)


def event_rows(held: Held, teams: dict[UUID, Team], code_of: dict[UUID, str]) -> list[EventRow]:
    return [
        EventRow(
            NOWHERE, kind=event.kind, on=event.on,
            unit=code_of[event.unit_id] if event.unit_id else "",
            team=teams[event.team_id].name if event.team_id else "",
            **(who(held, event.person_id) if event.person_id else {}),
        )
        for rows in held.events.values() for event in rows
    ]  # fmt: skip
