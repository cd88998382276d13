"""From rows to what lists and pages say of them, in words and names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.org.directory import Directory, directory
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.apps.talks.beside import waits_for_endorsement
from tanxin.apps.talks.selectors import RequestRow, TalkRow, places
from tanxin.core.access import Actor
from tanxin.core.lifecycle import UNANSWERED, TalkState
from tanxin.web.talks import words
from tanxin.web.talks.kinds import kind_name


@dataclass(frozen=True, slots=True)
class TalkLine:
    id: UUID
    people: str
    on: datetime
    kind: Promise | str
    channel: Promise
    place: str
    state: str
    label: Promise
    waiting: Promise | str
    together: bool = False


@dataclass(frozen=True, slots=True)
class RequestLine:
    id: UUID
    other: str
    by_me: bool
    asked_at: datetime
    answer_by: date
    is_open: bool
    state: str
    label: Promise


def talk_lines(actor: Actor, talks: Iterable[TalkRow], now: datetime) -> list[TalkLine]:
    rows = list(talks)
    names, where = directory(actor.realm_id), places_for(actor, rows)
    return [
        TalkLine(
            id=talk.pk,
            people=people_of(actor, talk, names),
            on=talk.held_at or talk.planned_for,
            kind=kind_name(talk),
            channel=words.CHANNELS[talk.channel],
            place=where.get(talk.pk, ""),
            state=talk.state,
            label=state_for(actor, talk),
            waiting=waits_for(actor, talk, now),
            together=talk.group_id is not None,
        )
        for talk in rows
    ]


def places_for(actor: Actor, talks: Iterable[TalkRow]) -> dict[UUID, str]:
    """Where each talk is to be, for its two sides: it was typed by one of them for the other."""
    mine = [talk for talk in talks if actor.person_id in {talk.initiator_id, talk.subject_id}]
    return places(mine)


def people_of(actor: Actor, talk: TalkRow, names: Directory) -> str:
    """The other side, or both for somebody who is neither."""
    if actor.person_id == talk.initiator_id:
        return names.name(talk.subject_id)
    if actor.person_id == talk.subject_id:
        return names.name(talk.initiator_id)
    return f"{names.name(talk.initiator_id)} → {names.name(talk.subject_id)}"


def state_for(actor: Actor, talk: TalkRow) -> Promise:
    """How the talk stands, to this reader: a time is agreed only once the other has answered."""
    if waits_for_endorsement(talk):
        return words.TO_ENDORSE
    if talk.state != TalkState.PROPOSED:
        return words.STATES[talk.state]
    if actor.person_id not in {talk.initiator_id, talk.subject_id}:
        return words.STATES[talk.state]
    return words.THEIR_TURN if talk.proposed_by_id == actor.person_id else words.MY_TURN


def waits_for(actor: Actor, talk: TalkRow, now: datetime) -> Promise | str:
    """What ``actor`` is asked to do next, empty if nothing."""
    leads, follows = actor.person_id == talk.initiator_id, actor.person_id == talk.subject_id
    state = TalkState(talk.state)
    if (
        state is TalkState.PROPOSED
        and (leads or follows)
        and talk.proposed_by_id != actor.person_id
    ):
        return _("answer the time")
    if state is TalkState.APPROVING and not (leads or follows):
        return _("approve, or say why not")
    if waits_for_endorsement(talk):
        return "" if leads or follows else _("endorse the record, or send it back")
    if leads:
        return waits_for_initiator(state, due=talk.planned_for <= now)
    if follows and state in {TalkState.RECORDED, TalkState.UNCONFIRMED}:
        return _("read and confirm")
    return ""


def waits_for_initiator(state: TalkState, *, due: bool) -> Promise | str:
    if state is TalkState.AGREED and due:
        return _("say that it was held")
    if state is TalkState.HELD:
        return _("write the record")
    if state is TalkState.DISPUTED:
        return _("look at what was disputed")
    return ""


def request_lines(actor: Actor, requests: Iterable[RequestRow]) -> list[RequestLine]:
    names = directory(actor.realm_id)
    lines = []
    for row in requests:
        by_me = row.asked_id != actor.person_id
        lines.append(
            RequestLine(
                id=row.pk,
                other=names.label(row.asked_id if by_me else row.asker_id),
                by_me=by_me,
                asked_at=row.asked_at,
                answer_by=row.answer_by,
                is_open=row.state in UNANSWERED,
                state=row.state,
                label=words.REQUEST_STATES[row.state],
            )
        )
    return lines


def name_if_known(actor: Actor, person_id: UUID) -> str:
    """The name, or a dash where the keeper is away and it was not yet asked for names."""
    try:
        return directory(actor.realm_id).name(person_id)
    except (KeeperUnavailable, KeeperRefused):
        return "—"
