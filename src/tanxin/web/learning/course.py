"""Ten minutes for who begins to lead: questions from the rules in force here."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanxin.apps.learning.clauses import Reader, RuleUnder, reader
from tanxin.apps.learning.marks import note_passed, passed_at
from tanxin.core.learning.course import Aspect, Known, Question, missed, questions
from tanxin.core.policy.schema import Channel
from tanxin.web.requests import ActorRequest
from tanxin.web.rules import words
from tanxin.web.rules.sentence import listed, people, when, words_of
from tanxin.web.rules.views import clause_of
from tanxin.web.rules.wording import Wording, title_of, wording

ASKED: dict[Aspect, Promise] = {
    Aspect.PEOPLE: gettext_lazy("Who has to talk with whom?"),
    Aspect.WHEN: gettext_lazy("How often, or by when?"),
    Aspect.CHANNEL: gettext_lazy("In which ways may the talk be held?"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActorRequest) -> HttpResponse:
    today = timezone.localdate()
    known = reader(request.actor, on=today)
    asked = questions(rules_known(known, today))
    answers = answers_in(request.POST, asked) if request.method == "POST" else {}
    left = missed(asked, answers)
    if request.method == "POST" and asked and not left:
        note_passed(request.actor, at=timezone.now())
        messages.success(request, _("All answered as the rules say."))
    rules = {rule.key: rule for rule in known.rules}
    shown = {
        "questions": [
            shown_question(one, rules[one.key], answers if request.method == "POST" else None)
            for one in asked
        ],
        "left": len(left) if request.method == "POST" else 0,
        "passed_at": passed_at(request.actor),
    }
    return render(request, "learning/course.html", shown)


def rules_known(known: Reader, today: date) -> list[Known]:
    named = wording(known.own)
    return [Known(rule.key, said_by(rule, today, named)) for rule in known.rules if rule.rule.terms]


def said_by(rule: RuleUnder, today: date, named: Wording) -> dict[Aspect, str]:
    terms = rule.rule.terms
    if terms is None:
        return {}
    return {
        Aspect.PEOPLE: people(terms, named),
        Aspect.WHEN: when(terms.time, today, named),
        Aspect.CHANNEL: listed(words_of(words.CHANNELS, in_one_order(rule.rule.channels))),
    }


def in_one_order(channels: Iterable[Channel]) -> list[Channel]:
    """Two rules that allow the same ways say so in the same words."""
    allowed = set(channels)
    return [channel for channel in Channel if channel in allowed]


def answers_in(posted: QueryDict, asked: list[Question]) -> dict[str, int]:
    given = {one.name: posted.get(one.name, "") for one in asked}
    return {name: int(said) for name, said in given.items() if said in {"0", "1", "2", "3"}}


def shown_question(
    one: Question, rule: RuleUnder, answers: dict[str, int] | None
) -> dict[str, object]:
    """With the clause once it was answered."""
    given = None if answers is None else answers.get(one.name)
    return {
        "name": one.name,
        "title": title_of(rule.rule.title),
        "asked": ASKED[one.aspect],
        "choices": list(enumerate(one.choices)),
        "given": given,
        "is_answered": answers is not None,
        "is_right": given == one.right,
        "answer": one.choices[one.right],
        "clauses": [clause_of(cite) for cite in rule.rule.cites],
        "rule_id": rule.id,
    }
