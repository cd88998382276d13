"""What is wrong with a file of cases: whatever would let a case pass without testing anything."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from tanxin.core.policy.case_given import look_at_given, people_of, teams_of, units_of
from tanxin.core.policy.case_looking import Looking, Named, near
from tanxin.core.policy.check_manner import PARTS
from tanxin.core.policy.faults import Fault
from tanxin.core.policy.read import Node, read
from tanxin.core.policy.schema import Channel, Pack

CASE_KEYS = ("case", "packs", "today", "year", "given", "expect", "absent")
FILE_KEYS = (*CASE_KEYS[1:], "cases")
DUTY_KEYS = (
    "rule", "pack", "who", "whom", "opens", "by", "mutual", "shared", "kind", "hidden",
    "channel", "approval",
)  # fmt: skip
EXPECT_KEYS = (*DUTY_KEYS, "times")
EXAMPLE = """\
packs: [national]
today: 2026-05-20
year: 2026
given: {branch: {first: {ada: secretary, ben: member}}}
cases:
  - case: 每年一次
    expect: [{rule: branch-committee-member, who: ada, whom: ben}]
"""
_EXPECT = "expect: [{rule: branch-committee-member, who: ada, whom: ben, by: 2026-12-31}]"
_ABSENT = "absent: [branch-committee-among, {who: ben, whom: ada}]"
_WORDS: Mapping[str, Sequence[str]] = {
    "channel": [channel.value for channel in Channel],
    "approval": [part.value for part in PARTS["approval"][0]],
}
_YEARS = (1950, 2100)
_DAYS, _FLAGS, _PEOPLE = ("opens", "by"), ("mutual", "shared", "hidden"), ("who", "whom")


def case_faults(
    file: str, text: str, packs: Sequence[Pack], unsound: Collection[str] = ()
) -> list[Fault]:
    """Return what no case can say; ``unsound`` are packs that have faults of their own."""
    root, wrong = read(file, text)
    faults = list(wrong)
    if root is None or wrong:
        return faults
    looking = Looking(faults)
    common = looking.keys(root, "cases", FILE_KEYS, EXAMPLE)
    if not isinstance(root.value, Mapping):
        return faults
    looking.need(root, common, "cases", EXAMPLE)
    cases = common.get("cases")
    if cases and cases.value is not None:
        for case in looking.rows(cases, "cases", EXAMPLE):
            own = looking.keys(case, "cases", CASE_KEYS, EXAMPLE)
            _Case(case, {**common, **own}, looking).look(common, own, packs, unsound)
    return faults


class _Case:
    def __init__(self, node: Node, said: Mapping[str, Node], looking: Looking) -> None:
        self._node, self._said, self._looking = node, said, looking

    def look(
        self,
        common: Mapping[str, Node],
        own: Mapping[str, Node],
        packs: Sequence[Pack],
        unsound: Collection[str],
    ) -> None:
        for key in ("packs", "today", "year"):
            self._looking.need(self._node, self._said, key, EXAMPLE)
        if "today" in self._said:
            self._looking.day(self._said["today"])
        if "year" in self._said:
            self._looking.number(self._said["year"], *_YEARS)
        given = {**self._given(common), **self._given(own)}
        named = Named(
            self._packs(packs, unsound), people_of(given), units_of(given), teams_of(given)
        )
        look_at_given(given, named, self._looking)
        self._asked(named)

    def _given(self, said: Mapping[str, Node]) -> Mapping[str, Node]:
        node = said.get("given")
        if node is None or node.value is None:
            return {}
        return self._looking.mapping(node, "given", "given: {branch: {first: {ada: secretary}}}")

    def _packs(self, packs: Sequence[Pack], unsound: Collection[str]) -> list[Pack]:
        node = self._said.get("packs")
        if node is None or node.value is None:
            return []
        known = [pack.id for pack in packs]
        names = []
        for each in self._looking.rows(node, "packs", "packs: [national]"):
            name = self._looking.text(each)
            if name in unsound:
                self._looking.wrong("case.pack-unsound", each, value=name)
            elif name and self._looking.word(each, name, "packs", dict.fromkeys(known)):
                names.append(name)
        if node.value == ():
            self._looking.need(self._node, {}, "packs", EXAMPLE)
        meant = [pack for pack in packs if pack.id in names]
        self._in_force(node, meant)
        return meant

    def _in_force(self, node: Node, packs: Sequence[Pack]) -> None:
        """Where no pack is in force in the year nothing comes, whatever the rules say."""
        year = self._said.get("year")
        if year is None or not isinstance(year.value, int):
            return
        first = date(min(max(year.value, _YEARS[0]), _YEARS[1]), 1, 1)
        if any(
            pack.start.year <= year.value and (not pack.end or pack.end > first) for pack in packs
        ):
            return
        for pack in packs:
            said = {"value": pack.id, "year": str(year.value), "start": str(pack.start)}
            self._looking.wrong("case.pack-not-then", node, **said)

    def _asked(self, named: Named) -> None:
        asked = 0
        for key, look, example in (
            ("expect", self._expected, _EXPECT), ("absent", self._absent, _ABSENT)
        ):  # fmt: skip
            node = self._said.get(key)
            if node and node.value is not None:
                rows = self._looking.rows(node, key, example)
                asked += len(rows)
                for row in rows:
                    look(row, named)
        if not asked:
            self._looking.wrong("case.asks-nothing", self._node, example=_EXPECT)

    def _expected(self, row: Node, named: Named) -> None:
        found = self._looking.keys(row, "expect", EXPECT_KEYS, _EXPECT)
        if isinstance(row.value, Mapping):
            self._looking.need(row, found, "rule", _EXPECT)
        self._duty(found, "expect", named)
        if "times" in found:
            self._looking.number(found["times"], 0, 1000)

    def _absent(self, row: Node, named: Named) -> None:
        if isinstance(row.value, str):
            self._rule(row, "absent", named)
        else:
            found = self._looking.keys(row, "absent", DUTY_KEYS, _ABSENT)
            self._duty(found, "absent", named)

    def _duty(self, found: Mapping[str, Node], place: str, named: Named) -> None:
        for key, node in found.items():
            if key == "rule":
                self._rule(node, place, named)
            elif key in _DAYS:
                self._looking.day(node)
            elif key in _FLAGS:
                self._looking.flag(node)
            elif key in _WORDS:
                self._words(key, node, place)
            elif key in _PEOPLE and node.value is None:
                continue
            elif key != "times":
                self._name(key, node, place, named)

    def _words(self, key: str, node: Node, place: str) -> None:
        """One word, several, or none."""
        several = node.value if isinstance(node.value, tuple) else (node,)
        for each in several if node.value is not None else ():
            word = self._looking.text(each)
            if word:
                self._looking.word(each, word, f"{place}: {key}", _WORDS[key])

    def _name(self, key: str, node: Node, place: str, named: Named) -> None:
        known = {
            "pack": [pack.id for pack in named.packs], "kind": named.own.all_kinds,
        }.get(key, sorted(named.people))  # fmt: skip
        word = self._looking.text(node)
        if word:
            self._looking.word(node, word, f"{place}: {key}", known)

    def _rule(self, node: Node, place: str, named: Named) -> None:
        word = self._looking.text(node)
        rows = [rule for rule in named.rules if rule.startswith(word + ".")]
        if word in named.rules or not word:
            return
        if rows:
            self._looking.wrong("case.rows", node, rows[0], value=word, known=", ".join(rows))
        elif named.packs:
            hint = near(word, named.rules)
            self._looking.wrong(
                "case.rule", node, hint, value=word, place=place, known=", ".join(named.rules)
            )
