"""Every event that may be logged, with what it means. A name is never reused."""

from types import MappingProxyType


class UnknownEvent(Exception):
    """The event is not registered: add it to ``tanxin.apps.audit.events``."""


EVENTS = MappingProxyType(
    {
        "realm.founded": "An organisation was set up with its keys.",
        "account.opened": "A person was given an account.",
        "account.closed": "An account was closed.",
        "account.locked": "An account was locked after failed attempts.",
        "account.signed_in": "Somebody signed in.",
        "account.signed_out": "Somebody signed out.",
        "account.sign_in_failed": "A sign-in was refused.",
        "account.password_changed": "A password was changed.",
        "role.given": "A role was given.",
        "role.taken": "A role was taken away.",
        "calendar.changed": "A day of the organisation's calendar was set.",
        "person.added": "A person was added.",
        "person.changed": "A person's own data were changed.",
        "person.left": "A person left.",
        "unit.added": "A unit was added.",
        "unit.changed": "A unit was changed.",
        "unit.closed": "A unit was closed.",
        "post.added": "A post was added.",
        "team.added": "A team was added.",
        "fact.recorded": "A dated fact was recorded.",
        "fact.ended": "A dated fact was ended.",
        "fact.corrected": "A dated fact was voided and replaced.",
        "fact.voided": "A dated fact was voided.",
        "event.recorded": "A dated event was announced.",
        "event.moved": "A dated event was moved.",
        "event.voided": "A dated event was called off.",
        "roster.imported": "A roster was imported; count and digest stand for its rows.",
        "roster.exported": "A roster was exported.",
        "rules.published": "A version of a rule pack was put in force.",
        "duties.derived": "Duties were derived; count and digest stand for the difference.",
        "duty.waived": "A duty was waived with a reason.",
        "duty.withdrawn": "A duty no longer holds.",
        "plan.approved": "A yearly plan was approved.",
        "talk.proposed": "A talk was proposed.",
        "talk.agreed": "Time and place of a talk were agreed.",
        "talk.moved": "A talk was moved.",
        "talk.declined": "A proposed talk was declined with a reason.",
        "talk.refused": "A talk was refused with a reason.",
        "talk.cancelled": "A talk was cancelled with a reason.",
        "talk.prepared": "A talk was prepared.",
        "talk.held": "A talk was recorded as held.",
        "talk.recorded": "The record of a talk was written.",
        "talk.confirmed": "The subject confirmed the record.",
        "talk.disputed": "The subject disputed the record.",
        "talk.unconfirmed": "The time to confirm passed without an answer.",
        "talk.summed_up": "A talk was summed up.",
        "talk.followed_up": "What was promised in a talk was followed up.",
        "talk.archived": "A talk was archived.",
        "request.made": "Somebody asked for a talk.",
        "request.answered": "A request for a talk was answered.",
        "request.declined": "A request for a talk was declined with a reason.",
        "request.escalated": "A request for a talk went to another initiator.",
        "request.withdrawn": "A request for a talk was withdrawn.",
        "record.written": "A version of a confidential text was stored.",
        "record.opened": "A confidential text was opened; written by the keeper.",
        "record.remarked": "A party added a remark.",
        "record.granted": "Somebody was given access to a record.",
        "record.revoked": "Somebody's access to a record was ended.",
        "record.exported": "A record was printed or exported.",
        "memo.written": "An author stored a memo.",
        "memo.erased": "A memo was erased.",
        "issue.raised": "A problem was taken down.",
        "issue.assigned": "A problem was given an owner, a verifier and a date.",
        "issue.answered": "The one who raised a problem was answered.",
        "issue.closed": "A problem was closed.",
        "issue.reopened": "A problem was opened again.",
        "issue.explained": "A problem that cannot be solved now was explained.",
        "measure.added": "A measure was decided.",
        "measure.extended": "A measure was given more time.",
        "measure.reported": "A measure was reported as done.",
        "measure.verified": "A measure was verified as done.",
        "measure.sent_back": "A measure was sent back.",
        "marking.refused": "A text with a mark of a state secret was refused; nothing of it is kept.",
        "detail.erased": "Details of log entries were erased.",
    }
)


def known(event: str) -> str:
    """Return ``event`` or raise ``UnknownEvent``."""
    if event not in EVENTS:
        raise UnknownEvent(event)
    return event
