"""Why a talk cannot be arranged so, in words, and at which field of the form they stand."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.org.apart import Barred
from tanxin.apps.talks.refusals import (
    ChannelNeedsReason,
    FormNotMeant,
    NobodyToApprove,
    NobodyToEndorse,
    NotBetweenTheTwo,
    NotForHimToHold,
    PartnerNotMeant,
    TalkWithOneself,
)
from tanxin.core.policy import KindUnknown
from tanxin.web.talks.kinds import not_for_him

WHERE: dict[type[Exception], tuple[str | None, Promise]] = {
    TalkWithOneself: (None, _("A talk needs two people.")),
    PartnerNotMeant: (
        "planned_for",
        _("On this day a talk with this person is not one that meets the duty."),
    ),
    NotBetweenTheTwo: (None, _("This duty is between other people.")),
    NotForHimToHold: ("kind", _("Talks of this type are held by others.")),
    Barred: (
        None,
        _(
            "By the rules of recusal this talk cannot be led by this person. Where the duty allows"
            " it, let somebody else hold it for you."
        ),
    ),
    FormNotMeant: ("kind", _("The rule wants talks of this type held in another form.")),
    ChannelNeedsReason: ("because", _("Please say in a few words why it is not face to face.")),
    NobodyToEndorse: (
        "kind",
        _("The record of such a talk is endorsed, and there is nobody above you to do it."),
    ),
    NobodyToApprove: (
        "kind",
        _("Such a talk is approved before, and there is nobody above you to do it."),
    ),
    KindUnknown: ("kind", _("On this day there is no such kind of talk.")),
}


def said(refused: Exception) -> tuple[str | None, str]:
    """The field and the words."""
    kind = next(one for one in WHERE if isinstance(refused, one))
    field, text = WHERE[kind]
    if isinstance(refused, NotForHimToHold):
        return field, not_for_him(refused)
    return field, str(text)
