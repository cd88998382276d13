"""One part of a draft in a form, checked while it is typed; what is typed is never lost."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.duties.drafting import reading, writing
from tanxin.core.access import Permission
from tanxin.core.drafting.differences import source_of
from tanxin.core.drafting.placed import Looked
from tanxin.core.drafting.rewrite import read_tree, rewritten
from tanxin.core.drafting.tree import Tree
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.rules.drafting import lines, stepping
from tanxin.web.rules.drafting.bound import Bound, bind
from tanxin.web.rules.drafting.parts import Part, part_of
from tanxin.web.rules.drafting.posted import clean, value_of
from tanxin.web.rules.drafting.said import faults_of
from tanxin.web.rules.drafting.vocabulary import vocabulary_of
from tanxin.web.rules.told import apart, manner, told
from tanxin.web.rules.wording import wording

ROOT = "v"
NAME = "name"
RULE_LENGTH = 2


@dataclass(slots=True)
class Sheet:
    """A part of a draft as it stands in a form."""

    row: reading.DraftRow
    part: Part
    tree: Tree
    looked: Looked
    base: int

    @property
    def bound(self) -> Bound:
        """With all faults beside their fields."""
        value = self.part.value(self.tree)
        mine = [each for each in self.looked.faults if self.holds(each.path)]
        return bind(self.part.shape, value, ROOT, self.part.path, faults_of(mine))

    def holds(self, path: tuple[str | int, ...]) -> bool:
        if self.part.path:
            return path[: len(self.part.path)] == self.part.path
        return not path or lines.part_path(path) == ()

    @property
    def sentences(self) -> list[str]:
        today = timezone.localdate()
        length, named = len(self.part.path), wording(self.looked.own)
        if self.part.path[:1] in (("kinds",), ("types",)):
            entries = getattr(self.looked.own, str(self.part.path[0]))
            mine = entries.get(self.part.path[1])
            return [manner(mine, today, named)] if mine and not self.bound.faulty else []
        return [
            told(rule, today, named)
            for place, rule in self.looked.rules
            if length and place[:length] == self.part.path
        ]

    @property
    def clauses(self) -> list[object]:
        """What the rule rests on, to be read beside it."""
        value = self.part.value(self.tree)
        if self.part.path[:1] != ("rules",) or not isinstance(value, dict):
            return []
        cites = value.get("cites") or page_cites(self.tree, self.part)
        named = cites if isinstance(cites, list) else [cites]
        cited = self.tree.get("citations") if isinstance(self.tree, dict) else None
        entries = cited if isinstance(cited, dict) else {}
        return [lines.place_of(entries[str(name)]) for name in named if str(name) in entries]


def page_cites(tree: Tree, part: Part) -> Tree:
    """A row rests on the clauses of its rule."""
    rules = tree.get("rules") if isinstance(tree, dict) else None
    at = part.path[1] if len(part.path) > 1 else None
    rule = rules[at] if isinstance(rules, list) and isinstance(at, int) else None
    return rule.get("cites") if isinstance(rule, dict) else None


def sheet_of(row: reading.DraftRow, code: str, tree: Tree, text: str, base: int) -> Sheet:
    """Raises ``Http404`` where there is no such part."""
    looked = reading.look(row.realm_id, text)
    beside = {pack.id: pack.title.zh for pack in looked.packs if pack is not looked.pack}
    part = part_of(code, vocabulary_of(tree, looked), beside)
    part.value(tree)
    return Sheet(row, part, tree, looked, base)


def may_edit(request: ActorRequest, draft_id: UUID) -> reading.DraftRow:
    """Raises ``DraftNotFound`` or ``DraftForbidden``."""
    row = reading.draft_for(request.actor, draft_id)
    if not reading.may_draft(request.actor):
        raise writing.DraftForbidden(Permission.RULE_DRAFT)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    row = may_edit(request, draft_id)
    code = request.GET.get("part", "head")
    tree = read_tree(row.text)
    standing = reading.standing_of(request.actor, row, on=timezone.localdate())
    if not standing.edits or not isinstance(tree, dict):
        return go_to(request, "rules:draft", draft_id)
    before = sheet_of(row, code, tree, row.text, row.number)
    if request.method != "POST":
        return show(request, before)
    if "base" not in request.POST:
        return show(request, before, problem=_("The form did not arrive whole; nothing was saved."))
    typed = renamed(before, request, with_typed(before, request))
    base = stepping.base_of(request, row)
    if base != row.number:
        return show_both(request, before, typed, code)
    return keep(request, before, typed, code)


def with_typed(sheet: Sheet, request: ActorRequest) -> Tree:
    """The draft with what was typed in place of the part."""
    value = value_of(sheet.part.shape, request.POST, ROOT, sheet.part.value(sheet.tree))
    return sheet.part.put(sheet.tree, value)


def renamed(sheet: Sheet, request: ActorRequest, tree: Tree) -> Tree:
    """An entry under a name may get another one that is free."""
    name, part = clean(request.POST.get(NAME, "")).strip(), sheet.part
    if not part.name or not name or not isinstance(tree, dict):
        return tree
    section = str(part.path[0])
    entries = tree[section]
    if not isinstance(entries, dict) or name in entries:
        return tree
    return {**tree, section: {name if key == part.name else key: v for key, v in entries.items()}}


def keep(request: ActorRequest, before: Sheet, tree: Tree, code: str) -> HttpResponse:
    row = before.row
    text = rewritten(row.text, tree if isinstance(tree, dict) else {})
    try:
        after = writing.save_text(request.actor, row.pk, text, base=row.number, at=timezone.now())
    except (writing.DraftMoved, writing.DraftIsFrozen):
        row.refresh_from_db()
        return show_both(request, before, tree, code)
    except writing.TextTooLong:
        return show(request, before, problem=_("It is too long for a pack."))
    if after.number != row.number:
        stepping.offer_undo(request, after)
    named = clean(request.POST.get(NAME, "")).strip()
    if "stay" not in request.POST or (before.part.name and named != before.part.name):
        return go_to(request, "rules:draft", row.pk)
    return go_to(request, stepping.part_url(row.pk, code))


def show_both(request: ActorRequest, before: Sheet, tree: Tree, code: str) -> HttpResponse:
    """Somebody else saved in between: what he wrote, and what was typed here, to be sent again."""
    now = read_tree(before.row.text)
    theirs = source_of(before.part.value(now)) if isinstance(now, dict) else before.row.text
    text = rewritten(before.row.text, tree if isinstance(tree, dict) else {})
    mine = sheet_of(before.row, code, tree, text, before.row.number)
    return show(request, mine, theirs=theirs)


def show(
    request: ActorRequest, sheet: Sheet, *, theirs: str = "", problem: str = ""
) -> HttpResponse:
    shown = {
        "sheet": sheet,
        "draft": sheet.row,
        "part": sheet.part,
        "bound": sheet.bound,
        "sentences": sheet.sentences,
        "clauses": sheet.clauses,
        "theirs": theirs,
        "problem": problem,
        "rows": rows_of(sheet),
    }
    return render(
        request, "rules/drafting/part.html", shown, status=422 if theirs or problem else 200
    )


def rows_of(sheet: Sheet) -> list[tuple[str, str]] | None:
    """The rows of a rule, each with a form of its own; nothing for other parts."""
    if sheet.part.path[:1] != ("rules",) or len(sheet.part.path) != RULE_LENGTH:
        return None
    value = sheet.part.value(sheet.tree)
    rows = value.get("rows") if isinstance(value, dict) else None
    length = len(sheet.part.path)
    mine = [each for each in sheet.looked.rules if each[0][:length] == sheet.part.path]
    differ = apart([rule for _, rule in mine], timezone.localdate(), wording(sheet.looked.own))
    names = {place: differ[rule.id] for place, rule in mine}
    return [
        (
            f"{sheet.part.code}.rows.{at}",
            lines.row_title(each)
            or names.get((*sheet.part.path, "rows", at))
            or lines.row_name(each, at),
        )
        for at, each in enumerate(rows if isinstance(rows, list) else [])
    ]


@require_POST
def check(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """What is wrong with what is being typed, for beside the fields; nothing is saved."""
    row = may_edit(request, draft_id)
    tree = read_tree(row.text)
    if not isinstance(tree, dict):
        return HttpResponse(status=204)
    code = request.GET.get("part", "head")
    before = sheet_of(row, code, tree, row.text, row.number)
    typed = with_typed(before, request)
    text = rewritten(row.text, typed if isinstance(typed, dict) else {})
    sheet = sheet_of(row, code, typed, text, row.number)
    shown = {"bound": sheet.bound, "sentences": sheet.sentences}
    return render(request, "rules/drafting/_checked.html", shown)
