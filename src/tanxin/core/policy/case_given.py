"""What is wrong with the ``given`` of a case."""

from collections.abc import Callable, Iterator, Mapping

from tanxin.core.policy import words
from tanxin.core.policy.case_facts import GIVEN, TOP, team_of, under
from tanxin.core.policy.case_looking import Looking, Named
from tanxin.core.policy.read import Node

UNIT_KINDS = (
    "organ", "department", "section", "institution", "college", "ward", "subsidiary", "workshop",
    "committee", "general_branch", "branch", "group", "other",
)  # fmt: skip
EXAMPLES: Mapping[str, str] = {
    "team": "team: {leaders: {ada: chief, ben: member 2026-03-01..}}",
    "branch": "branch: {first: {ada: secretary, ben: member}}",
    "charge": "charge: {ben: office}",
    "head": "head: {office: ada}",
    "post": "post: {office: {ben: staff}}",
    "state": "state: {ben: ill 2026-03-01..2026-05-01}",
    "unit": "unit: {bureau: organ, office: department under bureau}",
    "rank": "rank: {ben: chu-zheng}",
    "politics": "politics: {ben: '13'}",
    "gender": "gender: {ben: f}",
    "date": "date: {ben: {birthday: 1960-05-01}}",
    "event": "event: [{day: 2026-05-14, kind: illness, person: ben}]",
    "talk": "talk: [{day: 2026-03-02, initiator: ada, subject: ben, kind: routine}]",
    "lapse": "lapse: [{day: 2026-07-01, person: ada, rule: chief-each-half}]",
    "contact": "contact: [{kind: liaison, person: ada, other: ben}]",
    "authority": "authority: [{unit: office, over: bureau}]",
    "delegate": "delegate: [{person: ada, delegate: ben}]",
}
# What stands in the rows of a list, and what must: the word says how the value is read.
ROWS: Mapping[str, Mapping[str, str]] = {
    "event": {
        "day": "day", "kind": "event", "person": "person", "unit": "unit", "team": "team",
        "sensitive": "flag",
    },
    "talk": {
        "day": "day", "initiator": "person", "subject": "person", "kind": "kind", "type": "type",
        "rule": "packed rule",
    },
    "lapse": {"day": "day", "person": "person", "rule": "rule"},
    "contact": {
        "kind": "contact", "person": "person", "other": "person", "unit": "unit", "start": "day",
        "end": "day",
    },
    "authority": {"unit": "unit", "over": "unit", "rank": "rank", "start": "day", "end": "day"},
    "delegate": {
        "person": "person", "delegate": "person", "rule": "rule", "start": "day", "end": "day",
    },
}  # fmt: skip
NEEDED: Mapping[str, tuple[str, ...]] = {
    "event": ("day", "kind"),
    "talk": ("day", "initiator", "subject", "kind"),
    "lapse": ("day", "person", "rule"),
    "contact": ("kind", "person"),
    "authority": ("unit", "over"),
    "delegate": ("person", "delegate"),
}
_Given = Mapping[str, Node]
_HELD = {
    "team": words.SEAT_ROLES, "branch": words.BRANCH_ROLES, "post": words.POST_LEVELS,
}  # fmt: skip
_ABOUT = ("state", *words.TRAITS, "date")


def people_of(given: _Given) -> frozenset[str]:
    """Return who is somewhere, or is somehow joined to somebody; a state alone makes nobody."""
    found = {person for kind in _HELD for people in _inner(given, kind) for person in people}
    found.update(_mapping(given.get("charge")))
    found.update(_text(node).partition(" ")[0] for node in _mapping(given.get("head")).values())
    for kind, fields in ROWS.items():
        persons = [key for key, read in fields.items() if read == "person"]
        found.update(_text(row.get(key)) for row in _rows(given.get(kind)) for key in persons)
    return frozenset(found - {""})


def units_of(given: _Given) -> frozenset[str]:
    found = {name.rstrip("*") for name in _mapping(given.get("unit"))}
    for kind in ("head", "post", "branch"):
        found.update(_mapping(given.get(kind)))
    found.update(team_of(name)[1] for name in _mapping(given.get("team")))
    return frozenset(found | {TOP})


def teams_of(given: _Given) -> frozenset[str]:
    return frozenset(team_of(name)[0] for name in _mapping(given.get("team")))


def look_at_given(given: _Given, named: Named, looking: Looking) -> None:
    for kind, node in given.items():
        if looking.word(node, kind, "given", GIVEN) and node.value is not None:
            _Look(kind, named, looking).at(node)


