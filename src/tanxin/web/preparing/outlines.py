"""Outlines: the initiator's own for one talk, and those of the organisation by kind and type."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanxin.apps.archive.services import VersionMoved, open_texts
from tanxin.apps.talks import services
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.outlines import (
    OutlineForbidden,
    drop_outline,
    may_edit,
    outlines_of,
    set_outline,
)
from tanxin.apps.talks.selectors import outline_of
from tanxin.core.access import Actor, Permission
from tanxin.web.named_form import NamedForm
from tanxin.web.preparing.shipped import outline_for
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks.forms import words
from tanxin.web.talks.kinds import kind_choices, kind_name

DOT = "."


class OwnForm(NamedForm):
    text = words(gettext_lazy("My outline"), rows=12)


class LibraryForm(NamedForm):
    text = words(
        gettext_lazy("Outline"),
        rows=12,
        help_text=gettext_lazy("One point a line. Everybody who leads such a talk starts from it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """Begins with what the organisation has for the kind; what is kept is the author's alone."""
    actor = request.actor
    talk = talk_for(actor, talk_id, Permission.TALK_PREPARE)
    form = OwnForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        known = outline_of(actor, talk_id)
        text = open_texts(actor, [known.pk], "author")[known.pk] if known else ""
        form = OwnForm(initial={"text": text or outline_for(talk.realm_id, talk.kind, talk.type)})
    elif form.is_valid():
        try:
            services.write_outline(
                actor, talk_id, text=form.cleaned_data["text"], at=timezone.now()
            )
        except VersionMoved:
            form.add_error("text", _("Another window has just kept an outline. Save once more."))
        else:
            messages.success(request, _("Outline kept. Nobody else can open it."))
            return go_to(request, "preparing:sheet", talk_id)
    shown = {"talk": talk, "kind": kind_name(talk), "form": form}
    return render(request, "preparing/outline.html", shown, status=422 if form.is_bound else 200)


@require_safe
def library(request: ActorRequest) -> HttpResponse:
    realm = request.actor.realm_id
    own = outlines_of(realm)
    lines: list[dict[str, Any]] = []
    for value, name in kinds(request.actor):
        kind, _sign, type_id = value.partition("/")
        lines.append(
            {
                "of": value.replace("/", DOT),
                "name": name,
                "text": outline_for(realm, kind, type_id),
                "own": own.get((kind, type_id)),
            }
        )
    shown = {"lines": lines, "may_edit": may_edit(request.actor)}
    return render(request, "preparing/library.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, of_kind: str) -> HttpResponse:
    """The organisation's own; what was shipped is there again once it is given up."""
    actor = request.actor
    name = dict(kinds(actor)).get(of_kind.replace(DOT, "/"))
    if name is None:
        raise Http404
    if not may_edit(actor):
        raise OutlineForbidden(of_kind)
    kind, _sign, type_id = of_kind.partition(DOT)
    if "shipped" in request.POST:
        drop_outline(actor, kind, type_id, at=timezone.now())
        messages.success(request, _("The outline that comes with the program holds again."))
        return go_to(request, "preparing:library")
    form = LibraryForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        form = LibraryForm(initial={"text": outline_for(actor.realm_id, kind, type_id)})
    elif form.is_valid():
        set_outline(actor, kind, type_id, text=form.cleaned_data["text"], at=timezone.now())
        messages.success(request, _("Saved. Who prepares such a talk starts from it."))
        return go_to(request, "preparing:library")
    return show_edit(request, form, name, is_own=(kind, type_id) in outlines_of(actor.realm_id))


def show_edit(request: ActorRequest, form: Form, name: str, *, is_own: bool) -> HttpResponse:
    shown = {"form": form, "name": name, "is_own": is_own}
    return render(
        request, "preparing/library_edit.html", shown, status=422 if form.is_bound else 200
    )


def kinds(actor: Actor) -> list[tuple[str, str]]:
    return kind_choices(actor.realm_id, timezone.localdate())
