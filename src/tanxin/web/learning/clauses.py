"""The clauses behind the rules in force, and what each of them has the reader do."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.duties.reading.states import DutyRow
from tanxin.apps.learning.clauses import Clause, own_duties_under, reader
from tanxin.apps.learning.marks import own_marks, was_read
from tanxin.core.access import Actor
from tanxin.core.policy import Rule
from tanxin.web.requests import ActorRequest
from tanxin.web.rules.sentence import sentence
from tanxin.web.rules.views import clause_of
from tanxin.web.rules.wording import Wording, title_of, wording


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    known = reader(request.actor, on=timezone.localdate())
    read = own_marks(request.actor)
    documents: dict[tuple[str, int], list[dict[str, object]]] = {}
    for clause in known.clauses.values():
        cite = clause.cite
        documents.setdefault((cite.document, cite.year), []).append({
            **address(clause),
            "place": cite.place,
            "text": cite.clause,
            "rules": len(clause.rules),
            "was_read": ("clause", clause.key) in read,
        })  # fmt: skip
    shown = {
        "documents": [
            {"title": title, "year": year, "clauses": clauses}
            for (title, year), clauses in documents.items()
        ]
    }
    return render(request, "learning/clauses.html", shown)


def address(clause: Clause) -> dict[str, object]:
    return {"pack": clause.pack, "cite": clause.cite.id}


@require_safe
def page(request: ActorRequest, pack_name: str, cite_name: str) -> HttpResponse:
    today = timezone.localdate()
    known = reader(request.actor, on=today)
    clause = known.clause(f"{pack_name}/{cite_name}")
    named = wording(known.own)
    shown = {
        "clause": clause_of(clause.cite),
        "rules": [
            {"id": one.id, "title": title_of(one.rule.title), "said": said_of(one.rule, named)}
            for one in clause.rules
        ],
        "duties": duty_lines(request.actor, own_duties_under(request.actor, clause, on=today)),
        "today": today,
        "what": "clause",
        "key": clause.key,
        "was_read": was_read(request.actor, "clause", clause.key),
    }
    return render(request, "learning/clause.html", shown)


def said_of(rule: Rule, named: Wording) -> str:
    return sentence(rule, timezone.localdate(), named)


def duty_lines(actor: Actor, duties: Iterable[DutyRow]) -> list[dict[str, object]]:
    return [
        {
            "id": duty.pk,
            "who": duty.subject_id if duty.initiator_id == actor.person_id else duty.initiator_id,
            "due": duty.due,
        }
        for duty in duties
    ]
