"""Naming somebody who may hold talks for oneself, and approving it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.duties import delegating
from tanxin.apps.duties.deciding import DecidedAlready, DecisionForbidden
from tanxin.apps.duties.tasks import derive_changed
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.day_field import day
from tanxin.web.directory import directory_of
from tanxin.web.duties.exempting import LONGEST, AnswerForm
from tanxin.web.duties.words_asked import TONES, VERDICTS
from tanxin.web.issues.people import PersonField
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to

ONE_DAY = timedelta(days=1)


class DelegateForm(ChoosingForm):
    person = PersonField(label=gettext_lazy("Who is to talk for me"))
    rule = forms.ChoiceField(label=gettext_lazy("Which talks"), required=False)
    first = day(gettext_lazy("First day"))
    last = day(gettext_lazy("Last day"))
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[readable],
    )

    def __init__(self, *args: Any, rules: list[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        field = self.fields["rule"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("all that may be delegated")), *rules]


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    rules = titles(request, today)
    form = DelegateForm(
        request.POST or None,
        directory=directory_of(request),
        rules=list(rules.items()),
        initial={"first": today},
    )
    if form.is_bound and not form.is_looking and form.is_valid():
        row = asked(request, form, today)
        if row is not None:
            messages.success(request, _("Asked. It holds once somebody above you approves it."))
            return go_to(request, "duties:delegation", row.pk)
    refused = form.is_bound and not form.is_looking
    shown = {"form": form, "rules": rules, "who": actor.person_id}
    return render(request, "duties/delegate.html", shown, status=422 if refused else 200)


def titles(request: ActorRequest, today: date) -> dict[str, str]:
    language = "en" if get_language() == "en" else "zh"
    return {
        rule.id: getattr(rule.title, language)
        for rule in delegating.delegable_rules(request.actor.realm_id, today)
    }


def asked(
    request: ActorRequest, form: DelegateForm, today: date
) -> delegating.DelegationAsked | None:
    data = form.cleaned_data
    try:
        return delegating.ask_delegation(
            request.actor,
            data["person"],
            rule=data["rule"],
            start=data["first"],
            end=data["last"] + ONE_DAY,
            reason=data["reason"],
            on=today,
            at=timezone.now(),
        )
    except delegating.DelegateNotFit:
        form.add_error("person", _("Name somebody else of the organisation."))
    except delegating.RuleNotDelegable:
        form.add_error("rule", _("The rules in force let nobody hold these talks for you."))
    except delegating.SpanNotFit:
        form.add_error("last", _("The last day must lie ahead, and within a year of the first."))
    return None


@require_safe
def page(request: ActorRequest, delegation_id: UUID) -> HttpResponse:
    row = delegating.delegation_request_for(request.actor, delegation_id, on=timezone.localdate())
    return show(request, row, AnswerForm())


def show(
    request: ActorRequest, row: delegating.DelegationAsked, form: AnswerForm, problem: str = ""
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    said, answer = delegating.delegation_words(row)
    decides = delegating.may_decide_delegation(actor, row, on=today)
    held = row.delegation
    runs = held is not None and held.voided_at is None and (held.end is None or held.end > today)
    shown: dict[str, Any] = {
        "row": row,
        "rule": titles(request, today).get(row.rule, row.rule),
        # The delegate need not know why the principal is away.
        "said": "" if actor.person_id == row.delegate_id else said,
        "answer": answer,
        "last": delegating.last_day_of(row),
        "gone": held is not None and held.voided_at is not None,
        "state": VERDICTS[row.verdict],
        "tone": TONES[row.verdict],
        "decides": decides and not row.verdict,
        "may_end": (runs and (decides or row.asked_by_id == actor.person_id))
        or (not row.verdict and row.asked_by_id == actor.person_id),
        "to_hold": delegating.duties_to_hold_for(row, today)
        if actor.person_id == row.delegate_id
        else [],
        "today": today,
        "form": form,
        "problem": problem,
    }
    refused = problem or form.errors
    return render(request, "duties/delegation.html", shown, status=422 if refused else 200)


@require_POST
def approve(request: ActorRequest, delegation_id: UUID) -> HttpResponse:
    return act(
        request,
        delegation_id,
        lambda: delegating.approve_delegation(
            request.actor, delegation_id, on=timezone.localdate(), at=timezone.now()
        ),
        _("Approved. The talks count for the one who delegates."),
    )


@require_POST
def refuse(request: ActorRequest, delegation_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = delegating.delegation_request_for(request.actor, delegation_id, on=today)
    if not delegating.may_decide_delegation(request.actor, row, on=today):
        raise DecisionForbidden(delegation_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, row, form)
    return act(
        request,
        delegation_id,
        lambda: delegating.refuse_delegation(
            request.actor,
            delegation_id,
            answer=form.cleaned_data["answer"],
            on=today,
            at=timezone.now(),
        ),
        _("Not approved; who asked reads why."),
    )


@require_POST
def end(request: ActorRequest, delegation_id: UUID) -> HttpResponse:
    return act(
        request,
        delegation_id,
        lambda: delegating.end_delegation(
            request.actor, delegation_id, on=timezone.localdate(), at=timezone.now()
        ),
        _("It ends today."),
    )


def act(
    request: ActorRequest,
    delegation_id: UUID,
    verb: Callable[[], delegating.DelegationAsked],
    done: str,
) -> HttpResponse:
    try:
        row = verb()
    except DecidedAlready:
        problem = _("This was decided in the meantime.")
    except delegating.FactOverlaps:
        problem = _("The same is delegated for some of these days already.")
    except delegating.FactEndsBeforeStart:
        problem = _("It has ended already.")
    else:
        if row.delegation_id:
            touched = [str(row.asked_by_id)]
            derive_changed.enqueue(str(request.actor.realm_id), touched, "delegation changed")
        messages.success(request, done)
        return go_to(request, "duties:delegation", delegation_id)
    row = delegating.delegation_request_for(request.actor, delegation_id, on=timezone.localdate())
    return show(request, row, AnswerForm(), problem)
