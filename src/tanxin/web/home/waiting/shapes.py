"""What the page of what is to do is made of."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SOON = timedelta(days=21)


NEWS = timedelta(days=14)


FORTNIGHT = timedelta(days=14)


MOST = 60


SHOWN = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do; ``by`` is the day it is wanted, ``at`` the moment of a talk.

    ``promised_url`` leads to what is still open towards the person of a planned talk.
    ``is_reminded`` is said of what an organiser asked to go on with.
    """

    url: str
    what: Promise | str
    kind: Promise | str
    person_id: UUID | None = None
    by: date | None = None
    at: datetime | None = None
    promised_url: str = ""
    is_reminded: bool = False


@dataclass(slots=True)
class Group:
    key: str
    title: Promise
    icon: str
    more_url: str
    items: list[Item] = field(default_factory=list)

    @property
    def shown(self) -> list[Item]:
        return self.items[:SHOWN]

    @property
    def hidden(self) -> int:
        return len(self.items) - len(self.shown)


@dataclass(frozen=True, slots=True)
class ToDo:
    groups: list[Group]
    is_initiator: bool
    arranges: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(group.items for group in self.groups)


def empty_groups() -> dict[str, Group]:
    talks = reverse("talks:mine")
    issues = reverse("issues:mine")
    waiting, planned = f"{talks}?show=waiting", f"{talks}?show=planned"
    groups = (
        Group("answer", _("To answer"), "message-question", waiting),
        Group("hold", _("Talks to hold"), "messages", reverse("duties:mine")),
        Group("record", _("To write down"), "writing", waiting),
        Group("confirm", _("To read and confirm"), "signature", waiting),
        Group("issues", _("Issues and measures"), "tool", issues),
        Group("verify", _("To verify"), "checks", f"{issues}?show=todo"),
        Group("access", _("To decide and to know"), "lock-open", reverse("access:overview")),
        Group("year", _("By the year's plan"), "calendar-stats", reverse("plans:list")),
        Group("proposed", _("Proposed, waiting for the other side"), "hourglass", planned),
        Group("planned", _("Planned talks"), "calendar-event", planned),
    )
    return {group.key: group for group in groups}
