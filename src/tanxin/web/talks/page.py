"""What the page of one talk shows: facts, its course, and what this person may do now."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import date as date_text
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tanxin.apps.archive.access import AUTHORS_OWN
from tanxin.apps.archive.selectors import records_about
from tanxin.apps.audit.selectors import LogLine, leaves_for
from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.delegating import principals_of
from tanxin.apps.org.directory import Directory
from tanxin.apps.retention.belonging import disposed_at
from tanxin.apps.talks import selectors
from tanxin.apps.talks.access import relations_to
from tanxin.apps.talks.assisting import accepted_entry, records_of_entry, waiting_entry
from tanxin.apps.talks.beforehand import is_to_come
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.content import let_read
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.core.lifecycle import CALLED_OFF, UNTOLD, TalkState
from tanxin.web.directory import directory_of
from tanxin.web.openings import openings
from tanxin.web.requests import ActorRequest
from tanxin.web.sheets.on_page import sheet_of, word_of
from tanxin.web.talks import forms, words
from tanxin.web.talks.beside import shown_beside
from tanxin.web.talks.kinds import kind_name, manner_facts
from tanxin.web.talks.showing import people_of, places_for, state_for, waits_for

A_YEAR = timedelta(days=365)
PLANNED = {TalkState.APPROVING, TalkState.PROPOSED, TalkState.AGREED}


def show_talk(
    request: ActorRequest, talk: TalkRow, *, status: int = 200, problem: str = "", **bound: Form
) -> HttpResponse:
    """The page; ``bound`` are forms that were refused, by the name of their verb."""
    actor, conduct = request.actor, conduct_of(talk)
    names = directory_of(request)
    relations = relations_to(actor, talk)
    is_party = decide(Permission.RECORD_OPEN, relations).allowed
    is_side = decide(Permission.TALK_ANSWER, relations).allowed
    kept = list(records_about(actor, talk.pk, ["record", "remark", "reason", *AUTHORS_OWN]))
    record = next((one for one in kept if one.kind == "record"), None)
    duty_ids = selectors.duties_of(talk)
    stands = standing(talk, record, actor)
    shown = {
        "talk": talk,
        "title": people_of(actor, talk, names),
        "initiator": names.label(talk.initiator_id),
        "subject": names.label(talk.subject_id),
        "kind": kind_name(talk),
        "grade": words.GRADES[conduct.grade],
        "manner": manner_facts(conduct),
        "channel": words.CHANNELS[talk.channel],
        "place": place_for(actor, talk, relations),
        "label": state_for(actor, talk),
        "waiting": waits_for(actor, talk, timezone.now()) if acts(relations) else "",
        "standing": stands,
        "receipts": answers(actor, talk),
        "entries": course(
            leaves_for(talk.realm_id, talk.pk),
            names,
            actor.person_id if actor.person_id == talk.subject_id else None,
        ),
        "duties": visible_duties(actor).filter(pk__in=duty_ids).select_related("rule"),
        "principals": principals_of(
            talk.realm_id,
            talk.initiator_id,
            duty_ids,
            timezone.localdate(talk.held_at or talk.planned_for),
        ),
        "is_party": is_side,
        "is_side": is_side,
        "has_text": is_party
        and (stands or (is_side and (talk.state in CALLED_OFF or talk.because_id))),
        "has_memo": is_side and any(one.kind in notes_of(talk, actor) for one in kept),
        "leads": Relation.INITIATOR in relations,
        "actions": actions(actor, talk, bound) if is_side else approving(relations, talk, bound),
        "may_write": Relation.INITIATOR in relations and talk.state not in CALLED_OFF | UNTOLD,
        "may_prepare": Relation.INITIATOR in relations and is_to_come(talk),
        "may_name_topics": Relation.SUBJECT in relations and is_to_come(talk),
        "written": stands is not None,
        "sheet": sheet_of(relations, talk),
        "word_url": word_of(actor, relations, talk),
        "today": timezone.localdate(),
        "papers": papers_of(actor, talk, record) if is_side else [],
        "disposed_at": disposed(talk),
        "keeps": decide(Permission.HOLD_SET, actor.standing).allowed,
        "problem": problem,
        **shown_beside(talk, names, may_name=Relation.INITIATOR in relations),
    }
    if is_side:
        shown["let_read"] = list(let_read(talk.pk, actor))
    elif decide(Permission.CONTENT_ASK, relations).allowed:
        shown["may_ask_to_read"] = record is not None and not is_party
    if is_side and record is not None:
        written = [one.pk for one in kept if one.kind not in AUTHORS_OWN]
        entry = accepted_entry(talk)
        if entry is not None:
            written += records_of_entry(actor, entry)
            shown |= {"typist": entry.entered_by_id, "typed_at": entry.entered_at}
        shown |= openings(actor, written, names)
    return render(request, "talks/talk.html", shown, status=status)


def place_for(actor: Actor, talk: TalkRow, relations: frozenset[Relation]) -> str:
    """Where it is to be, for all who will be there."""
    goes_there = relations & {Relation.COMPANION, Relation.RECORDER}
    found = selectors.places([talk]) if goes_there else places_for(actor, [talk])
    return found.get(talk.pk, "")


def acts(relations: frozenset[Relation]) -> bool:
    """Whether something can be the reader's turn, and not only be watched."""
    return bool(
        relations & {Relation.INITIATOR, Relation.SUBJECT, Relation.APPROVER, Relation.ENDORSER}
    )


