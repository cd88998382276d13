"""Everything that waits for one person, once each, out of four lists of the apps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.delegating import delegations_to_decide
from tanxin.apps.duties.drafting.reading import drafts_to_decide
from tanxin.apps.duties.exempting import waivers_to_decide
from tanxin.apps.duties.reading.states import DutyRow
from tanxin.apps.issues.selectors import (
    IssueRow,
    answers_to,
    effects_to_say,
    issues_waiting_for,
    open_promises,
    to_look_at_again,
)
from tanxin.apps.notices.selectors import overdue_to_note
from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.org.selectors.proposals import roles_to_approve
from tanxin.apps.oversight.calls import calls_to_answer
from tanxin.apps.oversight.selectors import signals_to_explain, signals_to_settle
from tanxin.apps.plans.selectors import day_planned
from tanxin.apps.reports.exporting import exports_to_decide
from tanxin.apps.talks.access import arranged_talks, talks_to_attend
from tanxin.apps.talks.arranged import duties_to_arrange
from tanxin.apps.talks.content import (
    lately_decided,
    waiting_for_decision,
    waiting_for_review,
)
from tanxin.apps.talks.echoes import invitation_about, talks_asked_about
from tanxin.apps.talks.selectors import (
    RequestRow,
    TalkRow,
    duties_planned,
    planned_talks,
    requests_waiting_for,
    talks_waiting_for,
)
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.echoes import period_for
from tanxin.core.lifecycle import (
    AT_THE_LEADER,
    BEFORE_HELD,
    DutyState,
    IssueState,
    TalkState,
)
from tanxin.web.duties import words as duty_words
from tanxin.web.feedback.to_do import waiting as told_waiting
from tanxin.web.issues import words as issue_words
from tanxin.web.issues.kinds import KindNames
from tanxin.web.openings import has_opened
from tanxin.web.oversight.words import SIGNS
from tanxin.web.sheets.on_page import sheets_waiting
from tanxin.web.talks import words as talk_words
from tanxin.web.talks.showing import state_for, waits_for

SOON = timedelta(days=21)
NEWS = timedelta(days=14)
FORTNIGHT = timedelta(days=14)
MOST = 60
TO_COME = frozenset({TalkState.PROPOSED, TalkState.AGREED})
SHOWN = 8
LET_READ: Promise = _("was let read a talk with you")
DECIDED: dict[str, Promise] = {
    "approved": _("let you read a talk"),
    "refused": _("refused your request to read a talk"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do; ``by`` is the day it is wanted, ``at`` the moment of a talk.

    ``promised_url`` leads to what is still open towards the person of a planned talk.
    """

    url: str
    what: Promise | str
    kind: Promise | str
    person_id: UUID | None = None
    by: date | None = None
    at: datetime | None = None
    promised_url: str = ""


@dataclass(slots=True)
class Group:
    key: str
    title: Promise
    icon: str
    more_url: str
    items: list[Item] = field(default_factory=list)

    @property
    def shown(self) -> list[Item]:
        return self.items[:SHOWN]

    @property
    def hidden(self) -> int:
        return len(self.items) - len(self.shown)


@dataclass(frozen=True, slots=True)
class ToDo:
    groups: list[Group]
    is_initiator: bool
    arranges: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(group.items for group in self.groups)


def empty_groups() -> dict[str, Group]:
    talks = reverse("talks:mine")
    waiting, planned = f"{talks}?show=waiting", f"{talks}?show=planned"
    groups = (
        Group("answer", _("To answer"), "message-question", waiting),
        Group("hold", _("Talks to hold"), "messages", reverse("duties:mine")),
        Group("record", _("To write down"), "writing", waiting),
        Group("confirm", _("To read and confirm"), "signature", waiting),
        Group("issues", _("Issues and measures"), "tool", reverse("issues:mine")),
        Group("access", _("To decide and to know"), "lock-open", reverse("access:overview")),
        Group("year", _("By the year's plan"), "calendar-stats", reverse("plans:list")),
        Group("proposed", _("Proposed, waiting for the other side"), "hourglass", planned),
        Group("planned", _("Planned talks"), "calendar-event", planned),
    )
    return {group.key: group for group in groups}


