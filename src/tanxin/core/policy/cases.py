"""Cases beside a pack: an organisation in a few lines, what is owed in it and what must not be.

``given`` tells the facts, person: role with its days (first..first day after). ``expect`` is
complete for every rule it names; ``absent`` names rules, or duties, that must not be. What a case
cannot say is found before, see ``case_faults``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tanxin.core.calendar import WorkCalendar
from tanxin.core.policy.case_facts import snapshot_of
from tanxin.core.policy.conduct import conduct_on
from tanxin.core.policy.derive import derive
from tanxin.core.policy.duty import Duty
from tanxin.core.policy.read import Node, read
from tanxin.core.policy.schema import Pack, Rule

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """``expected`` came out ``found`` times instead of ``wanted``; or a duty that must not be."""

    said: Mapping[str, Any]
    wanted: int
    found: int


def cases_in(text: str) -> Iterator[Case]:
    """Return the cases of a text without faults, each with what they have in common."""
    root, _ = read("", text)
    common = plain(root) if root else {}
    rest = {key: value for key, value in common.items() if key != "cases"}
    for case in common.get("cases", ()):
        given = {**(rest.get("given") or {}), **(case.get("given") or {})}
        yield {**rest, **case, "given": given}


def plain(node: Node) -> Any:  # noqa: ANN401 - whatever was written
    """Return what was written, its keys as they stand there."""
    if isinstance(node.value, Mapping):
        return {key: plain(each) for key, each in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(each) for each in node.value]
    return node.value


def misses(case: Case, packs: Sequence[Pack]) -> list[Miss]:
    """Return where what is owed differs from what the case says."""
    found = duties_of(case, packs)
    expected = case.get("expect") or []
    wrong = []
    for each in expected:
        wanted, came = each.get("times", 1), sum(matches(each, duty, packs) for duty in found)
        if came != wanted:
            wrong.append(Miss(each, wanted, came))
    named = {each["rule"] for each in expected}
    wrong.extend(
        Miss(told(duty), 0, 1)
        for duty in found
        if duty.rule.rule in named and not any(matches(each, duty, packs) for each in expected)
    )
    for absent in case.get("absent") or []:
        unwanted = absent if isinstance(absent, Mapping) else {"rule": absent}
        came = sum(matches(unwanted, duty, packs) for duty in found)
        if came:
            wrong.append(Miss(unwanted, 0, came))
    return wrong


def duties_of(case: Case, packs: Sequence[Pack]) -> list[Duty]:
    horizon = date(case["year"], 1, 1), date(case["year"] + 1, 1, 1)
    snapshot = snapshot_of(case["given"])
    return list(derive(snapshot, packs, horizon, WorkCalendar(), today=case["today"]))


def told(duty: Duty) -> Mapping[str, Any]:
    """Return a duty in the words of a case."""
    return {
        "rule": duty.rule.rule, "pack": duty.rule.pack, "who": duty.initiator,
        "whom": duty.subject, "opens": duty.opens, "by": duty.due, "mutual": duty.mutual,
        "shared": duty.shared, "kind": duty.kind, "hidden": duty.sensitive,
    }  # fmt: skip


def matches(expected: Mapping[str, Any], duty: Duty, packs: Sequence[Pack]) -> bool:
    """Say whether the duty is one of those expected; ``times`` is how many there are."""
    words = told(duty)
    return all(
        _is_so(key, value, duty, packs) if key in MANNER else words[key] == value
        for key, value in expected.items()
        if key != "times"
    )


def _is_so(key: str, value: object, duty: Duty, packs: Sequence[Pack]) -> bool:
    """How the talk is to be held, where a case asks for it: all the words, in any order."""
    asked = value if isinstance(value, list) else [] if value is None else [value]
    return set(asked) == {str(word) for word in MANNER[key](duty, packs)}


def _channels(duty: Duty, packs: Sequence[Pack]) -> Iterable[str]:
    rule = _rule_of(duty, packs)
    return rule.channels if rule else ()


def _approval(duty: Duty, packs: Sequence[Pack]) -> Iterable[str]:
    rule = _rule_of(duty, packs)
    return conduct_on(packs, rule.kind, rule.type, duty.opens).approval if rule else ()


def _rule_of(duty: Duty, packs: Sequence[Pack]) -> Rule | None:
    key = duty.rule
    of_pack = (pack for pack in packs if (pack.id, pack.version) == (key.pack, key.version))
    return next((rule for pack in of_pack for rule in pack.rules if rule.id == key.rule), None)


MANNER: Mapping[str, Callable[[Duty, Sequence[Pack]], Iterable[str]]] = {
    "channel": _channels,
    "approval": _approval,
}
