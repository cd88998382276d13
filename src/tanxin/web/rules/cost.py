"""What talks cost in time, as long as nobody has said how long they take."""

from dataclasses import dataclass

MINUTES = {"routine": 45, "care": 45, "office": 60, "warning": 60}


def minutes_of(kind: str) -> int:
    """A kind of one's own takes as long as everyday work."""
    return MINUTES.get(kind, MINUTES["routine"])


@dataclass(frozen=True, slots=True)
class YearlyCost:
    """Of the talks of one rule in a year; a share is that of one of those who lead them."""

    talks: int
    leaders: int
    each: int

    @property
    def hours(self) -> str:
        return hours(self.talks * self.each)

    @property
    def talks_share(self) -> str:
        return f"{self.talks / self.leaders:.1f}".removesuffix(".0")

    @property
    def hours_share(self) -> str:
        return hours(self.talks * self.each / self.leaders)


def hours(minutes: float) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0")
