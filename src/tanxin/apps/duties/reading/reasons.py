"""Who may know why: a duty about illness or hardship says more than that a talk is due.

Who leads a unit sees that such a duty is open. The rule, its clause and the facts are shown to the
two people and to organisers only, and a rule's list is no way round that.
"""

from django.db.models import Q

from tanxin.apps.duties.access import relations_to
from tanxin.apps.duties.models import Duty
from tanxin.core.access import Actor, Permission, decide


def may_know_reason(actor: Actor, duty: Duty) -> bool:
    if not duty.sensitive:
        return True
    return decide(Permission.DUTY_REASON, relations_to(actor, duty)).allowed


def reason_is_open(actor: Actor) -> Q:
    """The condition under which ``may_know_reason`` holds."""
    if decide(Permission.DUTY_REASON, actor.standing).allowed:
        return Q()
    return (
        Q(sensitive=False)
        | Q(initiator=actor.person_id, initiator__isnull=False)
        | Q(subject=actor.person_id, subject__isnull=False)
    )
