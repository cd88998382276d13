"""Why must I? One duty with its clause, the numbers in force and the facts it rests on."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.duties.access import duty_for, relations_to
from tanxin.apps.duties.delegating import delegates_of
from tanxin.apps.duties.exempting import may_decide_waiver, open_waiver_request, waiver_of
from tanxin.apps.duties.packs import adopted_packs
from tanxin.apps.duties.reading.reasons import may_know_reason
from tanxin.apps.duties.reading.rulebook import own_words
from tanxin.apps.duties.reading.states import DutyRow, standing
from tanxin.apps.duties.reading.why import Ground, Occasion, Why
from tanxin.apps.duties.reading.why import why as why_of
from tanxin.apps.duties.waiving import waiver_reason
from tanxin.apps.org.directory import NOBODY, Directory
from tanxin.apps.talks.selectors import TalkRow, talks_for_duty
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.core.lifecycle import DutyState, TalkState
from tanxin.web.directory import directory_of
from tanxin.web.duties import words
from tanxin.web.duties.facts import fact_words
from tanxin.web.duties.showing import duty_line, name_of_subject
from tanxin.web.requests import ActorRequest
from tanxin.web.rules import words as rule_words
from tanxin.web.rules.sentence import listed, sentence, span, words_of
from tanxin.web.rules.views import clause_of
from tanxin.web.rules.wording import wording
from tanxin.web.talks import words as talk_words


@require_safe
def show(request: ActorRequest, duty_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    duty = duty_for(actor, duty_id, Permission.DUTY_VIEW, on=today)
    names = directory_of(request)
    relations = relations_to(actor, duty)
    may_propose = decide(Permission.TALK_PROPOSE, relations).allowed
    talks = list(talks_for_duty(actor, duty.pk))
    shown: dict[str, Any] = {
        "duty": duty,
        "line": duty_line(actor, duty, names, today),
        "whom": name_of_subject(duty, names),
        "via": via(duty, names),
        "may_propose": may_propose and duty.state == DutyState.OPEN,
        "planned": next((talk.pk for talk in talks if talk.state in PLANNED), None),
        "course": list(course(duty, talks, today)),
        "today": today,
        "known": may_know_reason(actor, duty),
        **set_aside(actor, duty, relations, today),
    }
    if shown["known"]:
        shown |= reason(why_of(duty), duty, names)
    return render(request, "duties/why.html", shown)


def set_aside(
    actor: Actor, duty: DutyRow, relations: frozenset[Relation], today: date
) -> dict[str, object]:
    """Whether it need not be met, and who else may hold the talk for the one who owes it."""
    asked = open_waiver_request(duty) if duty.state == DutyState.OPEN else None
    knows = asked and (
        asked.asked_by_id == actor.person_id or may_decide_waiver(actor, asked, on=today)
    )
    is_waived = duty.state == DutyState.WAIVED
    may_read = is_waived and decide(Permission.DUTY_REASON, relations).allowed
    return {
        "asked_waiver": asked.pk if asked and knows else None,
        "may_waive": duty.state == DutyState.OPEN
        and not asked
        and decide(Permission.WAIVER_ASK, relations).allowed,
        "waiver": waiver_of(duty) if is_waived else None,
        "waiver_reason": waiver_reason(actor, duty.pk) if may_read else "",
        "delegates": delegates_of(duty, today),
    }


def via(duty: DutyRow, names: Directory) -> tuple[str, str]:
    """The team, unit or branch the duty rests on, with its page; empty for a contact."""
    team = names.team_name(duty.via)
    if team != NOBODY:
        return team, reverse("org:team", args=[duty.via])
    unit = names.unit_name(duty.via)
    return (unit, reverse("org:unit", args=[duty.via])) if unit else ("", "")


def reason(found: Why, duty: DutyRow, names: Directory) -> dict[str, object]:
    named = wording(own_words(adopted_packs(duty.realm_id)))
    return {
        "clauses": [clause_of(cite) for cite in found.rule.cites],
        "verified": found.explained.is_verified,
        "sentence": sentence(found.rule, duty.opens, named),
        "numbers": list(numbers(found)),
        "grounds": [ground_row(ground, names) for ground in found.grounds],
        "occasion": occasion_row(found.occasion, names) if found.occasion else None,
        "channels": listed(words_of(rule_words.CHANNELS, found.rule.channels)),
        "form": rule_words.word(rule_words.FORMS, found.rule.form),
    }


def numbers(found: Why) -> Iterator[tuple[str, str]]:
    """The parameters of the clause with the values that were in force."""
    labels = {
        "at_least": _("Talks wanted in the period"),
        "newcomer_days": _("Days that must be left for whoever comes in"),
        "within": _("Time after the occasion"),
        "before": _("Time before the occasion"),
    }
    for name, value in found.explained.numbers.items():
        if name in labels:
            yield labels[name], in_words(value)
    if found.rule.terms and found.rule.terms.pro_rata:
        days = (found.explained.due - found.explained.opens).days + 1
        said = _("%(n)s days count; talks are owed in proportion to them, rounded up")
        yield _("Pro rata"), said % {"n": days}


def in_words(value: str) -> str:
    number, _underline, unit = value.partition("_")
    return span(int(number), unit) if unit else number


def ground_row(ground: Ground, names: Directory) -> dict[str, object]:
    kind, text = fact_words(ground, names)
    return {
        "person_id": ground.person_id,
        "kind": kind,
        "text": text,
        "start": ground.fact.start,
        "end": ground.fact.end,
        "source": ground.line.source if ground.line else "",
        "corrected": ground.line is None,
    }


def occasion_row(occasion: Occasion, names: Directory) -> dict[str, object]:
    return {
        "kind": rule_words.word(rule_words.EVENTS, occasion.kind),
        "on": occasion.on,
        "source": occasion.source,
        "person": names.name(occasion.person_id) if occasion.person_id else "",
    }


def course(duty: DutyRow, talks: Iterable[TalkRow], today: date) -> Iterator[dict[str, object]]:
    """What has happened to the duty; the talks are those of which the reader may know."""
    yield {"text": _("The time for it begins"), "on": duty.opens, "when": duty.opens.isoformat()}
    for talk in talks:
        yield talk_entry(talk)
    if duty.met_on:
        yield {
            "text": _("Held: the duty is met"),
            "on": duty.met_on,
            "when": duty.met_on.isoformat(),
            "tone": "good",
            "icon": "check",
        }
    if duty.state in ENDS:
        yield {"text": ENDS[DutyState(duty.state)], "tone": ENDS_TONE[DutyState(duty.state)]}
    if duty.state == DutyState.OPEN:
        yield {
            "text": _("Last day"),
            "on": duty.due,
            "when": duty.due.isoformat(),
            "tone": "late" if standing(duty, today) == "late" else "rest",
            "icon": "calendar-due",
        }


def talk_entry(talk: TalkRow) -> dict[str, object]:
    day = timezone.localdate(talk.held_at or talk.planned_for)
    return {
        "text": _("Talk: %(state)s") % {"state": talk_words.STATES[talk.state]},
        "on": day,
        "when": day.isoformat(),
        "url": reverse("talks:talk", args=[talk.pk]),
        "tone": "info",
        "icon": "messages",
    }


PLANNED = {TalkState.PROPOSED, TalkState.AGREED}
ENDS = {
    DutyState.CONFIRMED: words.STATES["confirmed"],
    DutyState.CONTESTED: words.STATES["contested"],
    DutyState.WAIVED: words.STATES["waived"],
    DutyState.WITHDRAWN: words.STATES["withdrawn"],
}
ENDS_TONE = {
    DutyState.CONFIRMED: "good",
    DutyState.CONTESTED: "warn",
    DutyState.WAIVED: "rest",
    DutyState.WITHDRAWN: "rest",
}
