"""What an organiser follows up: rows without content, and what is done to many of them at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tanxin.apps.issues import selectors
from tanxin.apps.issues.follow_ups import followers_of, reminded_on
from tanxin.apps.issues.listing import parts_of
from tanxin.apps.issues.selectors import IssueRow
from tanxin.apps.issues.services import following_up as following
from tanxin.apps.issues.services.following_up import NotAnOrganiser, organisers
from tanxin.apps.org.directory import Directory
from tanxin.core.access import Actor
from tanxin.web.issues import words
from tanxin.web.issues.lines import Line, weight_of
from tanxin.web.requests import ActorRequest, go_to

TURNS: dict[str, Promise] = {
    "led": _("who leads it"),
    "owner": _("the owner"),
    "verifier": _("the verifier"),
    "other": _("somebody who was asked"),
}
FAR = date.max


def process_lines(
    actor: Actor, issues: list[IssueRow], dues: dict[UUID, date], today: date
) -> list[Line]:
    """Neither kind nor person of the talk, nor when it was; the first due first."""
    realm_id = actor.realm_id
    parts, followers = parts_of(realm_id, issues), followers_of(realm_id, issues)
    reminded = reminded_on(realm_id, issues)
    lines = [
        process_line(issue, parts.get(issue.pk, {}), dues.get(issue.pk), today) for issue in issues
    ]
    told = [
        replace(line, follower_id=followers.get(line.id), reminded_on=reminded.get(line.id))
        for line in lines
    ]
    return sorted(told, key=lambda line: (not line.is_late, line.due or FAR, line.number))


def process_line(issue: IssueRow, parts: dict[UUID, str], due: date | None, today: date) -> Line:
    is_late = selectors.is_overdue(issue.state, due, today)
    owner = next((person for person, role in parts.items() if role == "owner"), None)
    return Line(
        id=issue.pk,
        kind="",
        number=words.number_of(issue.pk),
        held_on=None,
        owner_id=owner,
        state="late" if is_late else issue.state,
        label=_("overdue") if is_late else words.STATES[issue.state],
        to_do=None,
        person_id=None,
        due=due,
        is_late=is_late,
        unit_id=issue.unit_id,
        turn=turn_of(issue, parts),
        **weight_of(issue),
    )


def turn_of(issue: IssueRow, parts: dict[UUID, str]) -> Promise | str:
    """Whose step is next, by his part and not by his name."""
    if issue.waiting_for_id is None:
        return ""
    if issue.waiting_for_id == issue.led_by_id:
        return TURNS["led"]
    return TURNS.get(parts.get(issue.waiting_for_id, ""), TURNS["other"])


def followers_to_choose(actor: Actor, directory: Directory) -> list[tuple[UUID, str]]:
    people = organisers(actor.realm_id, on=timezone.localdate())
    return sorted(((one, directory.name(one)) for one in people), key=lambda pair: pair[1])


@require_POST
def many(request: ActorRequest) -> HttpResponse:
    """One form over the list, with a button for each act."""
    issue_ids = [one for one in map(read_id, request.POST.getlist("issue")) if one]
    acts: dict[str, Callable[[ActorRequest, list[UUID]], HttpResponse]] = {
        "remind": remind,
        "print": on_paper,
    }
    following.must_organise(request.actor)
    if not issue_ids:
        messages.warning(request, gettext("Nothing is chosen. Tick the rows first."))
        return back(request)
    return acts.get(request.POST.get("act", ""), follow)(request, issue_ids)


def follow(request: ActorRequest, issue_ids: list[UUID]) -> HttpResponse:
    person_id = read_id(request.POST.get("follower", ""))
    try:
        act = following.follow_up(request.actor, issue_ids, person_id, at=timezone.now())
    except NotAnOrganiser:
        messages.error(request, gettext("Choose an organiser from the list."))
        return back(request)
    said = ngettext("%(count)s issue given.", "%(count)s issues given.", act.count)
    undo = reverse("issues:unfollow", args=[act.id])
    messages.success(request, said % {"count": act.count}, extra_tags=f"undo {undo}")
    return back(request)


def remind(request: ActorRequest, issue_ids: list[UUID]) -> HttpResponse:
    act = following.remind(request.actor, issue_ids, at=timezone.now())
    if not act.count:
        messages.info(
            request,
            gettext("Nobody was reminded: it was done today already, or nothing waits."),
        )
        return back(request)
    said = ngettext(
        "Reminded of %(count)s issue. It stands on the page of what is to do, and once in the"
        " day's message.",
        "Reminded of %(count)s issues. They stand on the page of what is to do, and once in the"
        " day's message.",
        act.count,
    )
    undo = reverse("issues:unremind", args=[act.id])
    messages.success(request, said % {"count": act.count}, extra_tags=f"undo {undo}")
    return back(request)


def on_paper(request: ActorRequest, issue_ids: list[UUID]) -> HttpResponse:
    now = timezone.now()
    issues = following.note_printed(request.actor, issue_ids, at=now)
    dues = selectors.dues_of(request.actor.realm_id, issues)
    today = timezone.localdate()
    page = {
        "lines": process_lines(request.actor, issues, dues, today),
        "today": today,
        "by": request.actor.person_id,
    }
    return render(request, "issues/paper.html", page)


@require_POST
def unfollow(request: ActorRequest, act: UUID) -> HttpResponse:
    following.unfollow(request.actor, act, at=timezone.now())
    messages.success(request, gettext("Taken back."))
    return back(request)


@require_POST
def unremind(request: ActorRequest, act: UUID) -> HttpResponse:
    following.unremind(request.actor, act, at=timezone.now())
    messages.success(request, gettext("Taken back."))
    return back(request)


def back(request: ActorRequest) -> HttpResponse:
    """To the list as it was; what is not one of ours becomes the plain list."""
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query["show"] = "process"
    return go_to(request, f"{reverse('issues:mine')}?{query.urlencode()}")


def read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
