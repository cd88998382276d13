"""From evidence to a result, method 1: small numbers are drawn towards the whole organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tanxin.core.appraisal.evidence import FULL, Evidence
from tanxin.core.appraisal.indicators import Indicator
from tanxin.core.appraisal.scheme import WHOLE, Scheme
from tanxin.core.vault.canonical import Json

# Results are kept in tenths of a hundredth, so that no two machines differ in a last digit.
TENTHS = 10
Whole = Mapping[Indicator, tuple[int, int]]


class Standing(StrEnum):
    """``TOO_LITTLE`` is no zero: nothing can be said. ``BELOW`` is a threshold not reached."""

    TOO_LITTLE = "too_little"
    BELOW = "below"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator. ``tenths`` is None where there is too little to say anything.

    For a threshold it is the plain share, and ``reached`` says whether it is enough.
    """

    indicator: Indicator
    count: int
    tenths: int | None
    weight: int = 0
    floor: int = 0
    reached: bool = True

    def data(self) -> dict[str, Json]:
        return {"count": self.count, "tenths": self.tenths, "reached": self.reached}


@dataclass(frozen=True, slots=True)
class Result:
    standing: Standing
    tenths: int | None
    thresholds: tuple[Line, ...]
    lines: tuple[Line, ...]
    # Of a hundred: the weight of what there was enough evidence for.
    resting_on: int

    def data(self) -> dict[str, Json]:
        return {
            "standing": self.standing.value,
            "tenths": self.tenths,
            "resting_on": self.resting_on,
            "thresholds": {line.indicator.value: line.data() for line in self.thresholds},
            "lines": {line.indicator.value: line.data() for line in self.lines},
        }


def result_of(scheme: Scheme, evidence: Mapping[Indicator, Evidence], whole: Whole) -> Result:
    """``whole`` is count and halves of each indicator in the whole organisation.

    Where less than half of the weight has enough evidence, no result is given.
    """
    thresholds = tuple(
        _threshold(scheme, key, evidence.get(key, Evidence()))
        for key in Indicator
        if scheme.floors.get(key)
    )
    lines = tuple(
        _line(scheme, key, evidence.get(key, Evidence()), whole.get(key, (0, 0)))
        for key in Indicator
        if scheme.weights.get(key)
    )
    counted = [(line.weight, line.tenths) for line in lines if line.tenths is not None]
    rests = sum(weight for weight, _ in counted)
    standing = Standing.GIVEN
    if 2 * rests < WHOLE:
        standing = Standing.TOO_LITTLE
    elif not all(line.reached for line in thresholds):
        standing = Standing.BELOW
    total = None
    if standing is Standing.GIVEN:
        total = _rounded(Fraction(sum(weight * tenths for weight, tenths in counted), rests))
    return Result(standing, total, thresholds, lines, rests)


def _threshold(scheme: Scheme, key: Indicator, evidence: Evidence) -> Line:
    """Where nothing was owed there is nothing to reach."""
    floor = scheme.floors[key]
    if not evidence.count:
        return Line(key, 0, None, floor=floor)
    share = Fraction(evidence.halves, FULL * evidence.count)
    reached = share * WHOLE >= floor
    return Line(key, evidence.count, _in_tenths(share), floor=floor, reached=reached)


def _line(scheme: Scheme, key: Indicator, evidence: Evidence, whole: tuple[int, int]) -> Line:
    weight = scheme.weights[key]
    if evidence.count < scheme.fewest:
        return Line(key, evidence.count, None, weight)
    share = shrunk(evidence, whole, scheme.strength)
    return Line(key, evidence.count, _in_tenths(share), weight)


def shrunk(evidence: Evidence, whole: tuple[int, int], strength: int) -> Fraction:
    """The share as if ``strength`` more things had been there that are like the whole."""
    count, halves = whole
    usual = Fraction(halves, FULL * count) if count else Fraction(1, 2)
    return (Fraction(evidence.halves, FULL) + strength * usual) / (evidence.count + strength)


def _in_tenths(share: Fraction) -> int:
    return _rounded(share * WHOLE * TENTHS)


def _rounded(number: Fraction) -> int:
    """Half goes up."""
    return int(number + Fraction(1, 2))
