"""Steps in a draft: adding, moving and taking out, taking back, dropping."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tanxin.apps.duties.drafting import reading, writing
from tanxin.core.drafting.edit import NoSuchPlace, added, moved, removed
from tanxin.core.drafting.rewrite import read_tree, rewritten
from tanxin.core.drafting.tree import Path, Tree
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.rules.drafting.page import show
from tanxin.web.rules.drafting.parts import NEW, code_of, path_of

MOST_DIGITS = 9


@require_POST
def step(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Add, move or take out an entry; each step can be taken back."""
    row = reading.draft_for(request.actor, draft_id)
    said_of = request.POST
    code, what = said_of.get("part", ""), said_of.get("do", "")
    if not reading.may_draft(request.actor):
        raise writing.DraftForbidden(draft_id)
    tree = read_tree(row.text)
    if not isinstance(tree, dict):
        return show(request, row, problem=_("Mend the source first."), status=422)
    try:
        after, place = stepped(tree, code, what)
    except NoSuchPlace:
        return show(request, row, problem=_("It is not there any more."), status=422)
    return saved(request, row, after, base=base_of(request, row), to=place)


def stepped(tree: dict[str, Tree], code: str, what: str) -> tuple[Tree, str]:
    """The draft after the step, and the part to go on with. Raises ``NoSuchPlace``."""
    path = path_of(code)
    if what == "add":
        section = path[-1]
        if section not in NEW:
            raise Http404
        name, value = NEW[str(section)]
        after, place = added(tree, path, new_value(tree, path, value), name)
        return after, code_of(place)
    if what == "remove":
        return removed(tree, path), ""
    if what in ("up", "down"):
        return moved(tree, path, -1 if what == "up" else 1), ""
    raise Http404


def new_value(tree: Tree, path: Path, value: Tree) -> Tree:
    """A new rule is named after its number, and so is a row."""
    if path == ("rules",):
        rules = tree.get("rules") if isinstance(tree, dict) else None
        return {"id": f"rule-{len(rules) + 1 if isinstance(rules, list) else 1}"}
    return {"row": "new"} if path[-1] == "rows" else value


def base_of(request: ActorRequest, row: reading.DraftRow) -> int:
    said_of = request.POST.get("base", "")
    plain = said_of.isascii() and said_of.isdigit() and len(said_of) <= MOST_DIGITS
    return int(said_of) if plain else row.number


def saved(
    request: ActorRequest, row: reading.DraftRow, tree: Tree, *, base: int, to: str
) -> HttpResponse:
    """Save what a step made of the draft, offer to take it back, and go on with a part."""
    text = rewritten(row.text, tree if isinstance(tree, dict) else {})
    try:
        after = writing.save_text(request.actor, row.pk, text, base=base, at=timezone.now())
    except (writing.DraftMoved, writing.DraftIsFrozen):
        row.refresh_from_db()
        problem = _("Somebody else changed the draft meanwhile; this step was not taken.")
        return show(request, row, problem=problem, status=422)
    except writing.TextTooLong:
        return show(request, row, problem=_("It is too long for a pack."), status=422)
    if after.number != base:
        offer_undo(request, after)
    if to:
        return go_to(request, part_url(row.pk, to))
    return go_to(request, "rules:draft", row.pk)


def offer_undo(request: ActorRequest, row: reading.DraftRow) -> None:
    back = reverse("rules:draft_back", args=[row.pk, row.number - 1, row.number])
    messages.info(request, _("Saved."), extra_tags=f"undo {back}")


def part_url(draft_id: UUID, code: str) -> str:
    return f"{reverse('rules:draft_part', args=[draft_id])}?{urlencode({'part': code})}"


@require_POST
def back(request: ActorRequest, draft_id: UUID, number: int, base: int) -> HttpResponse:
    """Take back to an earlier text."""
    row = reading.draft_for(request.actor, draft_id)
    try:
        after = writing.take_back(request.actor, draft_id, to=number, base=base, at=timezone.now())
    except (writing.DraftMoved, writing.DraftIsFrozen):
        row.refresh_from_db()
        problem = _("Somebody else changed the draft meanwhile; nothing was taken back.")
        return show(request, row, problem=problem, status=422)
    if after.number != base:
        offer_undo(request, after)
    return go_to(request, "rules:draft", draft_id)


@require_POST
def drop(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    row = reading.draft_for(request.actor, draft_id)
    try:
        writing.drop_draft(request.actor, draft_id, at=timezone.now())
    except writing.DraftIsFrozen:
        return show(request, row, problem=_("It cannot be dropped any more."), status=422)
    messages.info(request, _("The draft was dropped."))
    return go_to(request, "rules:drafts")
