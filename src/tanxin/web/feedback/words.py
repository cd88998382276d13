"""What states are called, to whom."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.core.deidentify import Band
from tanxin.core.passing_on import FeedbackState, ReplyState

STATES: dict[str, Promise] = {
    FeedbackState.REVIEW: _("being reviewed"),
    FeedbackState.RETURNED: _("sent back by the reviewer"),
    FeedbackState.WITHDRAWN: pgettext_lazy("told", "withdrawn"),
    FeedbackState.SENT: _("told, not answered yet"),
    FeedbackState.ANSWERED: _("answered"),
}
REPLIES: dict[str, Promise] = {
    ReplyState.REVIEW: _("being reviewed"),
    ReplyState.RETURNED: _("sent back by the reviewer"),
    ReplyState.PUBLISHED: pgettext_lazy("reply", "published"),
    ReplyState.WITHDRAWN: pgettext_lazy("told", "withdrawn"),
}
BANDS: dict[str, Promise] = {
    Band.FIVE: _("five people or more"),
    Band.TEN: _("ten people or more"),
    Band.TWENTY: _("twenty people or more"),
}
