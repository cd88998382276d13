from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.core.passing_on import CommonMove, CommonState

STATES: dict[str, Promise] = {
    CommonState.OPEN: _("to be decided"),
    CommonState.TALK: _("a collective talk is to be planned"),
    CommonState.PLANNED: _("collective talk planned"),
    CommonState.REPLY: _("to be answered in public"),
    CommonState.RULE: _("a change of rules is wished"),
    CommonState.DISMISSED: _("dismissed"),
}
FOUND_BY: dict[str, Promise] = {
    "kind": _("five people or more raised issues of this kind"),
    "likeness": _("five people or more raised what sounds alike"),
}
DONE: dict[str, Promise] = {
    CommonMove.TALK: pgettext_lazy("common", "Whoever leads it now plans the talk."),
    CommonMove.REPLY: pgettext_lazy("common", "Now write the answer."),
    CommonMove.RULE: pgettext_lazy("common", "It stands with the drafts of rules."),
}