def disposed(talk: TalkRow) -> datetime | None:
    """Only of an old talk it is worth asking: nothing is kept for less than a year."""
    return disposed_at(talk) if timezone.now() - talk.planned_for > A_YEAR else None


def papers_of(
    actor: Actor, talk: TalkRow, record: selectors.RecordRow | None
) -> list[tuple[str, Promise]]:
    """What can be taken out on paper now, by this side."""
    leads = talk.initiator_id == actor.person_id
    there = {
        "notice": talk.held_at is None and talk.state not in CALLED_OFF,
        "sheet": leads and record is None and talk.state not in CALLED_OFF,
        "record": record is not None,
    }
    return [(name, words.PAPERS[name]) for name, is_there in there.items() if is_there]


def answers(actor: Actor, talk: TalkRow) -> list[dict[str, Any]]:
    """What the actor has said to the record as its subject: for each there is a receipt."""
    if talk.subject_id != actor.person_id:
        return []
    return [
        {
            "id": said.pk,
            "said_at": said.said_at,
            "version": said.version.number,
            "text": words.STANDINGS[said.verdict][0],
        }
        for said in reversed(selectors.said_about(talk))
    ]


def standing(
    talk: TalkRow, record: selectors.RecordRow | None, actor: Actor
) -> dict[str, Any] | None:
    """How the record is to be quoted to this reader, or None while there is none."""
    found = standing_of(talk) if talk.group_id else None
    if record is not None and found is None:
        found = selectors.standing_of_record(talk, record)
    if found is None:
        return None
    text, tone = words.STANDINGS[found.state]
    if talk.subject_id == actor.person_id:
        text = words.TO_HIMSELF.get(found.state, text)
    proxy = words.proxy_of(found.state, found.proxy)
    return {"is": found, "text": text, "tone": tone, "talk": talk, "proxy": proxy}


