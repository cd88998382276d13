"""A declared scheme: what counts how much, and what must be reached before anything counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tanxin.core.appraisal.indicators import INDICATORS, THRESHOLD_ONLY, Indicator, Nature
from tanxin.core.vault.canonical import Json

WHOLE = 100
FEWEST = 5
BOUNDS = {"fewest": (FEWEST, 50), "strength": (1, 100), "settle": (0, 180), "again": (30, 365)}
PER_UNIT = ("weights", "floors")


class SchemeUnreadable(ValueError):
    """A key is missing or unknown, or holds what it may not hold; says which."""


class Fault(StrEnum):
    """Why a scheme may not be declared."""

    NOT_A_HUNDRED = "not_a_hundred"
    PROCESS_ABOVE_RESULT = "process_above_result"
    THRESHOLD_WEIGHED = "threshold_weighed"
    COVERAGE_WITHOUT_FLOOR = "coverage_without_floor"
    RESULT_AS_THRESHOLD = "result_as_threshold"
    OUT_OF_BOUNDS = "out_of_bounds"
    ONE_RESULT_ALONE = "one_result_alone"


@dataclass(frozen=True, slots=True)
class Scheme:
    """``weights`` and ``floors`` are in hundredths.

    Fewer than ``fewest`` pieces of evidence are too few. A share is drawn towards that of the whole
    organisation as if ``strength`` more pieces of it had been there. What was raised in the last
    ``settle`` days is not looked at yet; the same matter within ``again`` days has come again.
    """

    weights: Mapping[Indicator, int]
    floors: Mapping[Indicator, int] = field(default_factory=dict)
    fewest: int = FEWEST
    strength: int = 10
    settle: int = 60
    again: int = 180

    def data(self) -> dict[str, Json]:
        return {
            "weights": {key.value: value for key, value in self.weights.items() if value},
            "floors": {key.value: value for key, value in self.floors.items() if value},
            **{name: getattr(self, name) for name in BOUNDS},
        }

    def weight_of(self, nature: Nature) -> int:
        return sum(weight for key, weight in self.weights.items() if INDICATORS[key] is nature)


DEFAULT = Scheme(
    weights={
        Indicator.CLOSURE: 30,
        Indicator.EFFECT: 20,
        Indicator.RECURRENCE: 10,
        Indicator.VIEW: 20,
        Indicator.REQUESTS: 10,
        Indicator.REPLIED: 10,
    },
    floors={Indicator.COVERAGE: 80},
)


def scheme_from(data: object) -> Scheme:
    """Read ``Scheme.data``; raises ``SchemeUnreadable``."""
    if not isinstance(data, Mapping) or set(data) != {*PER_UNIT, *BOUNDS}:
        raise SchemeUnreadable("keys")
    whole = {name: _number(data[name], name) for name in BOUNDS}
    weights, floors = (_shares(data[name], name) for name in PER_UNIT)
    return Scheme(weights, floors, **whole)


def _shares(data: object, name: str) -> dict[Indicator, int]:
    if not isinstance(data, Mapping):
        raise SchemeUnreadable(name)
    try:
        return {Indicator(key): _number(value, name) for key, value in data.items()}
    except ValueError:
        raise SchemeUnreadable(name) from None


def _number(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise SchemeUnreadable(name)
    return value


def faults_of(scheme: Scheme) -> list[Fault]:
    """All that keeps it from being declared; empty where nothing does."""
    process, result = scheme.weight_of(Nature.PROCESS), scheme.weight_of(Nature.RESULT)
    weighed = {key for key, weight in scheme.weights.items() if weight}
    results = {key for key in weighed if INDICATORS[key] is Nature.RESULT}
    floored = {key for key, floor in scheme.floors.items() if floor}
    found = {
        Fault.OUT_OF_BOUNDS: _out_of_bounds(scheme),
        Fault.NOT_A_HUNDRED: process + result != WHOLE,
        Fault.PROCESS_ABOVE_RESULT: process > result,
        Fault.THRESHOLD_WEIGHED: bool(weighed & THRESHOLD_ONLY),
        Fault.COVERAGE_WITHOUT_FLOOR: not floored >= THRESHOLD_ONLY,
        Fault.RESULT_AS_THRESHOLD: any(INDICATORS[key] is Nature.RESULT for key in floored),
        Fault.ONE_RESULT_ALONE: len(results) == 1,
    }
    return [fault for fault, there in found.items() if there]


def _out_of_bounds(scheme: Scheme) -> bool:
    shares = [*scheme.weights.values(), *scheme.floors.values()]
    numbers = ((getattr(scheme, name), *bounds) for name, bounds in BOUNDS.items())
    return any(not 0 <= share <= WHOLE for share in shares) or any(
        not low <= number <= high for number, low, high in numbers
    )