def todo_of(actor: Actor, *, now: datetime, today: date) -> ToDo:
    groups = empty_groups()
    mine = (
        talks_waiting_for(actor, now=now)
        | planned_talks(actor)
        | talks_to_attend(actor)
        | talks_asked_about(actor, today=today)
    ).annotate(invitation=invitation_about(actor, today=today))
    talks = list(mine.order_by("planned_for", "pk")[:MOST])
    sheets = list(sheets_waiting(actor))
    on_paper = {row.talk.pk for row in sheets}
    promised = promised_to_next(actor, talks, today)
    for talk in talks:
        # Whose sheet waits stands below with that; its next step is the sheet.
        if talk.pk not in on_paper:
            for key, item in talk_items(actor, talk, talk.invitation, now, today):
                url = promised.get(talk.pk, "")
                groups[key].items.append(replace(item, promised_url=url) if url else item)
    for what, request in islice(requests_waiting_for(actor), MOST):
        key, item = REQUESTED[what](request)
        groups[key].items.append(item)
    kinds = KindNames(actor.realm_id)
    for issue in issues_waiting_for(actor)[:MOST]:
        key = "answer" if issue.state == IssueState.VERIFIED else "issues"
        groups[key].items.append(issue_item(actor, issue, kinds))
    groups["issues"].items += answered_items(actor, kinds, since=now - NEWS)
    groups["issues"].items += effect_items(actor, kinds, today)
    for key, item in duty_items(actor, talks, today):
        groups[key].items.append(item)
    leaders = leaders_of(actor, on=today)
    if leaders:
        groups["answer"].items += arranging_items(actor, leaders, today)
        groups["hold"].items += times_to_find(actor, leaders, today)
    groups["record"].items += [
        Item(row.url, row.what, talk_words.KINDS[row.talk.kind], row.person_id, at=row.talk.held_at)
        for row in sheets
    ]
    groups["access"].items += [Item(*item) for item in told_waiting(actor)]
    groups["access"].items += access_items(actor, now=now, today=today)
    leads = any(talk.initiator_id == actor.person_id for talk in talks)
    return ToDo(
        groups=[group for group in groups.values() if group.items],
        is_initiator=leads or bool(groups["hold"].items) or owes_any(actor),
        arranges=bool(leaders),
    )


def talk_items(
    actor: Actor, talk: TalkRow, invitation: UUID | None, now: datetime, today: date
) -> Iterator[tuple[str, Item]]:
    """The talk where it is planned or waits for something, and how it was, some weeks later."""
    key, item = talk_item(actor, talk, now)
    if key != "planned" or talk.state in BEFORE_HELD:
        yield key, item
    if invitation:
        yield (
            "answer",
            Item(
                url=reverse("echoes:answer", args=[invitation]),
                what=_("how was the talk? (private, if you like)"),
                kind=_("Weeks after the talk"),
                person_id=talk.initiator_id,
                by=period_for(today).last_day,
            ),
        )


def talk_item(actor: Actor, talk: TalkRow, now: datetime) -> tuple[str, Item]:
    """The group a talk stands in, by whose turn it is and what the next act is."""
    asked = waits_for(actor, talk, now)
    state = TalkState(talk.state)
    key = "proposed" if state is TalkState.PROPOSED else "planned"
    if asked:
        key = {
            TalkState.APPROVING: "access",
            TalkState.PROPOSED: "answer",
            TalkState.AGREED: "hold",
            TalkState.HELD: "record",
            TalkState.DISPUTED: "record",
            TalkState.RECORDED: "confirm" if talk.confirm_by else "access",
            TalkState.UNCONFIRMED: "confirm",
        }[state]
    mine = talk.initiator_id == actor.person_id
    is_third = not mine and talk.subject_id != actor.person_id
    if is_third and not asked:
        key, asked = "planned", _("You will be there with the two")
    return key, Item(
        url=reverse("talks:talk", args=[talk.pk]),
        what=asked or state_for(actor, talk),
        kind=talk_words.KINDS[talk.kind],
        person_id=talk.subject_id if mine else talk.initiator_id,
        at=talk.held_at or talk.planned_for,
    )