def actions(actor: Actor, talk: TalkRow, bound: dict[str, Form]) -> dict[str, Form]:
    """A form for every verb that this side of the talk may use now."""
    seen = {"seen": talk.steps}
    possible: dict[str, Form] = {}
    if TalkState(talk.state) not in PLANNED:
        return possible
    if talk.state == TalkState.PROPOSED and talk.proposed_by_id != actor.person_id:
        possible["agree"] = forms.SeenForm(initial=seen)
        possible["refuse"] = forms.ReasonForm(initial=seen, prefix="refuse")
    if talk.initiator_id == actor.person_id and to_prepare(talk):
        possible["prepare"] = forms.SeenForm(initial=seen)
    holds = talk.initiator_id == actor.person_id and talk.group_id is None
    if holds and talk.state != TalkState.APPROVING and not waiting_entry(talk):
        began = forms.probably_held(talk.planned_for, timezone.now())
        possible["hold"] = forms.HoldForm(initial={**seen, "held_at": began}, prefix="hold")
    # Who leads a group moves it for all of them, on its own page.
    if talk.group_id is None or talk.subject_id == actor.person_id:
        possible["move"] = forms.MoveForm(
            initial={**seen, "planned_for": timezone.localtime(talk.planned_for)}, prefix="move"
        )
    possible["cancel"] = forms.ReasonForm(initial=seen, prefix="cancel")
    return {name: bound.get(name, form) for name, form in possible.items()}


def to_prepare(talk: TalkRow) -> bool:
    return talk.prepared_at is None and bool(conduct_of(talk).preparation)


def approving(
    relations: frozenset[Relation], talk: TalkRow, bound: dict[str, Form]
) -> dict[str, Form]:
    """For who may say yes or no before the subject is asked, until the talk moves on."""
    if Relation.APPROVER not in relations or talk.state != TalkState.APPROVING:
        return {}
    seen = {"seen": talk.steps}
    return {
        "approve": forms.SeenForm(initial=seen),
        "deny": bound.get("deny") or forms.ReasonForm(initial=seen, prefix="deny"),
    }


def course(lines: list[LogLine], names: Directory, subject: UUID | None) -> list[dict[str, object]]:
    """The log of the talk as a timeline; it holds facts of the course and no text.

    ``subject`` is the reader, where it is the subject who reads.
    """
    entered = entered_as_held(lines)
    return [
        {
            "on": line.at,
            "when": date_text(timezone.localtime(line.at), "Y-m-d H:i"),
            "who": names.name(line.person_id) if line.person_id else _("the system"),
            "text": words.HELD_BEFORE if line.seq in entered else words.EVENTS[line.event][0],
            "icon": words.EVENTS[line.event][1],
            "tone": words.EVENTS[line.event][2],
            "note": note(line, names, subject),
        }
        for line in lines
        if line.event in words.EVENTS and not (entered and line.event == "talk.proposed")
    ]


def entered_as_held(lines: list[LogLine]) -> frozenset[int]:
    """The line that says it was held, where the talk was written down only after it."""
    told = [line for line in lines if line.event in words.EVENTS][:2]
    if [line.event for line in told] != ["talk.proposed", "talk.held"]:
        return frozenset()
    meant = parse_datetime(str(told[0].detail.get("planned_for") or ""))
    return frozenset({told[1].seq}) if meant and meant < told[0].at else frozenset()


def note(line: LogLine, names: Directory, subject: UUID | None) -> str:
    """What a line of the log adds in words: the time proposed, the version, the verdict."""
    detail = line.detail
    if moment := parse_datetime(str(detail.get("held_at") or detail.get("planned_for") or "")):
        return date_text(timezone.localtime(moment), "Y-m-d H:i")
    if detail.get("late"):
        return _("Version %(number)s, entered late") % {"number": detail["version"]}
    if "verdict" in detail:
        by_me = subject is not None and line.person_id == subject
        yours = by_me and detail["verdict"] == "confirmed"
        return str(words.CONFIRMED_BY_YOU if yours else words.STANDINGS[str(detail["verdict"])][0])
    if person := detail.get("assistant") or detail.get("witness"):
        return names.name(UUID(str(person)))
    if "version" in detail:
        return _("Version %(number)s") % {"number": detail["version"]}
    return ""


def notes_of(talk: TalkRow, actor: Actor) -> tuple[str, ...]:
    """What the page calls a memo: to the subject also an outline, of which no more is told."""
    return ("memo",) if talk.initiator_id == actor.person_id else AUTHORS_OWN
