"""What the page of a draft says of each clause and each rule, with what is wrong there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tanxin.apps.duties.drafting import reading
from tanxin.core.drafting.placed import Looked, Placed
from tanxin.core.drafting.tree import Path, Tree
from tanxin.core.policy.schema import Rule
from tanxin.web.rules import words as rule_words
from tanxin.web.rules.drafting import labels
from tanxin.web.rules.drafting.parts import code_of, elsewhere
from tanxin.web.rules.drafting.said import Said, said
from tanxin.web.rules.told import apart, told
from tanxin.web.rules.wording import Wording, wording

RULE_LENGTH = 2
ROW_LENGTH = 4


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
