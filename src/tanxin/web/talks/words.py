"""What the codes of a talk are called, and what may be asked in a talk of each kind."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.core.lifecycle import RequestState, TalkState
from tanxin.core.policy.manner import Grade, Part


class Kinds(dict[str, Promise]):
    """The four; a kind that a pack brings is called by its code where no pack is at hand."""

    def __missing__(self, kind: str) -> str:
        return kind


KINDS = Kinds(
    {
        "routine": pgettext_lazy("talk", "Everyday work"),
        "care": pgettext_lazy("talk", "Care"),
        "office": pgettext_lazy("talk", "Appointment and removal"),
        "warning": pgettext_lazy("talk", "Warning and urging"),
    }
)
CHANNELS: dict[str, Promise] = {
    "face": pgettext_lazy("talk", "face to face"),
    "visit": pgettext_lazy("talk", "visit"),
    "phone": pgettext_lazy("talk", "phone"),
    "video": pgettext_lazy("talk", "video"),
    "wechat": pgettext_lazy("talk", "WeChat"),
    "mail": pgettext_lazy("talk", "e-mail"),
}
STATES: dict[str, Promise] = {
    TalkState.APPROVING: pgettext_lazy("talk", "waiting for approval"),
    TalkState.NOT_APPROVED: pgettext_lazy("talk", "not approved"),
    TalkState.PROPOSED: pgettext_lazy("talk", "time proposed"),
    TalkState.AGREED: pgettext_lazy("talk", "agreed"),
    TalkState.HELD: pgettext_lazy("talk", "held, not recorded"),
    TalkState.RECORDED: pgettext_lazy("talk", "waiting for confirmation"),
    TalkState.CONFIRMED: pgettext_lazy("talk", "confirmed"),
    TalkState.DISPUTED: pgettext_lazy("talk", "disputed"),
    TalkState.UNCONFIRMED: pgettext_lazy("talk", "not confirmed"),
    TalkState.REFUSED: pgettext_lazy("talk", "refused"),
    TalkState.CANCELLED: pgettext_lazy("talk", "cancelled"),
}
# Who may know; levels of our own, none of which marks a state secret.
GRADES: dict[str, Promise] = {
    Grade.ORDINARY: pgettext_lazy("grade", "ordinary"),
    Grade.LIMITED: pgettext_lazy("grade", "limited"),
    Grade.PARTIES: pgettext_lazy("grade", "the parties only"),
}
PARTS: dict[str, Promise] = {
    Part.INITIATOR: pgettext_lazy("part", "the initiator"),
    Part.SUBJECT: pgettext_lazy("part", "the subject"),
    Part.RECORDER: pgettext_lazy("part", "a recorder"),
    Part.ACCOMPANIST: pgettext_lazy("part", "an accompanist"),
    Part.INTERPRETER: pgettext_lazy("part", "somebody who explains the policy"),
    Part.VOLUNTEER: pgettext_lazy("part", "a volunteer"),
    Part.PARTY_SECRETARY: pgettext_lazy("part", "the Party secretary"),
    Part.CHIEF: pgettext_lazy("part", "the chief"),
    Part.DISCIPLINE: pgettext_lazy("part", "the discipline inspection"),
    Part.ORGANISATION: pgettext_lazy("part", "the organisation department"),
}
MEANS: dict[str, Promise] = {
    "relogin": pgettext_lazy("signature", "by showing who one is"),
    "handwriting": pgettext_lazy("signature", "by hand on the screen"),
    "certificate": pgettext_lazy("signature", "by certificate"),
    "paper": pgettext_lazy("signature", "by hand on paper"),
}
# Whoever has no account says it through somebody else: that stands wherever a record is quoted.
PROXIES: dict[str, Promise] = {
    "paper": pgettext_lazy("confirmation", "on paper"),
    "in_person": pgettext_lazy("confirmation", "read back in person"),
    "phone": pgettext_lazy("confirmation", "read back by phone"),
}
OBJECTIONS: dict[str, Promise] = {
    "paper": pgettext_lazy("objection", "on paper"),
    "in_person": pgettext_lazy("objection", "said when it was read back in person"),
    "phone": pgettext_lazy("objection", "said when it was read back by phone"),
}
SCAN_MISSING = _("Please attach the scan of what he signed.")
OWN_HAND = _("This kind of record is signed by his own hand: take the paper.")
ONLY_WITNESS = _("Only who was asked to read it to him can say that. You can bring the paper.")
NO_ROOM = _("The disk is full; nothing was kept. Please tell who runs the machine.")
TOO_MANY_FILES = _("This talk bears as many files as it can. Put several pages into one PDF.")
CHANGED_MEANWHILE = _("Meanwhile something changed. Please look at it once more.")
# A proposed time, by who has to answer it.
THEIR_TURN = _("time proposed, waits for the other side")
MY_TURN = _("time proposed, waits for you")
TO_ENDORSE = pgettext_lazy("talk", "waiting for endorsement")
NOT_ANSWERED = _("You have not said anything to this version yet.")
STANDINGS: dict[str, tuple[Promise, str]] = {
    "waiting": (_("The subject has not said anything to this version yet."), "info"),
    "unconfirmed": (
        _("Not confirmed: the time to answer passed in silence, and silence confirms nothing."),
        "warn",
    ),
    "confirmed": (_("Confirmed by the subject."), "good"),
    "not_right": (_("The subject says: this is not right."), "late"),
    "did_not_happen": (_("The subject says: this talk did not happen."), "late"),
}
CONFIRMED_BY_YOU: Promise = _("Confirmed by you.")
TO_HIMSELF: dict[str, Promise] = {"waiting": NOT_ANSWERED, "confirmed": CONFIRMED_BY_YOU}
HELD_BEFORE: Promise = _("Entered afterwards: talk held")
REQUEST_STATES: dict[str, Promise] = {
    RequestState.WAITING: pgettext_lazy("request", "waiting for an answer"),
    RequestState.ACCEPTED: pgettext_lazy("request", "accepted"),
    RequestState.REFUSED: pgettext_lazy("request", "refused"),
    RequestState.WITHDRAWN: pgettext_lazy("request", "withdrawn"),
    RequestState.SUGGESTED: pgettext_lazy("request", "somebody else is suggested"),
    RequestState.FORWARDED: pgettext_lazy("request", "passed on"),
}
PAPERS: dict[str, Promise] = {
    "notice": pgettext_lazy("paper", "Notice of the talk"),
    "sheet": pgettext_lazy("paper", "Sheet to fill in by hand"),
    "record": pgettext_lazy("paper", "Record, to sign and file"),
}
OWN_CHIEF = _("Heads your unit")
CHIEF_ABOVE = _("Heads the unit above")
IN_CHARGE = _("In charge of your unit")
GUIDES: dict[str, list[Promise]] = {
    "routine": [
        _("How is the work going, and what is in the way?"),
        _("What does he or she suggest, to you or to the unit?"),
        _("What did the two of you agree on?"),
    ],
    "care": [
        _("What weighs on him or her, at work or at home?"),
        _("What can be solved in practice, and by whom?"),
        _("What would he or she rather not have written down? Leave it out."),
    ],
    "office": [
        _("What was communicated, and how was it taken?"),
        _("What is asked of the post, and what support is needed?"),
        _("When somebody leaves: an honest word about the work, and the advice he or she leaves."),
    ],
    "warning": [
        _("What was it about: which node, task or sign?"),
        _("How does he or she see it?"),
        _("What will be done differently, until when, and with whose help?"),
    ],
}
EVENTS: dict[str, tuple[Promise, str, str]] = {
    "talk.proposed": (_("Time proposed"), "calendar-plus", "info"),
    "talk.approved": (_("Approved"), "circle-check", "good"),
    "talk.not_approved": (_("Not approved"), "ban", "rest"),
    "talk.prepared": (_("Prepared"), "clipboard-list", "info"),
    "talk.named": (_("Said who else takes part"), "user-plus", "info"),
    "talk.endorsed": (_("Record endorsed"), "circle-check", "good"),
    "talk.sent_back": (_("Record sent back"), "arrow-back-up", "warn"),
    "talk.signed": (_("Signed"), "signature", "good"),
    "talk.moved": (_("Another time proposed"), "calendar-event", "info"),
    "talk.agreed": (_("Time agreed"), "calendar-check", "good"),
    "talk.refused": (_("Talk refused"), "ban", "rest"),
    "talk.cancelled": (_("Talk cancelled"), "ban", "rest"),
    "talk.held": (_("Talk held"), "messages", "info"),
    "talk.recorded": (_("Record written"), "writing", "info"),
    "talk.assistant_named": (_("Somebody was asked to type the sheet"), "user-plus", "info"),
    "talk.sheet_entered": (_("Signed sheet typed, with its scan"), "file-text", "info"),
    "talk.sheet_accepted": (_("Typed sheet found right"), "circle-check", "good"),
    "talk.sheet_returned": (_("Typed sheet sent back"), "arrow-back-up", "warn"),
    "talk.witness_named": (_("Somebody was asked to read it back"), "user-plus", "info"),
    "talk.confirmed": (_("Record confirmed"), "circle-check", "good"),
    "talk.disputed": (_("Record disputed"), "alert-triangle", "warn"),
    "talk.unconfirmed": (_("Time to confirm passed in silence"), "hourglass", "warn"),
    "record.remarked": (_("Remark added"), "message-plus", "info"),
    "access.approved": (_("A request to read was approved"), "lock-open", "warn"),
    "access.emergency": (_("Somebody was let read in an emergency"), "lock-open", "warn"),
    "access.reviewed": (_("An emergency was judged"), "lock-open", "info"),
}


def proxy_of(verdict: str, proxy: str) -> Promise | str:
    """How somebody without an account said it; nothing where he said it himself."""
    return (PROXIES if verdict == "confirmed" else OBJECTIONS).get(proxy, "")