class _Look:
    """Looks at what is told of one kind."""

    def __init__(self, kind: str, named: Named, looking: Looking) -> None:
        self._kind, self._named, self._looking = kind, named, looking
        self._example = EXAMPLES[kind]

    def at(self, node: Node) -> None:
        if self._kind in ROWS:
            for row in self._looking.rows(node, self._kind, self._example):
                self._row(row)
            return
        look = self._inside()
        for name, each in self._looking.mapping(node, self._kind, self._example).items():
            if self._kind in _ABOUT:
                self._looking.word(each, name, self._kind, sorted(self._named.people))
            look(name, each)

    def _inside(self) -> Callable[[str, Node], None]:
        if self._kind in _HELD:
            return self._held
        return {
            "charge": self._charge, "head": self._head, "unit": self._unit, "date": self._dates,
        }.get(self._kind, self._code)  # fmt: skip

    def _held(self, name: str, node: Node) -> None:
        if self._kind == "team":
            self._looking.word(node, team_of(name)[2], "team", words.TEAMS)
        for each in self._looking.mapping(node, self._kind, self._example).values():
            word = self._looking.dated(each)
            if word:
                self._looking.word(each, word, self._kind, _HELD[self._kind])

    def _charge(self, _name: str, node: Node) -> None:
        word = self._looking.dated(node)
        if word:
            self._looking.word(node, word, "charge", sorted(self._named.units))

    def _head(self, _name: str, node: Node) -> None:
        self._looking.dated(node)

    def _unit(self, _name: str, node: Node) -> None:
        if node.value == "":
            return
        word = self._looking.dated(node)
        kind, parent = under(word)
        if kind in self._named.units and kind not in UNIT_KINDS:
            hint, known = f"department under {kind}", ", ".join(UNIT_KINDS)
            self._looking.wrong("case.word", node, hint, value=kind, place="unit", known=known)
        elif word:
            self._looking.word(node, kind, "unit", UNIT_KINDS)
        if parent:
            self._looking.word(node, parent, "unit … under", sorted(self._named.units))

    def _dates(self, _name: str, node: Node) -> None:
        for each in self._looking.keys(node, "date", words.DATES, self._example).values():
            self._looking.day(each)

    def _code(self, _name: str, node: Node) -> None:
        known = {
            "state": (*self._named.own.all_states, *words.GONE),
            "rank": words.RANK_CODES, "politics": words.POLITICS, "gender": words.GENDERS,
        }[self._kind]  # fmt: skip
        several = node.value if self._kind == "state" and isinstance(node.value, tuple) else ()
        for each in several or (node,):
            # 13 without quotes is a number, and a code is none.
            bare = isinstance(each.value, int) and not isinstance(each.value, bool)
            word = str(each.value) if bare else self._looking.dated(each)
            if bare:
                self._looking.wrong("case.text", each, f"'{word.zfill(2)}'", value=word)
            elif word:
                self._looking.word(each, word, self._kind, known)

    def _row(self, row: Node) -> None:
        found = self._looking.keys(row, self._kind, ROWS[self._kind], self._example)
        for key in NEEDED[self._kind]:
            self._looking.need(row, found, key, self._example)
        for key, node in found.items():
            if node.value is not None:
                self._value(key, ROWS[self._kind][key], node)
        both = found.get("other"), found.get("unit")
        if self._kind == "contact" and not any(each and each.value for each in both):
            self._looking.need(row, found, "other", self._example)

    def _value(self, key: str, read: str, node: Node) -> None:
        if read == "day":
            self._looking.day(node)
        elif read == "flag":
            self._looking.flag(node)
        elif (word := self._looking.text(node)) and read != "person":
            self._looking.word(node, word, f"{self._kind}: {key}", self._words(read))

    def _words(self, read: str) -> Iterator[str]:
        named, own = self._named, self._named.own
        known = {
            "event": own.all_events, "contact": own.all_contacts, "kind": own.all_kinds,
            "type": tuple(own.types), "rule": named.rules, "packed rule": named.packed_rules,
            "unit": sorted(named.units), "team": sorted(named.teams), "rank": words.RANK_CODES,
        }  # fmt: skip
        yield from known[read]


def _mapping(node: Node | None) -> Mapping[str, Node]:
    return node.value if node and isinstance(node.value, Mapping) else {}


def _inner(given: _Given, kind: str) -> Iterator[Mapping[str, Node]]:
    return (_mapping(each) for each in _mapping(given.get(kind)).values())


def _rows(node: Node | None) -> Iterator[Mapping[str, Node]]:
    if node and isinstance(node.value, tuple):
        yield from map(_mapping, node.value)


def _text(node: Node | None) -> str:
    return node.value if node and isinstance(node.value, str) else ""