def arranging_items(actor: Actor, leaders: list[UUID], today: date) -> Iterator[Item]:
    """Times that somebody proposed to a leader for whom the actor arranges."""
    waiting = arranged_talks(actor, on=today).filter(state=TalkState.PROPOSED)
    for talk in waiting.exclude(proposed_by__in=leaders).order_by("planned_for", "pk")[:MOST]:
        yield Item(
            url=reverse("access:arranged", args=[talk.pk]),
            what=_("proposes a time to the leader"),
            kind=_("For the leader"),
            person_id=talk.proposed_by_id,
            at=talk.planned_for,
        )


def times_to_find(actor: Actor, leaders: list[UUID], today: date) -> Iterator[Item]:
    """With whom those for whom the actor arranges still have to talk soon."""
    for leader in leaders:
        for owed in duties_to_arrange(actor, leader, on=today):
            if owed.due <= today + SOON:
                url = reverse("access:propose", args=[leader])
                yield Item(
                    url=f"{url}?duty={owed.duty_id}",
                    what=_("propose a time"),
                    kind=_("A time for the leader"),
                    person_id=owed.person_id,
                    by=owed.due,
                )


def access_items(actor: Actor, *, now: datetime, today: date) -> Iterator[Item]:
    """Requests to read that the actor decides or judges, and who was let read what is his."""
    for what, rows in (
        (_("decide about a request to read"), waiting_for_decision(actor, on=today)),
        (_("judge an emergency"), waiting_for_review(actor, on=today)),
    ):
        for row in rows[:MOST]:
            url = reverse("access:request", args=[row.pk])
            yield Item(url, what, _("Reading a talk"), row.asker_id, at=row.asked_at)
    for proposal in roles_to_approve(actor, on=today):
        yield Item(
            reverse("access:proposal", args=[proposal.pk]),
            _("approve a role, or say why not"),
            _("Role"),
            proposal.person_id,
            at=proposal.proposed_at,
        )
    for draft in drafts_to_decide(actor, on=today):
        yield Item(
            reverse("rules:draft", args=[draft.pk]),
            _("put rules in force, or say why not"),
            _("Rules"),
            draft.proposed_by_id,
            at=draft.proposed_at,
        )
    yield from signal_items(actor)
    yield from set_aside_items(actor, today)
    yield from ledger_items(actor, today)
    overdue = overdue_to_note(actor, today=today)
    if overdue:
        yield Item(
            reverse("notices:overdue"),
            ngettext_lazy(
                "%(count)s person you lead owes something that is overdue",
                "%(count)s people you lead owe something that is overdue",
                "count",
            )
            % {"count": len({line.owed_by for line in overdue})},
            _("Overdue"),
            by=overdue[0].due,
        )
    for row in lately_decided(actor, since=now - NEWS)[:MOST]:
        url = reverse("access:request", args=[row.pk])
        asked = row.asker_id == actor.person_id
        news = DECIDED[row.verdict] if asked else LET_READ
        who = row.decided_by_id if asked else row.asker_id
        yield Item(url, news, _("Reading a talk"), who, at=row.decided_at)


def signal_items(actor: Actor) -> Iterator[Item]:
    """What supervision asks the actor; for a supervisor one line for all signals."""
    for row in signals_to_explain(actor).order_by("found_at", "pk")[:MOST]:
        url = reverse("oversight:signal", args=[row.pk])
        yield Item(url, _("say how it came, if you like"), SIGNS[row.sign], at=row.found_at)
    for call in calls_to_answer(actor).order_by("asked_at", "pk")[:MOST]:
        url = reverse("oversight:call", args=[call.pk])
        what = _("answer a short question about a talk, if you like")
        yield Item(url, what, _("Call-back"), at=call.talk.held_at)
    oldest = signals_to_settle(actor).order_by("found_at", "pk").first()
    if oldest is not None:
        url = reverse("oversight:signals")
        yield Item(url, _("signals ask for a look"), _("Oversight"), at=oldest.found_at)


