"""Asking somebody for a talk in ten seconds, for oneself or for who has no account."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanxin.apps.org.access import person_for
from tanxin.apps.org.directory import directory
from tanxin.apps.org.selectors.leading import chiefs_of_units, in_charge_of
from tanxin.apps.org.selectors.people import unit_of
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.apps.talks import services
from tanxin.apps.talks.access import request_for
from tanxin.apps.talks.receiving.access import receptions
from tanxin.apps.talks.refusals import AsksForHimself, TalkWithOneself
from tanxin.apps.talks.selectors import RequestRow
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.lifecycle import IllegalMove
from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest
from tanxin.web.talks import forms, words
from tanxin.web.talks.answering import own_topic, sent
from tanxin.web.talks.choosing import uuid_in
from tanxin.web.talks.request_forms import AskForOtherForm


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest) -> HttpResponse:
    """Ask the person of ``?of=``; without one, choose a leader or search for anybody."""
    actor, names = request.actor, directory(request.actor.realm_id)
    person_id = uuid_in(request.GET, "of")
    if person_id is None:
        q = request.GET.get("q", "")
        near = [] if q else levels_of(actor)
        shown: dict[str, Any] = {
            "q": q,
            "found": names.search_people(q),
            "near": [(one, level, names.label(one)) for one, level in near],
            "instead_of": uuid_in(request.GET, "instead"),
            "has_reception": receptions(actor, on=timezone.localdate()).exists(),
            "may_ask_for_others": decide(Permission.REQUEST_FOR_OTHERS, actor.standing).allowed,
        }
        return render(request, "talks/ask_whom.html", shown)
    person_for(actor, person_id, Permission.ORG_VIEW)
    earlier = earlier_request(request)
    topic = own_topic(actor, earlier) if earlier and request.method != "POST" else ""
    form = forms.AskForm(request.POST or None, initial={"topic": topic})
    if request.method == "POST" and form.is_valid():
        try:
            return asked(request, form, person_id, earlier)
        except TalkWithOneself:
            form.add_error(None, _("A talk needs two people."))
        except IllegalMove:
            form.add_error(None, _("The earlier request was answered in the meantime."))
    shown = {
        "form": form,
        "other": names.label(person_id),
        "earlier": names.name(earlier.asked_id) if earlier else "",
    }
    return render(request, "talks/ask.html", shown, status=422 if form.is_bound else 200)


def earlier_request(request: ActorRequest) -> RequestRow | None:
    """The own request of ``?instead=`` whose place this one takes."""
    earlier = uuid_in(request.GET, "instead")
    return request_for(request.actor, earlier, Permission.REQUEST_WITHDRAW) if earlier else None


def asked(
    request: ActorRequest, form: forms.AskForm, person_id: UUID, earlier: RequestRow | None
) -> HttpResponse:
    data = form.cleaned_data
    made = services.ask_for_talk(
        request.actor,
        asked=person_id,
        topic=data["topic"],
        channel=data["channel"],
        form=data["form"],
        instead_of=earlier.pk if earlier else None,
        at=timezone.now(),
    )
    return sent(request, made)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for(request: ActorRequest) -> HttpResponse:
    """For organisers: ask for somebody without an account."""
    services.may_ask_for_others(request.actor)
    form = AskForOtherForm(request.POST or None, directory=directory_of(request))
    if request.method == "POST" and not form.is_looking and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.ask_for_another(
                request.actor,
                asker=data["person"],
                asked=data["asked"],
                topic=data["topic"],
                channel=data["channel"],
                form=data["form"],
                at=timezone.now(),
            )
            return sent(request, made)
        except AsksForHimself:
            form.add_error("person", _("This person has an account and asks with it."))
        except TalkWithOneself:
            form.add_error("asked", _("A talk needs two people, and you are neither of them."))
    refused = form.is_bound and not form.is_looking
    return render(request, "talks/ask_for.html", {"form": form}, status=422 if refused else 200)


def levels_of(actor: Actor) -> list[tuple[UUID, Promise]]:
    """Whom one asks without knowing a name: each person with the level he stands for."""
    today = timezone.localdate()
    unit = unit_of(actor.realm_id, actor.person_id, today) if actor.person_id else None
    if unit is None:
        return []
    above = [node.id for node in unit_tree(actor.realm_id, today).above(unit)]
    chiefs = chiefs_of_units(actor.realm_id, above, today)
    charges = in_charge_of(actor.realm_id, above, today)
    found: dict[UUID, Promise] = {}
    for one in above:
        if one in chiefs:
            found.setdefault(chiefs[one], words.OWN_CHIEF if one == unit else words.CHIEF_ABOVE)
        for person in charges.get(one, []):
            found.setdefault(person, words.IN_CHARGE)
    return [(one, level) for one, level in found.items() if one != actor.person_id]
