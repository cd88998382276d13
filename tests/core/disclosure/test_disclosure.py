"""Nobody is found in what is made known: not by sums, not by differences, not by an insider.

Two adversaries, neither of which is the program that publishes. One tries every number a unit could
have, and asks by sets of possible sums whether all that is shown can be so, also knowing one other
unit exactly. The other knows every other number and how it is done: he tries what the table would
be for each number, and keeps those that give the table he sees.
"""

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from tanxin.core.disclosure import FEWEST, Group, Interval, publish

FEW, ALL = 60, 1_000
LEAST_VALUES = 3


def organisation(seed: int) -> Group:
    """Three to fifty people in units of one or two layers, to some of whom something happened."""
    chance = Random(seed)
    people, units = chance.randint(3, 50), chance.randint(1, 5)
    leaves = [0] * chance.randint(units, units * 3)
    for _ in range(people):
        leaves[chance.randrange(len(leaves))] += chance.random() < 0.6
    parts = []
    for unit in range(units):
        mine = leaves[unit::units]
        if len(mine) > 1:
            below = tuple(Group(f"u{unit}.{at}", count) for at, count in enumerate(mine))
            parts.append(Group(f"u{unit}", parts=below))
        else:
            parts.append(Group(f"u{unit}", mine[0]))
    return Group("whole", parts=tuple(parts))


def leaves_of(root: Group) -> list[Group]:
    return [group for group in root.walk() if not group.parts]


def possible_sums(group: Group, shown, known: dict[str, int], most: int = 12) -> set[int]:
    if group.parts:
        sums = {0}
        for part in group.parts:
            sums = {a + b for a, b in product(sums, possible_sums(part, shown, known))}
    else:
        sums = {known[group.name]} if group.name in known else set(range(most + 1))
    if group.name in shown:
        low, high = shown[group.name]
        sums = {one for one in sums if low <= one <= high}
    return sums


def values_by_sums(root: Group, leaf: str, shown, known: dict[str, int]) -> list[int]:
    return [one for one in range(FEWEST + 4) if possible_sums(root, shown, {**known, leaf: one})]


def with_count(group: Group, leaf: str, count: int) -> Group:
    parts = tuple(with_count(part, leaf, count) for part in group.parts)
    return replace(group, parts=parts, count=count if group.name == leaf else group.count)


def values_by_trying(root: Group, leaf: str, publishing=publish) -> list[int]:
    seen = publishing(root)
    return [one for one in range(FEWEST + 4) if publishing(with_count(root, leaf, one)) == seen]


def is_found(root: Group, leaf: Group) -> bool:
    shown = publish(root)
    others = [one for one in leaves_of(root) if one is not leaf and one.count <= 12]
    knows = [{}, *({one.name: one.count} for one in others)]
    by_sums = min(len(values_by_sums(root, leaf.name, shown, known)) for known in knows)
    return min(by_sums, len(values_by_trying(root, leaf.name))) < LEAST_VALUES


def found_in(root: Group) -> list[str]:
    return [leaf.name for leaf in leaves_of(root) if leaf.count < FEWEST and is_found(root, leaf)]


@pytest.mark.parametrize("first", range(0, FEW, 20))
def test_an_adversary_finds_nobody_in_generated_organisations(first):
    for seed in range(first, first + 20):
        assert found_in(organisation(seed)) == [], seed


@pytest.mark.prove
def test_an_adversary_finds_nobody_in_a_thousand_organisations():
    found = [seed for seed in range(ALL) if found_in(organisation(seed))]

    print(f"{len(found)} of {ALL} organisations disclose somebody")
    assert found == []


def test_totals_in_steps_of_their_own_would_give_somebody_away():
    def naive(root: Group) -> dict[str, Interval]:
        total = sum(leaf.count for leaf in leaves_of(root))
        low = total - total % 5
        return {**publish(root), root.name: Interval(low, low + 4)}

    root = Group("whole", parts=(Group("a", 4), Group("b", 6)))

    assert values_by_sums(root, "a", naive(root), {"b": 6}) == [4]
    assert values_by_trying(root, "a", naive) == [4]
    assert values_by_trying(root, "a") == [0, 1, 2, 3, 4]


def test_withholding_a_total_only_where_it_tells_too_much_would_give_it_away_too():
    def careful(root: Group) -> dict[str, Interval]:
        total = sum(leaf.count for leaf in leaves_of(root))
        shown = dict(publish(root))
        if total >= 10:
            del shown[root.name]
        return shown

    root = Group("whole", parts=(Group("a", 4), Group("b", 6)))

    assert values_by_trying(root, "a", careful) == [4]


def test_large_numbers_are_told_in_steps_and_small_ones_only_as_small():
    units = (Group("a", 23), Group("b", 37), Group("c", 41), Group("d", 2), Group("e", 0))
    found = publish(Group("whole", parts=units))

    assert found["a"] == Interval(20, 24)
    assert found["d"] == found["e"] == Interval(0, 4)
    assert found["d"].is_small
    assert not found["a"].is_small
    assert found["whole"] == Interval(95, 115)


def test_what_is_made_known_is_true():
    for seed in range(FEW):
        root = organisation(seed)
        for group in root.walk():
            low, high = publish(root)[group.name]
            assert low <= sum(leaf.count for leaf in leaves_of(group)) <= high
