"""A draft: its clauses, and under each the rules that rest on it, as sentences."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.duties.drafting import reading
from tanxin.core.drafting.differences import Difference, differences
from tanxin.core.drafting.rewrite import read_tree
from tanxin.core.drafting.tree import Tree
from tanxin.web.requests import ActorRequest
from tanxin.web.rules import words as rule_words
from tanxin.web.rules.drafting import labels, words
from tanxin.web.rules.drafting.asking import ReasonForm, StartForm, start_form
from tanxin.web.rules.drafting.lines import clauses_of, wrong_of
from tanxin.web.rules.drafting.parts import NEW

OTHERS = ("words", "kinds", "types", "calendars", "parameters")


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
