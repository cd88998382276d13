"""The sentence for each fault of a file of cases."""

from collections.abc import Mapping

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

CASE_WHAT: Mapping[str, Lazy] = {
    "case.word": _("“%(value)s” is not known in %(place)s; one of: %(known)s"),
    "case.rule": _(
        "“%(value)s” in %(place)s is no rule of the packs of this case; there are: %(known)s"
    ),
    "case.rows": _("the rule “%(value)s” has rows; name one of them: %(known)s"),
    "case.pack-unsound": _(
        "the pack “%(value)s” has faults itself; mend them first (tanxin rules check)"
    ),
    "case.pack-not-then": _(
        "the pack “%(value)s” is not in force in %(year)s; it is valid from %(start)s"
    ),
    "case.shape": _("%(place)s is not written like this"),
    "case.text": _("a word is wanted here, not “%(value)s”; put figures and yes, no in quotes"),
    "case.day": _("a day such as 2026-05-20 is wanted here, not “%(value)s”"),
    "case.days": _(
        "“%(value)s” holds no days that can be read; write “word 2026-03-01..2026-05-01”, "
        "either day may be left out, the second is the first day no longer"
    ),
    "case.flag": _("yes or no is wanted here, not “%(value)s”"),
    "case.number": _("a number from %(least)s to %(most)s is wanted here, not “%(value)s”"),
    "case.asks-nothing": _("this case tests nothing: it needs expect or absent"),
}
