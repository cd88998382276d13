"""A draft: its clauses, and under each the rules that rest on it, as sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.duties.drafting import reading, writing
from tanxin.core.drafting.differences import Difference, differences
from tanxin.core.drafting.edit import NoSuchPlace, added, moved, removed
from tanxin.core.drafting.placed import Looked, Placed
from tanxin.core.drafting.rewrite import read_tree, rewritten
from tanxin.core.drafting.tree import Path, Tree
from tanxin.core.policy.schema import Rule
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.rules import words as rule_words
from tanxin.web.rules.drafting import labels, words
from tanxin.web.rules.drafting.asking import ReasonForm, StartForm, start_form
from tanxin.web.rules.drafting.parts import NEW, code_of, elsewhere, path_of
from tanxin.web.rules.drafting.said import Said, said
from tanxin.web.rules.told import apart, told
from tanxin.web.rules.wording import Wording, wording

OTHERS = ("words", "kinds", "types", "calendars", "parameters")
RULE_LENGTH = 2
ROW_LENGTH = 4
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault with the part it can be mended in, where there is one."""

    said: Said
    part: str
    where: str


@dataclass(slots=True)
class RuleLine:
    part: str
    title: str
    code: str
    sentences: list[tuple[str, str, str]]
    reason: object
    wrong: list[Wrong]
    notes: list[Said]
    first: bool = False
    last: bool = False


@dataclass(slots=True)
class ClauseLine:
    """``part`` is empty for what rests on no clause of the draft."""

    part: str
    place: Mapping[str, object]
    wrong: list[Wrong]
    rules: list[RuleLine] = field(default_factory=list)


