from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tanxin.apps.issues import selectors
from tanxin.core.access import Permission, decide
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.lines import line, watched
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest

BY_WANTED = ("wanted_on", "id")
BY_RAISED = ("-raised_at", "-id")
# Owners and verifiers read a list whose cursor, too, says nothing about when a matter came up.
BY_LAST_WANTED = ("-wanted_on", "-id")

TABS: dict[str, Promise] = {
    "todo": _("Waiting for me"),
    "raised": _("What I raised"),
    "led": _("Raised with me"),
    "helped": _("What I solve or verify"),
}
WATCHED: dict[str, Promise] = {"realm": _("Whole organisation")}


@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """What the actor has to do about issues, and what became of those he has to do with."""
    actor = request.actor
    tabs = TABS | WATCHED if selectors.watches(actor) else TABS
    show = request.GET.get("show", "")
    show = show if show in tabs else "todo"
    issues, order = {
        "realm": (selectors.issues_watched, BY_RAISED),
        "todo": (selectors.issues_waiting_for, BY_WANTED),
        "raised": (selectors.issues_raised_by, BY_RAISED),
        "led": (selectors.issues_led_by, BY_RAISED),
        "helped": (selectors.issues_helped_by, BY_LAST_WANTED),
    }[show]
    page = page_of(issues(actor), order=order, cursor=request.GET.get("cursor", ""))
    names = KindNames(actor.realm_id)
    today, dues = timezone.localdate(), selectors.dues_of(actor.realm_id, page.rows)
    owners = selectors.owners_of(actor.realm_id, page.rows)
    lines = [
        watched(issue, dues.get(issue.pk), today, owners.get(issue.pk))
        if show in WATCHED
        else line(actor, issue, dues.get(issue.pk), today, owners.get(issue.pk), names=names)
        for issue in page.rows
    ]
    shown = {
        "keeps_kinds": decide(Permission.ISSUE_KINDS_EDIT, actor.standing).allowed,
        "tabs": tabs.items(),
        "show": show,
        "watched": show in WATCHED,
        "lines": lines,
        "page": page,
        "today": today,
    }
    return render(request, "issues/mine.html", shown)
