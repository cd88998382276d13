"""A fault as it is read beside its field."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tanxin.apps.duties.fault_words import sentence
from tanxin.core.drafting.placed import Placed
from tanxin.web.rules.drafting.bound import Faults


@dataclass(frozen=True, slots=True)
class Said:
    """``meant`` is the word that was probably meant, ``example`` source that works there."""

    what: str
    meant: str
    example: str
    line: int
    file: str


def said(placed: Placed) -> Said:
    fault = placed.fault
    meant = _("Did you mean “%(hint)s”?") % {"hint": fault.hint} if fault.hint else ""
    return Said(
        sentence(fault), meant, "" if fault.hint else fault.example.strip(), fault.line, fault.file
    )


def faults_of(placed: Iterable[Placed]) -> Faults:
    return Faults([(each.path, said(each)) for each in placed])