@require_safe
def draft(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    row = reading.draft_for(request.actor, draft_id)
    return show(request, row)


def show(
    request: ActorRequest,
    row: reading.DraftRow,
    *,
    problem: str = "",
    status: int = 200,
    start: StartForm | None = None,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    tree = read_tree(row.text)
    looked = reading.look(row.realm_id, row.text)
    can = reading.standing_of(request.actor, row, on=today)
    wrong = [wrong_of(placed, tree) for placed in looked.faults]
    texts = reading.texts_of(row)
    shown = {
        "draft": row,
        "state": words.STATES[row.state],
        "can": can,
        "readable": isinstance(tree, dict),
        "wrong": wrong,
        "clauses": clauses_of(tree, looked, today),
        "head": head_of(tree),
        "others": others_of(tree),
        "texts": texts[:20],
        "before": texts[1].number if len(texts) > 1 else None,
        "why_returned": reading.why_returned(row),
        "problem": problem,
        "today": today,
        "changes": changes_of(row, tree),
        "start": start or start_form(),
        "reason": reason or ReasonForm(),
    }
    return render(request, "rules/drafting/draft.html", shown, status=status)


def head_of(tree: Tree) -> list[tuple[object, str]]:
    held = tree if isinstance(tree, dict) else {}
    valid = held.get("valid")
    since = valid.get("from", "") if isinstance(valid, dict) else ""
    level = str(held.get("level", ""))
    return [
        (labels.PACK["level"], str(rule_words.word(rule_words.LEVELS, level))),
        (labels.PACK["version"], str(held.get("version", ""))),
        (labels.PACK["valid"], _("from %(day)s") % {"day": since} if since else ""),
        (labels.PACK["pack"], str(held.get("pack", ""))),
    ]


def changes_of(row: reading.DraftRow, tree: Tree) -> list[tuple[object, object, Difference]]:
    """What is otherwise than in the version in force; nothing where there is none."""
    before = reading.text_in_force(row.realm_id, row.pack) if row.pack else None
    if before is None or row.published_id is not None:
        return []
    found = differences(read_tree(before), tree)
    return [(words.DIFFERENCES[one.kind], section_label(one.section), one) for one in found]


def section_label(section: str) -> object:
    return _("The pack itself") if section == "pack" else labels.PACK[section]


def others_of(tree: Tree) -> list[tuple[str, Promise, list[tuple[str, str]], bool]]:
    """The rest of a pack: section, what it is called, its entries; whether each has a form."""
    held = tree if isinstance(tree, dict) else {}
    found = []
    for section in OTHERS:
        entries = held.get(section)
        names = list(named_in(section, entries)) if isinstance(entries, dict) else []
        found.append((section, labels.PACK[section], names, section in NEW))
    return found


def named_in(section: str, entries: Mapping[str, Tree]) -> Iterator[tuple[str, str]]:
    """Code and title of each entry; of the words of one's own, those of each sort."""
    for name, entry in entries.items():
        if section == "words" and isinstance(entry, dict):
            yield from named_in("", entry)
        else:
            title = entry.get("title", entry) if isinstance(entry, dict) else None
            yield name, str(title.get("zh") or name) if isinstance(title, dict) else name


def wrong_of(placed: Placed, tree: Tree) -> Wrong:
    if placed.fault.file != reading.FILE:
        return Wrong(said(placed), "", placed.fault.file.partition("/")[0])
    path = part_path(placed.path)
    if path:
        return Wrong(said(placed), code_of(path), where_of(path, tree))
    of_head = placed.path and placed.path[0] not in elsewhere()
    return Wrong(said(placed), "head" if of_head else "", "")


def part_path(path: Path) -> Path:
    """The part of a draft that holds a place; nothing for the head and the whole."""
    if not path or path[0] not in elsewhere():
        return ()
    if path[0] in ("words", "calendars", "parameters"):
        return path[:1]
    if len(path) >= ROW_LENGTH and path[0] == "rules" and path[2] == "rows":
        return path[:ROW_LENGTH]
    return path[:RULE_LENGTH] if len(path) >= RULE_LENGTH else ()


def where_of(path: Path, tree: Tree) -> str:
    if path[0] == "rules":
        return title_at(tree, path)
    return str(path[1]) if len(path) > 1 else str(labels.PACK[str(path[0])])


def title_at(tree: Tree, path: Path) -> str:
    rules = tree.get("rules") if isinstance(tree, dict) else None
    place = path[1]
    rule = rules[place] if isinstance(rules, list) and isinstance(place, int) else None
    return title_of_tree(rule) if isinstance(rule, dict) else ""


def title_of_tree(rule: Mapping[str, Tree]) -> str:
    title = rule.get("title")
    named = title.get("zh") or title.get("en") if isinstance(title, dict) else title
    return str(named or rule.get("id") or rule.get("row") or _("a rule without a title"))


def clauses_of(tree: Tree, looked: Looked, today: date) -> list[ClauseLine]:
    held = tree if isinstance(tree, dict) else {}
    cited = held.get("citations")
    entries = cited if isinstance(cited, dict) else {}
    lines = {
        name: ClauseLine(
            f"citations.{name}",
            place_of(entry),
            [
                wrong_of(each, tree)
                for each in looked.faults
                if each.path[:2] == ("citations", name)
            ],
        )
        for name, entry in entries.items()
    }
    homeless = ClauseLine("", {}, [])
    rules = held.get("rules")
    listed = rules if isinstance(rules, list) else []
    for at, rule in enumerate(listed):
        line = rule_line(at, rule, tree, looked, today)
        line.first, line.last = at == 0, at == len(listed) - 1
        lines.get(first_clause(rule, lines), homeless).rules.append(line)
    return [*lines.values(), *([homeless] if homeless.rules else [])]


def wrong_in(looked: Looked, path: Path, tree: Tree) -> list[Wrong]:
    return [wrong_of(each, tree) for each in looked.faults if each.path[:RULE_LENGTH] == path]


def first_clause(rule: Tree, known: Mapping[str, object]) -> str:
    cites = rule.get("cites") if isinstance(rule, dict) else None
    named = cites if isinstance(cites, list) else [cites]
    return next((str(name) for name in named if str(name) in known), "")


def place_of(entry: Tree) -> Mapping[str, object]:
    held = entry if isinstance(entry, dict) else {}
    level = str(held.get("issued", ""))
    return {
        "document": held.get("document", ""),
        "year": held.get("year", ""),
        "place": held.get("article") or held.get("section") or "",
        "level": rule_words.word(rule_words.LEVELS, level) if level else "",
        "text": held.get("clause", ""),
        "verified": held.get("verified") is True,
        "verified_by": held.get("verified_by", ""),
        "verified_on": held.get("verified_on", ""),
        "source": held.get("source", ""),
    }


def rule_line(at: int, rule: Tree, tree: Tree, looked: Looked, today: date) -> RuleLine:
    path = ("rules", at)
    held = rule if isinstance(rule, dict) else {}
    mine = [(place, each) for place, each in looked.rules if place[:2] == path]
    return RuleLine(
        code_of(path),
        title_of_tree(held),
        str(held.get("id", "")),
        sentences_of(held, path, mine, today, wording(looked.own)),
        next((reason_of(each) for _place, each in mine if each.terms is None), ""),
        wrong_in(looked, path, tree),
        [said(each) for each in looked.notes if each.path[:2] == path],
    )


def reason_of(rule: Rule) -> object:
    return rule_words.word(rule_words.TEXT_REASONS, rule.text_only) if rule.text_only else ""


def sentences_of(
    held: Mapping[str, Tree],
    path: Path,
    mine: Sequence[tuple[Path, Rule]],
    today: date,
    named: Wording,
) -> list[tuple[str, str, str]]:
    """Part, name of the row and sentence; one for a rule without rows."""
    readable = {place: told(each, today, named) for place, each in mine if each.terms}
    differ = apart([each for _place, each in mine], today, named)
    names = {place: differ[each.id] for place, each in mine}
    rows = held.get("rows")
    if not isinstance(rows, list):
        return [("", "", readable[path])] if readable.get(path) else []
    found = []
    for at, row in enumerate(rows):
        place = (*path, "rows", at)
        found.append((
            code_of(place), row_title(row) or names.get(place) or row_name(row, at),
            readable.get(place, ""),
        ))  # fmt: skip
    return found


def row_title(row: Tree) -> str:
    """The title a row has of its own."""
    title = row.get("title") if isinstance(row, dict) else None
    return str(title.get("zh") or title.get("en") or "") if isinstance(title, dict) else ""


def row_name(row: Tree, at: int) -> str:
    """What a row is called by while nothing else of it can be read."""
    return str(row.get("row", at + 1)) if isinstance(row, dict) else str(at + 1)


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
