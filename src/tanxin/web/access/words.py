from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tanxin.apps.issues.services.handing_for_another import NothingIsOpen
from tanxin.apps.issues.services.handing_over import HandoverIsOpen, HandoverToOneself
from tanxin.apps.org.selectors.proposals import ProposalRow
from tanxin.core.access import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ROLES: "dict[Role, _StrPromise]" = {
    Role.ORGANISER: _("Organiser"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.SYSTEM_ADMIN: _("System administrator"),
    Role.SECURITY_ADMIN: _("Security administrator"),
    Role.AUDITOR: _("Auditor"),
    Role.INSPECTOR: _("Inspector"),
}
# An inspection gives its own role, with its last day.
GIVEN = {role: word for role, word in ROLES.items() if role is not Role.INSPECTOR}
TASKS: "dict[Role, _StrPromise]" = {
    Role.ORGANISER: _("Keeps people and duties in order; sees the course of talks, no text."),
    Role.SUPERVISOR: _("Sees the course of talks; reads one only when somebody else lets him."),
    Role.SYSTEM_ADMIN: _("Keeps the system running; sees no talk."),
    Role.SECURITY_ADMIN: _(
        "Proposes roles, never for himself; another person approves. Sees no talk."
    ),
    Role.AUDITOR: _("Reads the log, and nothing else."),
    Role.INSPECTOR: _("For the days of an inspection: sees the course, reads only when let."),
}
BECAUSE: "dict[str, _StrPromise]" = {
    "relative": _("They are related"),
    "dispute": _("They are in dispute"),
    "complaint": _("One complained about the other"),
    "wish": _("I wish so"),
    "own": _("Recused himself"),
}
ABOUT: "dict[str, _StrPromise]" = {
    "person": _("Everything in which this person is talked to"),
    "talk": _("One talk"),
    "issue": _("One issue"),
}
HANDED: "dict[str, _StrPromise]" = {
    "talk": _("Planned talk"),
    "issue": _("Issue to answer"),
    "measure": _("Measure to finish"),
    "inquiry": _("Facts to look into"),
    "effect": _("Effect to look at"),
}
NOT_LISTED: "dict[type[Exception], _StrPromise]" = {
    HandoverToOneself: _("It must go to somebody else."),
    HandoverIsOpen: _("There is a list for this person that is not signed yet."),
    NothingIsOpen: _("Nothing of this person waits for somebody else."),
}
VERDICTS: "dict[str, _StrPromise]" = {
    "": _("waiting"),
    "approved": _("let read"),
    "refused": _("refused"),
    "withdrawn": _("withdrawn"),
}
REVIEWS: "dict[str, _StrPromise]" = {
    "": _("not judged yet"),
    "justified": _("judged justified"),
    "unjustified": _("judged not justified"),
}
PROPOSED: "dict[str, _StrPromise]" = {
    "": _("waits for a second person"),
    "approved": _("approved, to be put in force"),
    "given": _("in force"),
    "turned_down": _("not approved"),
    "withdrawn": _("withdrawn"),
}


def proposal_state(row: ProposalRow) -> "_StrPromise":
    return PROPOSED["given" if row.given_at else row.verdict]


DECIDED: "dict[str, _StrPromise]" = {
    "approve": _("Let read. Who asked and the two of the talk find it among what to do."),
    "refuse": _("Refused. Who asked finds it among what to do."),
}
