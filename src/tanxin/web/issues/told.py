"""Numbers as somebody may be told them, in words."""

from django.utils.translation import gettext

from tanxin.core.tallying import FEWEST, Told, follow_up


def number(one: Told) -> str:
    if one.is_exact:
        return str(one.number)
    if one.is_small:
        return gettext("fewer than %(fewest)s") % {"fewest": FEWEST}
    return gettext("%(number)s or more") % {"number": one.number}


def share_of(raised: Told, effective: Told) -> str:
    """How much of what was raised has helped."""
    share = follow_up(raised, effective)
    if share is None:
        return gettext("too little evidence")
    if share.least == share.most:
        return f"{share.least}%"
    return gettext("%(least)s%% to %(most)s%%") % {"least": share.least, "most": share.most}