def ledger_items(actor: Actor, today: date) -> Iterator[Item]:
    """Ledgers that somebody else wants to take out."""
    for row in exports_to_decide(actor, on=today):
        yield Item(
            reverse("reports:export", args=[row.pk]),
            _("wants to take a ledger"),
            _("Ledger"),
            row.asked_by_id,
            at=row.asked_at,
        )


def set_aside_items(actor: Actor, today: date) -> Iterator[Item]:
    """Exemptions and delegations for organisers; who leads a unit finds them among the duties."""
    if not decide(Permission.WAIVER_DECIDE, actor.standing).allowed:
        return
    for waiver in waivers_to_decide(actor, on=today):
        yield Item(
            reverse("duties:waiver", args=[waiver.pk]),
            _("asks for an exemption"),
            _("Exemption"),
            waiver.asked_by_id,
            at=waiver.asked_at,
        )
    for delegation in delegations_to_decide(actor, on=today):
        yield Item(
            reverse("duties:delegation", args=[delegation.pk]),
            _("asks that somebody may talk instead"),
            _("Delegation"),
            delegation.asked_by_id,
            at=delegation.asked_at,
        )


def request_item(request: RequestRow) -> tuple[str, Item]:
    return "answer", Item(
        url=reverse("talks:request", args=[request.pk]),
        what=_("asks you for a talk"),
        kind=pgettext_lazy("to-do", "Request"),
        person_id=request.asker_id,
        by=request.answer_by,
    )


def suggestion_item(request: RequestRow) -> tuple[str, Item]:
    return "answer", Item(
        url=reverse("talks:request", args=[request.pk]),
        what=_("suggests somebody else for your request"),
        kind=pgettext_lazy("to-do", "Request"),
        person_id=request.asked_id,
        by=request.answer_by,
    )


def late_item(request: RequestRow) -> tuple[str, Item]:
    """Somebody the actor leads owes an answer; who asked and what about is not for him."""
    return "access", Item(
        url=reverse("talks:late"),
        what=_("lets a request for a talk wait too long"),
        kind=pgettext_lazy("to-do", "Request"),
        person_id=request.asked_id,
        by=request.answer_by,
    )


REQUESTED = {"answer": request_item, "forward": suggestion_item, "late": late_item}


def issue_item(actor: Actor, issue: IssueRow, kinds: KindNames) -> Item:
    """Names the other one of the talk to the initiator only; an owner is not told whose it is."""
    leads = issue.led_by_id == actor.person_id
    is_side_step = issue.state in AT_THE_LEADER
    return Item(
        url=reverse("issues:issue", args=[issue.pk]),
        what=issue_words.TO_DO[issue.state],
        kind=issue_words.told_apart(
            kinds[issue.kind],
            issue.pk,
            (issue.talk.held_at or issue.talk.planned_for)
            if issue.talk.initiator_id == actor.person_id
            else None,
        ),
        person_id=issue.talk.subject_id if leads and is_side_step else None,
        by=None if is_side_step else issue.wanted_on,
    )


def promised_to_next(actor: Actor, talks: Sequence[TalkRow], today: date) -> dict[UUID, str]:
    """Per person the next talk the actor leads, where what he promised before is still open."""
    following: dict[UUID, UUID] = {}
    for talk in talks:
        ahead = talk.state in TO_COME and timezone.localdate(talk.planned_for) >= today
        if ahead and talk.initiator_id == actor.person_id:
            following.setdefault(talk.subject_id, talk.pk)
    open_ = open_promises(actor, following) if following else {}
    return {
        talk: f"{reverse('preparing:sheet', args=[talk])}#promised"
        for person, talk in following.items()
        if person in open_
    }


