"""Texts → checked packs: every stage that needs no facts, and what the packs say of each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tanxin.core.policy.check import check, words_of
from tanxin.core.policy.faults import Fault, meant
from tanxin.core.policy.floor import lax
from tanxin.core.policy.own import NO_WORDS, OwnWords
from tanxin.core.policy.read import Node, read
from tanxin.core.policy.schema import Level, Pack

_ORDER = tuple(Level)


@dataclass(frozen=True, slots=True)
class Checked:
    """``packs`` are free of faults of their own; use them only where there is no fault at all."""

    packs: tuple[Pack, ...]
    faults: tuple[Fault, ...]


def load_packs(sources: Mapping[str, str]) -> Checked:
    """Read and check the packs of ``sources``, file name → text, one pack in each file.

    Packs are checked against each other: give all that are to be in force together. A rule that
    asks for less than the upper rule it belongs to is a fault that names the clause.
    """
    faults: list[Fault] = []
    roots: list[Node] = []
    for file, text in sources.items():
        root, wrong = read(file, text)
        faults.extend(wrong)
        if root is not None and not wrong:
            roots.append(root)
    checked = check_roots(roots)
    return Checked(checked.packs, (*faults, *checked.faults))


def check_roots(roots: Sequence[Node]) -> Checked:
    """Check what was read."""
    packs: list[Pack] = []
    faults: list[Fault] = []
    own = words_of_all(roots)
    for root in roots:
        pack, wrong = check(root, own)
        faults.extend(wrong)
        if not wrong:
            packs.append(pack)
    for pack in packs:
        faults.extend(_versions(pack, packs))
        faults.extend(_extends(pack, packs))
        faults.extend(lax(pack, _above(pack, packs)))
    return Checked(tuple(packs), tuple(faults))


def words_of_all(roots: Sequence[Node]) -> OwnWords:
    own = NO_WORDS
    for root in roots:
        own = own.beside(words_of(root))
    return own


def _versions(pack: Pack, packs: Sequence[Pack]) -> Iterator[Fault]:
    """Versions of one pack may follow one another but not hold at the same time."""
    for other in packs[: packs.index(pack)]:
        if other.id == pack.id and _overlap(other, pack):
            params = {"pack": pack.id, "version": pack.version, "other": other.version}
            yield Fault("pack.versions-overlap", pack.file, pack.line, params)


def _overlap(one: Pack, other: Pack) -> bool:
    return one.start < (other.end or date.max) and other.start < (one.end or date.max)


def _extends(pack: Pack, packs: Sequence[Pack]) -> Iterator[Fault]:
    known = {each.id: each for each in packs}
    for name in pack.extends:
        params = {"pack": pack.id, "value": name}
        if name not in known:
            hint = meant(name, known)
            yield Fault("pack.extends-unknown", pack.file, pack.line, params, hint)
        elif _ORDER.index(known[name].level) > _ORDER.index(pack.level):
            yield Fault("pack.extends-lower", pack.file, pack.line, params)


def _above(pack: Pack, packs: Sequence[Pack]) -> list[Pack]:
    """Return the packs that ``pack`` extends, and what those extend."""
    names: dict[str, None] = dict.fromkeys(pack.extends)
    above: list[Pack] = []
    while names:
        found = [each for each in packs if each.id in names and each not in above]
        above.extend(found)
        names = dict.fromkeys(name for each in found for name in each.extends)
    return [each for each in above if each.id != pack.id]
