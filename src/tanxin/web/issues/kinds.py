"""What issues may be about: their names on pages, and the list that an organiser keeps."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.issues import taxonomy
from tanxin.apps.issues.taxonomy import kinds_of, may_change_kinds
from tanxin.core.issue_kinds import (
    LONGEST_NAME,
    Kind,
    KindNameTaken,
    KindRefused,
    KindUnknown,
    KindUnnamed,
    LastKind,
    TooManyKinds,
    offered,
)
from tanxin.web.issues import words
from tanxin.web.requests import ActorRequest, go_to

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

UNPROCESSABLE = 422
REFUSALS: "dict[type[KindRefused], _StrPromise]" = {
    KindUnnamed: _("A kind needs a Chinese name."),
    KindNameTaken: _("Another kind has this name already. Choose another name."),
    TooManyKinds: _("The list is full. Retire and rename a kind that nobody needs."),
    LastKind: _("One kind must be left to choose from. Add another one first."),
}


class KindNames:
    """The names of a realm's kinds in the reader's language; loaded once, where one is asked."""

    def __init__(self, realm_id: UUID) -> None:
        self.realm_id = realm_id

    @cached_property
    def kinds(self) -> list[Kind]:
        return kinds_of(self.realm_id)

    @cached_property
    def by_key(self) -> dict[str, Kind]:
        return {kind.key: kind for kind in self.kinds}

    def __getitem__(self, key: str) -> str:
        return shown_name(self.by_key.get(key, Kind(key)))

    def choices(self, *, beside: str = "") -> list[tuple[str, str]]:
        """For a form; ``beside`` is the kind that an issue has, though it may be retired."""
        return [(kind.key, shown_name(kind)) for kind in offered(self.kinds, beside=beside)]

    def all(self) -> list[tuple[str, str]]:
        return [(kind.key, shown_name(kind)) for kind in self.kinds]


def shown_name(kind: Kind) -> str:
    own = kind.name(get_language() or "")
    return own or str(words.KINDS.get(kind.key, kind.key))


def in_language(kind: Kind, language: str) -> str:
    """What the kind is called in one language, also a shipped one; empty where it has no name."""
    if kind.zh or kind.en:
        return kind.zh if language.startswith("zh") else kind.en
    with override(language):
        return shown_name(kind)


@require_safe
def kinds(request: ActorRequest) -> HttpResponse:
    may_change_kinds(request.actor)
    return kinds_page(request)


def kinds_page(request: ActorRequest, refused: str = "", status: int = 200) -> HttpResponse:
    listed = kinds_of(request.actor.realm_id)
    page = {
        "rows": [(kind, in_language(kind, "zh-hans"), in_language(kind, "en")) for kind in listed],
        "longest": LONGEST_NAME,
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "issues/kinds.html", page, status=status)


@require_POST
def add(request: ActorRequest) -> HttpResponse:
    def step() -> str:
        taxonomy.add_kind(request.actor, **names(request), at=timezone.now())
        return gettext("Added at the end of the list.")

    return take(request, step)


@require_POST
def rename(request: ActorRequest, kind_key: str) -> HttpResponse:
    def step() -> str:
        taxonomy.rename_kind(request.actor, kind_key, **names(request), at=timezone.now())
        return gettext("Named anew. Issues that are of this kind have the new name from now on.")

    return take(request, step)


@require_POST
def move(request: ActorRequest, kind_key: str) -> HttpResponse:
    by = -1 if request.POST.get("to") == "up" else 1

    def step() -> str:
        taxonomy.move_kind(request.actor, kind_key, by=by, at=timezone.now())
        return ""

    return take(request, step)


@require_POST
def retire(request: ActorRequest, kind_key: str) -> HttpResponse:
    def step() -> str:
        taxonomy.retire_kind(request.actor, kind_key, at=timezone.now())
        return gettext("Taken out of use. What is of this kind already stays so.")

    return take(request, step, undo=reverse("issues:kind_restore", args=[kind_key]))


@require_POST
def restore(request: ActorRequest, kind_key: str) -> HttpResponse:
    def step() -> str:
        taxonomy.restore_kind(request.actor, kind_key, at=timezone.now())
        return gettext("It can be chosen again.")

    return take(request, step)


def names(request: ActorRequest) -> dict[str, str]:
    """Without the one sign that PostgreSQL cannot store."""
    given = {name: request.POST.get(name, "").replace("\0", "") for name in ("zh", "en")}
    return {name: text.strip()[:LONGEST_NAME] for name, text in given.items()}


def take(request: ActorRequest, step: Callable[[], str], undo: str = "") -> HttpResponse:
    """Answer one change of the list; what is unknown is as good as not there."""
    may_change_kinds(request.actor)
    try:
        said = step()
    except KindUnknown:
        return go_to(request, "issues:kinds")
    except KindRefused as refusal:
        return kinds_page(request, str(REFUSALS[type(refusal)]), UNPROCESSABLE)
    if said:
        messages.success(request, said, extra_tags=f"undo {undo}" if undo else "")
    return go_to(request, "issues:kinds")