def answered_items(actor: Actor, kinds: KindNames, *, since: datetime) -> Iterator[Item]:
    """What the actor raised and was answered, until he has opened the answer."""
    for issue, record in answers_to(actor, since=since):
        if not has_opened(actor, record):
            yield Item(
                url=reverse("issues:issue", args=[issue.pk]),
                what=_("has answered what you raised"),
                kind=issue_words.told_apart(
                    kinds[issue.kind], issue.pk, issue.talk.held_at or issue.talk.planned_for
                ),
                person_id=issue.led_by_id,
                at=issue.answered_at,
            )


def effect_items(actor: Actor, kinds: KindNames, today: date) -> Iterator[Item]:
    """Whether what was done helped, and what was to be looked at again by now."""
    for check in effects_to_say(actor, today=today)[:MOST]:
        issue, by_subject = check.issue, check.part == "subject"
        held = issue.talk.held_at or issue.talk.planned_for
        yield Item(
            url=reverse("issues:effect", args=[issue.pk]),
            what=_("Say whether it helped"),
            kind=issue_words.told_apart(kinds[issue.kind], issue.pk, held if by_subject else None),
            person_id=issue.led_by_id if by_subject else None,
        )
    for issue in to_look_at_again(actor, today=today)[:MOST]:
        held = issue.talk.held_at or issue.talk.planned_for
        is_his = issue.talk.initiator_id == actor.person_id
        yield Item(
            url=reverse("issues:issue", args=[issue.pk]),
            what=_("Look again whether it can be solved now"),
            kind=issue_words.told_apart(kinds[issue.kind], issue.pk, held if is_his else None),
            person_id=issue.talk.subject_id,
        )


def duty_items(actor: Actor, talks: Sequence[TalkRow], today: date) -> Iterator[tuple[str, Item]]:
    """Duties that can be met now and are due soon, without those that have a talk already.

    And what the plan that is followed has for the next two weeks, though it is not due so soon.
    """
    if actor.person_id is None:
        return
    planned = {
        (other, talk.kind)
        for talk in talks
        for other in (talk.initiator_id, talk.subject_id)
        if talk.state in {TalkState.PROPOSED, TalkState.AGREED} and other != actor.person_id
    }
    mine = Q(initiator=actor.person_id) | Q(subject=actor.person_id, mutual=True)
    soon = Q(opens__lte=today, due__lte=today + SOON)
    day = day_planned(actor, first=today, last=today + FORTNIGHT)
    duties = (
        visible_duties(actor)
        .annotate(planned_day=day)
        .filter(mine, soon | Q(planned_day__isnull=False), state=DutyState.OPEN)
    )
    asked = set()
    for duty in duties.exclude(pk__in=duties_planned(actor)).order_by("due", "pk")[:MOST]:
        other = duty.subject_id if duty.initiator_id == actor.person_id else duty.initiator_id
        if (other, duty.kind) not in planned:
            key, item = duty_item(duty, other, duty.planned_day, today)
            # One talk of the plan may meet several duties: it is asked for once.
            if key == "hold" or (other, duty.kind) not in asked:
                yield key, item
            asked.add((other, duty.kind))


def duty_item(duty: DutyRow, other: UUID | None, day: date | None, today: date) -> tuple[str, Item]:
    """With the day of the plan where there is one; it stands by that unless it is due soon."""
    url = f"{reverse('talks:new')}?duty={duty.pk}"
    if day:
        url = f"{url}&day={day.isoformat()}"
    if duty.opens <= today and duty.due <= today + SOON:
        return "hold", Item(url, _("propose a time"), duty_kind(duty), other, by=duty.due)
    return "year", Item(url, _("propose the talk for its day"), duty_kind(duty), other, by=day)


def duty_kind(duty: DutyRow) -> str:
    """The kind of talk and the period it is for: one may be late while the next is begun."""
    period = duty_words.period(duty.period)
    kind = str(talk_words.KINDS[duty.kind])
    return f"{kind} · {period}" if period else kind


def owes_any(actor: Actor) -> bool:
    return visible_duties(actor).filter(initiator=actor.person_id).exists()
