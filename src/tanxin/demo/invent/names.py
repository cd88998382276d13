"""Names, numbers and days of people who do not exist."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from tanxin.apps.org.roster.values import check_digit

# No such district exists, so no such person does.
NOWHERE = "990101"
# 140 is given to no subscriber.
PHONE_PREFIX = "140"
MEN_ODD = {"男": 1, "女": 0}


class Names:
    """Hands out each name once."""

    def __init__(self, chance: Random, surnames: str, men: str, women: str) -> None:
        self.chance = chance
        self.surnames = surnames.split()
        self.given = {"男": men.split(), "女": women.split()}
        self.taken: set[str] = set()

    def take(self, gender: str) -> str:
        while True:
            name = self.chance.choice(self.surnames) + self.chance.choice(self.given[gender])
            if name not in self.taken:
                self.taken.add(name)
                return name


def id_number(born: date, gender: str, serial: int) -> str:
    order = (serial * 2 + MEN_ODD[gender]) % 1000
    first17 = f"{NOWHERE}{born:%Y%m%d}{order:03}"
    return first17 + check_digit(first17)


def phone(serial: int) -> str:
    return f"{PHONE_PREFIX}{serial * 7919 % 100_000_000:08}"


def day_of_age(chance: Random, today: date, years: float) -> date:
    """A day about so many years ago, give or take a few months."""
    return today - timedelta(days=int(years * 365.25) + chance.randrange(160))


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def weighted(chance: Random, choices: Sequence[tuple[str, int]]) -> str:
    words = [word for word, _ in choices]
    return chance.choices(words, [weight for _, weight in choices])[0]
