"""What somebody decides for others, and what he should know was decided."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tanxin.apps.duties.delegating import delegations_to_decide
from tanxin.apps.duties.drafting.reading import drafts_to_decide
from tanxin.apps.duties.exempting import waivers_to_decide
from tanxin.apps.notices.selectors import overdue_to_note
from tanxin.apps.org.selectors.proposals import roles_to_approve
from tanxin.apps.oversight.calls import calls_to_answer
from tanxin.apps.oversight.inspecting import inspections_to_decide
from tanxin.apps.oversight.selectors import signals_to_explain, signals_to_settle
from tanxin.apps.reports.exporting import exports_to_decide
from tanxin.apps.retention.disposing import lists_to_sign
from tanxin.apps.talks.content import (
    lately_decided,
    waiting_for_decision,
    waiting_for_review,
)
from tanxin.core.access import Actor, Permission, decide
from tanxin.web.home.waiting.shapes import MOST, NEWS, Item
from tanxin.web.oversight.words import SIGNS

LET_READ: Promise = _("was let read a talk with you")


DECIDED: dict[str, Promise] = {
    "approved": _("let you read a talk"),
    "refused": _("refused your request to read a talk"),
}


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
    for one in inspections_to_decide(actor):
        url = reverse("oversight:inspection", args=[one.pk])
        what = _("proposes an inspection")
        yield Item(url, what, _("Inspection"), one.proposed_by_id, at=one.proposed_at)
    oldest = signals_to_settle(actor).order_by("found_at", "pk").first()
    if oldest is not None:
        url = reverse("oversight:signals")
        yield Item(url, _("signals ask for a look"), _("Oversight"), at=oldest.found_at)


def ledger_items(actor: Actor, today: date) -> Iterator[Item]:
    """Ledgers that somebody else wants to take out, lists to destroy that wait for a signature."""
    for drawn in lists_to_sign(actor, on=today):
        yield Item(
            reverse("retention:list", args=[drawn.pk]),
            _("has drawn up a list to destroy"),
            _("List to destroy"),
            drawn.asked_by_id,
            at=drawn.asked_at,
        )
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
