"""Every event that may be logged, with what it means. A name is never reused."""

from types import MappingProxyType


class UnknownEvent(Exception):
    """The event is not registered: add it to ``tanxin.apps.audit.events``."""


def _(meaning: str) -> str:
    """Mark it to be translated where it is shown; this table needs no settings."""
    return meaning


EVENTS = MappingProxyType(
    {
        "realm.founded": _("An organisation was set up with its keys."),
        "realm.key_renewed": _("A realm's key was renewed, perhaps in another suite."),
        "realm.key_moved": _("What was under an older key was moved to the newest."),
        "realm.key_destroyed": _("An older key was destroyed; nothing was under it any more."),
        "account.opened": _("A person was given an account."),
        "account.closed": _("An account was closed."),
        "account.locked": _("An account was locked after failed attempts."),
        "account.signed_in": _("Somebody signed in."),
        "account.signed_out": _("Somebody signed out."),
        "account.sign_in_failed": _("A sign-in was refused."),
        "account.password_changed": _("A password was changed."),
        "account.confirmed": _("Somebody showed again who he is, before a weighty step."),
        "account.second_factor_added": _("A second factor was added to an account."),
        "account.second_factor_removed": _("A second factor was taken from an account."),
        "account.reset_given": _("Somebody was given a code to choose a new password with."),
        "account.reset_used": _("A new password was chosen with such a code."),
        "account.sessions_ended": _("Logins of an account were ended."),
        "role.given": _("A role was given."),
        "role.taken": _("A role was taken away."),
        "role.refused": _("Somebody tried to give himself a role."),
        "secretary.named": _("Somebody was named to arrange a leader's talks."),
        "secretary.ended": _("Somebody no longer arranges a leader's talks."),
        "recusal.set": _("Somebody was recused from a row or a person."),
        "recusal.lifted": _("A recusal was lifted."),
        "access.asked": _("Somebody asked to read what was said in a talk."),
        "access.approved": _("A request to read was approved, for some hours."),
        "access.refused": _("A request to read was refused."),
        "access.withdrawn": _("A request to read was withdrawn, or its time cut short."),
        "access.emergency": _("Somebody was let read at once by a second person."),
        "access.reviewed": _("A third person judged an emergency afterwards."),
        "handover.opened": _("A list of what is to be handed over was made."),
        "handover.signed": _("One side signed a handover list."),
        "handover.done": _("Both sides had signed, and what stands in the list moved."),
        "handover.dropped": _("A handover list was given up."),
        "talk.handed_over": _("A planned talk went to a successor."),
        "issue.handed_over": _("An issue went to a successor."),
        "measure.handed_over": _("A measure went to a successor."),
        "calendar.changed": _("A day of the organisation's calendar was set."),
        "person.added": _("A person was added."),
        "person.changed": _("A person's own data were changed."),
        "person.left": _("A person left."),
        "unit.added": _("A unit was added."),
        "unit.changed": _("A unit was changed."),
        "unit.closed": _("A unit was closed."),
        "post.added": _("A post was added."),
        "team.added": _("A team was added."),
        "fact.recorded": _("A dated fact was recorded."),
        "fact.ended": _("A dated fact was ended."),
        "fact.corrected": _("A dated fact was voided and replaced."),
        "fact.voided": _("A dated fact was voided."),
        "event.recorded": _("A dated event was announced."),
        "event.moved": _("A dated event was moved."),
        "event.voided": _("A dated event was called off."),
        "roster.imported": _("A roster was imported; count and digest stand for its rows."),
        "roster.exported": _("A roster was exported."),
        "rules.published": _("A version of a rule pack was put in force."),
        "duties.derived": _("Duties were derived; count and digest stand for the difference."),
        "duty.waived": _("A duty was waived with a reason."),
        "duty.withdrawn": _("A duty no longer holds."),
        "plan.approved": _("A yearly plan was approved."),
        "talk.proposed": _("A talk was proposed."),
        "talk.agreed": _("Time and place of a talk were agreed."),
        "talk.moved": _("A talk was moved."),
        "talk.declined": _("A proposed talk was declined with a reason."),
        "talk.refused": _("A talk was refused with a reason."),
        "talk.cancelled": _("A talk was cancelled with a reason."),
        "talk.prepared": _("A talk was prepared."),
        "talk.held": _("A talk was recorded as held."),
        "talk.recorded": _("The record of a talk was written."),
        "talk.confirmed": _("The subject confirmed the record."),
        "talk.disputed": _("The subject disputed the record."),
        "talk.unconfirmed": _("The time to confirm passed without an answer."),
        "talk.summed_up": _("A talk was summed up."),
        "talk.followed_up": _("What was promised in a talk was followed up."),
        "talk.archived": _("A talk was archived."),
        "request.made": _("Somebody asked for a talk."),
        "request.answered": _("A request for a talk was answered."),
        "request.declined": _("A request for a talk was declined with a reason."),
        "request.escalated": _("A request for a talk went to another initiator."),
        "request.withdrawn": _("A request for a talk was withdrawn."),
        "record.written": _("A version of a confidential text was stored."),
        "record.opened": _("A confidential text was opened; written by the keeper."),
        "record.remarked": _("A party added a remark."),
        "record.granted": _("Somebody was given access to a record."),
        "record.revoked": _("Somebody's access to a record was ended."),
        "record.exported": _("A record was printed or exported."),
        "memo.written": _("An author stored a memo."),
        "memo.erased": _("A memo was erased."),
        "issue.raised": _("A problem was taken down."),
        "issue.assigned": _("A problem was given an owner, a verifier and a date."),
        "issue.answered": _("The one who raised a problem was answered."),
        "issue.closed": _("A problem was closed."),
        "issue.reopened": _("A problem was opened again."),
        "issue.explained": _("A problem that cannot be solved now was explained."),
        "measure.added": _("A measure was decided."),
        "measure.extended": _("A measure was given more time."),
        "measure.reported": _("A measure was reported as done."),
        "measure.verified": _("A measure was verified as done."),
        "measure.sent_back": _("A measure was sent back."),
        "marking.refused": _("A text with a mark of a state secret was refused and not kept."),
        "log.read": _("An auditor read the log."),
        "log.exported": _("An auditor took the log away, without details."),
        "detail.erased": _("Details of log entries were erased."),
    }
)


def known(event: str) -> str:
    """Return ``event`` or raise ``UnknownEvent``."""
    if event not in EVENTS:
        raise UnknownEvent(event)
    return event
