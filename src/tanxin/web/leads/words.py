from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tanxin.core.passing_on import LeadMove, LeadState

STATES: dict[str, Promise] = {
    LeadState.ASKED: pgettext_lazy("lead", "waits for approval"),
    LeadState.REFUSED: pgettext_lazy("lead", "not approved"),
    LeadState.HANDED: pgettext_lazy("lead", "handed over"),
    LeadState.RECEIVED: pgettext_lazy("lead", "received"),
    LeadState.TAKEN_UP: pgettext_lazy("lead", "taken up"),
    LeadState.CLOSED: pgettext_lazy("lead", "closed"),
}
FOLLOWING: dict[LeadMove, Promise] = {
    LeadMove.RECEIVE: pgettext_lazy("lead", "Received"),
    LeadMove.TAKE_UP: pgettext_lazy("lead", "Taken up"),
    LeadMove.CLOSE: pgettext_lazy("lead", "Closed"),
}
