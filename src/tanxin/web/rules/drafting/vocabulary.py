"""The words a draft may use: those of everybody, its own, and those of the packs beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from tanxin.apps.org.codes import rank_word
from tanxin.core.calendar import FESTIVAL_CODES, PeriodKind
from tanxin.core.drafting.placed import Looked
from tanxin.core.drafting.tree import Tree
from tanxin.core.policy import words as known
from tanxin.core.policy.check_time import UNITS
from tanxin.core.policy.manner import Grade, Part, Signing
from tanxin.core.policy.schema import (
    Channel,
    Count,
    FollowUp,
    Form,
    Level,
    Organisation,
    Share,
    Side,
    TextReason,
)
from tanxin.web.org import words as org_words
from tanxin.web.rules import words
from tanxin.web.rules.drafting import labels
from tanxin.web.rules.drafting.shapes import Choices
from tanxin.web.rules.wording import politics_word
from tanxin.web.talks import words as talk_words

Table = Mapping[str, Promise]
OWN = ("states", "events", "contacts", "kinds", "types", "calendars")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``own`` are the words that packs bring, by sort; ``clauses`` and the rest are the draft's."""

    own: Mapping[str, Choices]
    parameters: Choices
    clauses: Choices
    rules: Choices
    upper: Choices

    def states(self) -> Choices:
        return {**worded(known.STATES, org_words.STATES), **self.own["states"]}

    def events(self) -> Choices:
        return {**worded(known.EVENTS, words.EVENTS), **self.own["events"]}

    def contacts(self) -> Choices:
        return {**worded(known.CONTACTS, words.CONTACTS), **self.own["contacts"]}

    def kinds(self) -> Choices:
        return {**worded(known.KINDS, talk_words.KINDS), **self.own["kinds"]}

    def talks(self) -> Choices:
        return {**self.kinds(), **self.own["types"]}

    def periods(self) -> Choices:
        own = {code: label for code, label in self.own["calendars"].items() if code != "term"}
        return {**enum(PeriodKind, words.PERIODS), **own}


def worded(codes: Iterable[str], table: Table) -> Choices:
    return {code: table.get(code, code) for code in codes}


def enum(kind: type[StrEnum], table: Table) -> Choices:
    return worded([each.value for each in kind], table)


SEATS = worded(known.SEAT_ROLES, words.SEATS)
BRANCH = worded(known.BRANCH_ROLES, words.BRANCH)
POSTS = worded(known.POST_LEVELS, words.POSTS)
TEAMS = worded(known.TEAMS, org_words.TEAM_KINDS)
LEVELS = enum(Level, words.LEVELS)
FORMS = enum(Form, words.FORMS)
CHANNELS = enum(Channel, words.CHANNELS)
FOLLOW_UPS = enum(FollowUp, words.FOLLOW_UPS)
COUNTS = enum(Count, words.COUNTS)
REASONS = enum(TextReason, words.TEXT_REASONS)
DATES = worded(known.DATES, words.DATES)
NODES = worded(sorted(FESTIVAL_CODES), words.NODES)
ORGANISATIONS = enum(Organisation, labels.ORGANISATIONS)
SHARES = enum(Share, labels.SHARES)
SIDES = enum(Side, labels.SIDES)
PARTS = enum(Part, labels.PARTS)
SIGNINGS = enum(Signing, labels.SIGNINGS)
GRADES = enum(Grade, labels.GRADES)
UNIT_WORDS = worded(UNITS, labels.UNITS)
PERIODS = enum(PeriodKind, words.PERIODS)
GENDERS = worded(known.GENDERS, labels.GENDERS)
POLITICS = {code: politics_word(code) for code in known.POLITICS}


def ranks() -> Choices:
    return {code: rank_word(code) for code in known.RANK_CODES}


def vocabulary_of(tree: Tree, looked: Looked) -> Vocabulary:
    held = tree if isinstance(tree, dict) else {}
    return Vocabulary(
        own={sort: {**_of_packs(sort, looked), **_own(held, sort)} for sort in OWN},
        parameters=_names(held.get("parameters")),
        clauses=_clauses(held.get("citations")),
        rules=_rules(held.get("rules")),
        upper={
            f"{pack.id}/{rule.id}": f"{rule.title.zh} ({pack.title.zh})"
            for pack in looked.packs
            for rule in pack.rules
            if pack is not looked.pack
        },
    )


def _of_packs(sort: str, looked: Looked) -> Choices:
    found: dict[str, str | Promise] = {}
    for pack in looked.packs:
        for code, named in getattr(pack.own, sort, {}).items():
            title = getattr(named, "title", named)
            found[code] = getattr(title, "zh", code)
    return found


def _own(held: Mapping[str, Tree], sort: str) -> Choices:
    named = held.get("words") if sort in ("states", "events", "contacts") else held
    entries = named.get(sort) if isinstance(named, dict) else None
    if not isinstance(entries, dict):
        return {}
    return {code: _title(entry) or code for code, entry in entries.items()}


def _title(entry: Tree) -> str:
    title = entry.get("title", entry) if isinstance(entry, dict) else None
    words_of_it = title.get("zh") if isinstance(title, dict) else None
    return words_of_it if isinstance(words_of_it, str) else ""


def _names(entries: Tree) -> Choices:
    return {key: key for key in entries} if isinstance(entries, dict) else {}


def _clauses(entries: Tree) -> Choices:
    if not isinstance(entries, dict):
        return {}
    return {key: f"{_place(entry)} ({key})" for key, entry in entries.items()}


def _place(entry: Tree) -> str:
    if not isinstance(entry, dict):
        return ""
    place = entry.get("article") or entry.get("section") or ""
    return f"{entry.get('document', '')} {place}".strip()


def _rules(entries: Tree) -> Choices:
    listed = entries if isinstance(entries, list) else []
    return {
        str(rule["id"]): _title(rule) or str(rule["id"])
        for rule in listed
        if isinstance(rule, dict) and rule.get("id")
    }
