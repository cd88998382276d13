"""How often each sign finds what was planted, and how often it asks about somebody honest."""

from datetime import date
from random import Random
from uuid import UUID

from tanxin.core.oversight.facts import Found, Sign, Year
from tanxin.core.oversight.looking import look_at
from tanxin.core.oversight.measured import Measured
from tanxin.demo.trial.honest import live_honestly
from tanxin.demo.trial.making import BEGINS, Trial
from tanxin.demo.trial.planting import plant_all

SEED = 20261124
COUNTED = (date(BEGINS.year, 6, 30), date(BEGINS.year, 12, 31))


def trial_year(seed: int = SEED) -> Trial:
    trial = Trial(Random(seed))  # noqa: S311 invented people, the same each time
    plant_all(trial)
    live_honestly(trial)
    return trial


def facts_of(trial: Trial) -> Year:
    return Year(tuple(trial.talks), tuple(trial.issues), trial.away, COUNTED)


def is_harmless(trial: Trial, found: Found) -> bool:
    """About somebody for whom nothing of this sort was planted.

    A copy that is told apart wrongly is one all the same: the question is the same.
    """
    return not any(found.person in trial.planted[sign] for sign in alike(found.sign))


def about(shown: dict[Sign, list[Found]], sign: Sign) -> set[UUID]:
    return {one.person for same in alike(sign) for one in shown[same]}


COPIES = (Sign.COPY, Sign.LAST_YEAR, Sign.ACROSS, Sign.PERMUTED)


def alike(sign: Sign) -> tuple[Sign, ...]:
    return COPIES if sign in COPIES else (sign,)


def measure(trial: Trial) -> dict[Sign, Measured]:
    shown: dict[Sign, list[Found]] = {sign: [] for sign in Sign}
    for found in look_at(facts_of(trial)):
        shown[found.sign].append(found)
    return {
        sign: Measured(
            planted=len(trial.planted[sign]),
            found=len(trial.planted[sign] & about(shown, sign)),
            shown=len(shown[sign]),
            harmless=sum(is_harmless(trial, one) for one in shown[sign]),
        )
        for sign in Sign
    }
