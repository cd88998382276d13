"""What every page shows around its content: menu, realm, preferences."""

from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tanxin.apps.org.directory import NOBODY
from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.access import Actor, Role
from tanxin.web.directory import directory_of

THEME_COOKIE = "tanxin_theme"
PRINT_COOKIE = "tanxin_print"
THEMES = ("auto", "light", "dark")


class Entry(TypedDict):
    url: str
    label: str
    icon: str
    active: bool


def shell(request: HttpRequest) -> dict[str, object]:
    actor: Actor | None = getattr(request, "actor", None)
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "actor": actor,
        "nav": menu(request, actor) if actor else [],
        "realm_name": realm_name(actor.realm_id) if actor else "",
        "account_name": own_name(request, actor) if actor else "",
        "account_menu": account_menu(actor) if actor else [],
        "search_url": reverse("org:search") if actor else "",
        "ask_url": reverse("talks:ask") if actor else "",
        "theme": theme if theme in THEMES else "auto",
        "large_print": request.COOKIES.get(PRINT_COOKIE) == "1",
    }


def own_name(request: HttpRequest, actor: Actor) -> str:
    """A dash where the keeper is away and names were not asked for yet: pages say so themselves."""
    try:
        return directory_of(request).name(actor.person_id)
    except (KeeperUnavailable, KeeperRefused):
        return NOBODY


def menu(request: HttpRequest, actor: Actor) -> list[Entry]:
    """At most seven entries, in the order of the practice."""
    match = request.resolver_match
    here = match.namespace if match else ""
    entries = [
        ("home", "home:home", _("To do"), "checklist"),
        ("duties", "duties:mine", _("Duties"), "users"),
        ("talks", "talks:mine", _("Talks"), "messages"),
        ("issues", "issues:mine", _("Issues"), "tool"),
        ("org", "org:chart", _("Organisation"), "sitemap"),
        ("rules", "rules:packs", _("Rules"), "book"),
    ]
    if Role.ORGANISER in actor.roles:
        entries.append(("roster", "roster:start", _("Roster"), "file-import"))
    if Role.AUDITOR in actor.roles:
        entries.append(("audit", "audit:log", _("Log"), "clipboard-list"))
    return [
        Entry(url=reverse(name), label=label, icon=icon, active=area == here)
        for area, name, label, icon in entries
    ]


def account_menu(actor: Actor) -> list[dict[str, object]]:
    """What belongs to the person rather than to a part of the practice; log out is added."""
    entries: list[dict[str, object]] = []
    if actor.person_id:
        own = reverse("org:person", args=[actor.person_id])
        entries.append({"url": own, "label": _("My own page"), "icon": "user"})
    entries.append({"url": reverse("talks:requests"), "label": _("Requests"), "icon": "message-2"})
    overview = reverse("access:overview")
    entries.append({"url": overview, "label": _("Who may see what"), "icon": "lock-open"})
    entries.append({"url": reverse("days:now"), "label": _("Working calendar"), "icon": "calendar"})
    security = reverse("prefs:security")
    entries.append({"url": security, "label": _("Login and security"), "icon": "shield-lock"})
    return entries
