"""Answers to everybody: those one may read, those one wrote or reviews, and a new one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanxin.apps.issues.common.access import CommonNotFound, CommonRow, common_for
from tanxin.apps.issues.feedback.writing import Statement
from tanxin.apps.issues.replies.access import (
    ReplyForbidden,
    ReplyRow,
    led_units,
    may_write,
    own_replies,
    published_replies,
)
from tanxin.apps.issues.replies.writing import opened_all, reviewers_for, write_reply
from tanxin.core.access import Actor, Permission
from tanxin.web.directory import directory_of
from tanxin.web.feedback import words
from tanxin.web.feedback.choosing import people, places, unit_choices
from tanxin.web.feedback.forms import Choices, ReplyForm
from tanxin.web.feedback.marking import looked_at
from tanxin.web.feedback.refusing import UNPROCESSABLE, attempt
from tanxin.web.issues.kinds import KindNames
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest, go_to

TABS: dict[str, Promise] = {
    "published": gettext_lazy("To everybody"),
    "mine": gettext_lazy("Written or reviewed by me"),
}


@dataclass(frozen=True, slots=True)
class Line:
    id: UUID
    title: str
    kind: str
    unit_id: UUID | None
    state: str
    label: Promise
    at: datetime


def lines(actor: Actor, rows: list[ReplyRow]) -> list[Line]:
    kinds, texts = KindNames(actor.realm_id), opened_all(rows)
    return [
        Line(
            row.pk, texts[row.pk].title, kinds[row.kind], row.unit_id, row.state,
            words.REPLIES[row.state], row.published_at or row.written_at,
        )
        for row in rows
    ]  # fmt: skip


@require_safe
def replies(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    show = "mine" if request.GET.get("show") == "mine" else "published"
    rows = own_replies(actor) if show == "mine" else published_replies(actor, on=today)
    order = ("-written_at", "-id") if show == "mine" else ("-published_at", "-id")
    page = page_of(rows, order=order, cursor=request.GET.get("cursor", ""))
    shown = {
        "tabs": TABS.items(),
        "show": show,
        "page": page,
        "lines": lines(actor, page.rows),
        "may_write": writes(actor, today),
    }
    return render(request, "feedback/replies.html", shown)


def writes(actor: Actor, today: date) -> bool:
    return may_write(actor, None, on=today) or bool(led_units(actor, on=today))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    if not writes(actor, today):
        raise ReplyForbidden
    common = common_named(request)
    form = ReplyForm(
        request.POST or None,
        choices=choices_for(request, today),
        initial={"kind": common.kind, "unit": common.unit_id} if common else {},
    )
    page: dict[str, object] = {"form": form}
    if request.method != "POST":
        return render(request, "feedback/reply_new.html", page)
    if not form.is_valid():
        return render(request, "feedback/reply_new.html", page, status=UNPROCESSABLE)
    data, made = dict(form.cleaned_data), []

    def step() -> None:
        reply = write_reply(
            actor,
            Statement(data["text"], frozenset(data["kept"])),
            title=data["title"],
            kind=data["kind"],
            unit=data["unit"],
            reviewer=data["reviewer"],
            common=common.pk if common else None,
            form=data["form"],
            at=timezone.now(),
        )
        made.append(reply.pk)

    tried = attempt(form, step)
    if made:
        messages.success(request, _("Given to the second person. Nobody else reads it yet."))
        return go_to(request, "feedback:reply", made[0])
    whole = f"{data['title'].strip()}\n{data['text'].strip()}"
    page["looked"] = looked_at(whole, tried.marks, data["kept"])
    return render(request, "feedback/reply_new.html", page, status=tried.status)


def common_named(request: ActorRequest) -> CommonRow | None:
    """The common issue that is answered, where another page led here for it."""
    try:
        key = UUID(request.GET.get("common", ""))
        return common_for(request.actor, key, Permission.COMMON_DECIDE)
    except (ValueError, CommonNotFound):
        return None


def choices_for(request: ActorRequest, today: date) -> dict[str, Choices]:
    actor, names = request.actor, directory_of(request)
    led = led_units(actor, on=today)
    every = may_write(actor, None, on=today)
    units = places(names, reversed(list(names.units))) if every else unit_choices(names, led)
    return {
        "kind": KindNames(actor.realm_id).choices(),
        "unit": units,
        "reviewer": people(names, reviewers_for(actor, on=today)),
    }
