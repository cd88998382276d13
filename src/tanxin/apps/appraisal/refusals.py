"""What can be the case when a scheme, a result or an appeal is not to be changed so."""

from collections.abc import Sequence

from tanxin.core.appraisal import Fault


class SchemeHasFaults(Exception):
    """Nothing with a fault is proposed or put in force; ``faults`` say why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class SchemeMoved(Exception):
    """It was proposed, put in force or dropped in the meantime."""


class YearIsPast(Exception):
    """What counts is declared before, or in, the year it counts for."""


class NobodyToDecide(Exception):
    """There is no second person who is free to say no."""


class NoScheme(Exception):
    """Nothing was declared for the year."""


class YearNotOver(Exception):
    """A year is frozen once it is over."""


class YearIsFrozen(Exception):
    """It is frozen already."""


class NotFrozenYet(Exception):
    """An appeal is against a frozen result."""


class AppealWaits(Exception):
    """An appeal waits for its decision already."""


class AppealIsOver(Exception):
    """It was decided or taken back in the meantime."""


class NothingChanged(Exception):
    """Whoever grants an appeal says what shall count otherwise."""


class WordsMissing(Exception):
    pass


class SpeaksForHimself(Exception):
    """Whoever has an account and is not retired is asked in private, and not through others."""


class EntersForOwnUnit(Exception):
    """Nobody enters what was said of a unit that he leads, nor for himself."""


class SaidAlready(Exception):
    """One opinion per person, unit and year."""


class SaidInTheFuture(Exception):
    pass
