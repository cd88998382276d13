"""What every page shows around its content: menu, realm, preferences."""

from typing import TypedDict
from uuid import UUID

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
MOST_ENTRIES = 7
# Areas that are reached through another one.
PART_OF = {
    "plans": "duties",
    "events": "org",
    "roster": "org",
    "preparing": "talks",
    "sheets": "talks",
    "echoes": "talks",
    "reception": "talks",
    "feedback": "issues",
    "reports": "appraisal",
    "retention": "appraisal",
    "common": "issues",
    "leads": "issues",
}
# The area it belongs to, the address, the word and the sign.
Link = tuple[str, str, str, str]


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
    """At most seven entries, in the order of the practice, then what one is entrusted with."""
    match = request.resolver_match
    here = PART_OF.get(match.namespace, match.namespace) if match else ""
    folded = {area for area, *_rest in folded_away(actor)}
    return [
        Entry(url=url, label=label, icon=icon, active=area == here)
        for area, url, label, icon in (*practice(), *entrusted(actor))
        if area not in folded
    ]


def folded_away(actor: Actor) -> list[Link]:
    """What moves to the account menu where there would be more than seven: what changes least."""
    over = len(practice()) + len(entrusted(actor)) - MOST_ENTRIES
    return [entry for entry in reversed(practice()) if entry[0] in {"rules", "org"}][: max(over, 0)]


def practice() -> list[Link]:
    return [
        ("home", reverse("home:home"), _("To do"), "checklist"),
        ("duties", reverse("duties:mine"), _("Duties"), "users"),
        ("talks", reverse("talks:mine"), _("Talks"), "messages"),
        ("issues", reverse("issues:mine"), _("Issues"), "tool"),
        ("appraisal", reverse("appraisal:results"), _("Results"), "chart-bar"),
        ("org", reverse("org:chart"), _("Organisation"), "sitemap"),
        ("rules", reverse("rules:packs"), _("Rules"), "book"),
    ]


def entrusted(actor: Actor) -> list[Link]:
    """A way to what only this role does; whatever lies under "who may see what" is one entry."""
    links: list[Link] = []
    overview = reverse("access:overview")
    if Role.SECURITY_ADMIN in actor.roles:
        links.append(("access", overview, _("Roles and requests"), "shield-check"))
    elif Role.SUPERVISOR in actor.roles:
        signals = reverse("oversight:signals")
        links.append(("oversight", signals, _("Oversight"), "eye-check"))
    elif Role.INSPECTOR in actor.roles:
        inspections = reverse("oversight:inspections")
        links.append(("oversight", inspections, _("Inspections"), "eye-check"))
    elif actor.arranges_for:
        links.append(("access", arranging(actor.arranges_for), _("Arranging"), "calendar-event"))
    if Role.AUDITOR in actor.roles:
        links.append(("audit", reverse("audit:log"), _("Log"), "clipboard-list"))
    return links


def arranging(leaders: tuple[UUID, ...]) -> str:
    """To the one leader, or to the list of them."""
    if len(leaders) == 1:
        return reverse("access:arrange", args=leaders)
    return reverse("access:overview")


def account_menu(actor: Actor) -> list[dict[str, object]]:
    """What belongs to the person rather than to a part of the practice; log out is added."""
    entries: list[dict[str, object]] = []
    if actor.person_id:
        mine = reverse("mine:page")
        entries.append({"url": mine, "label": _("About me"), "icon": "shield-check"})
        own = reverse("org:person", args=[actor.person_id])
        entries.append({"url": own, "label": _("My own page"), "icon": "user"})
    entries.append({"url": reverse("talks:requests"), "label": _("Requests"), "icon": "message-2"})
    overview = reverse("access:overview")
    entries.append({"url": overview, "label": _("Who may see what"), "icon": "lock-open"})
    entries.append({"url": reverse("days:now"), "label": _("Working calendar"), "icon": "calendar"})
    calendar = reverse("calendar:page")
    entries.append({"url": calendar, "label": _("Talks in my calendar"), "icon": "calendar-event"})
    learning = reverse("learning:start")
    entries.append({"url": learning, "label": _("Learning"), "icon": "school"})
    notices = reverse("notices:mine")
    entries.append({"url": notices, "label": _("My notices"), "icon": "mail"})
    if Role.SYSTEM_ADMIN in actor.roles:
        well = reverse("notices:operating")
        entries.append({"url": well, "label": _("Is the system well?"), "icon": "activity"})
    entries += [
        {"url": url, "label": label, "icon": icon} for _area, url, label, icon in folded_away(actor)
    ]
    security = reverse("prefs:security")
    entries.append({"url": security, "label": _("Login and security"), "icon": "shield-lock"})
    return entries
