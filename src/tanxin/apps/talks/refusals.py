"""Why something about a talk is refused, beside who may do it."""

from uuid import UUID

from tanxin.core.lifecycle import IllegalMove
from tanxin.core.policy import Conduct
from tanxin.core.policy.manner import Part


class NotYourTurn(IllegalMove):
    """The time that stands is one's own proposal; the other side answers it."""


class PageIsOld(IllegalMove):
    """What was answered is not what stands now."""


class TimeTaken(IllegalMove):
    """At this time one of the two has agreed to another talk; nothing was changed."""


class TextMissing(Exception):
    """Nothing was written where words are the point."""


class HeldInTheFuture(Exception):
    """A talk cannot have taken place later than now."""


class MomentOutOfReach(Exception):
    """No talk is planned, or was held, so many years from now."""


class LateEntryNeedsReason(Exception):
    """The record comes days after the talk; somebody must say why, for good."""


class TalkWithOneself(Exception):
    pass


class AsksForHimself(Exception):
    """Who has an account asks with it; nobody else does so for him."""


class SuggestsOneOfTheTwo(Exception):
    """Whoever asked, or was asked, is nobody to pass the request on to."""


class NotBetweenTheTwo(Exception):
    """The duty is between other people than those of the talk."""


class PartnerNotMeant(NotBetweenTheTwo):
    """The duty leaves open with whom, but its rule does not mean this person on that day."""


class NotForHimToHold(Exception):
    """Who would lead the talk is none of those its type names: ``conduct`` says whom, and why."""

    def __init__(self, conduct: Conduct) -> None:
        super().__init__(conduct.type or conduct.kind)
        self.conduct = conduct


class FormNotMeant(Exception):
    """A talk of this type is held one to one only, or in a group only."""


class TooFewTogether(Exception):
    """Three are a group: who leads, and two who are talked with."""


class SizeNotMeant(Exception):
    """The rule wants a talk of this type held with at least ``least`` at once, ``most`` at most.

    ``most`` is 0 where it does not say.
    """

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)
        self.least, self.most = least, most


class ChannelNeedsReason(Exception):
    """Neither the rules nor the subject's state name this way; somebody must say why."""


class NobodyToApprove(Exception):
    """A talk of this type is approved before, and there is nobody but the two to do it."""


class NotPrepared(IllegalMove):
    """What its type wants done before it has not been said to be done."""


class NobodyToEndorse(NobodyToApprove):
    """The record of such a talk is endorsed after it, and there is nobody but the two to do it."""


class PartMissing(NotPrepared):
    """The type of the talk wants somebody else to take part whom nobody has named: ``part``."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self.part = part


class MayNotBeThere(Exception):
    """Who is named for a ``part`` is one of the two, has another part, or is kept from it."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self.part = part


class NothingToCertify(Exception):
    """He has signed this version by certificate already, or nobody asks him to."""


class SignatureMissing(Exception):
    """The type of the talk demands a signature under this."""


class FieldMissing(TextMissing):
    """A field that the rule wants filled in is empty: ``field_id``."""

    def __init__(self, field_id: str) -> None:
        super().__init__(field_id)
        self.field_id = field_id


class NotEndorsed(IllegalMove):
    """The record waits for somebody's endorsement; its subject is asked after it."""


class NothingRecorded(IllegalMove):
    """There is no record yet that one could say something to."""


class NotOnPaper(IllegalMove):
    """The talk is not one that a sheet can be entered for now: in a group, written, called off."""


class AssistantNotFree(Exception):
    """One of the two, somebody from whom the talk is kept, or somebody who cannot log in."""


class ScanMissing(Exception):
    """A sheet is entered with a picture of it, or the initiator has nothing to compare with."""


class NothingEntered(IllegalMove):
    """There is no such entry of a sheet."""


class WitnessNotFree(Exception):
    """One of the two, who works for the initiator, who typed the sheet, or is kept from it."""


class AnswersHimself(IllegalMove):
    """The subject has an account: nobody else speaks for him."""


class NothingToReadBack(IllegalMove):
    """There is no record that waits for its subject's word."""


class LastSupervisor(Exception):
    """Who led a talk cannot keep it from the only one who supervises it."""


class NobodyToDecide(Exception):
    """There is no second person who may decide about reading this talk."""


class AskedAlready(Exception):
    """A request of the same person for the same talk waits, or is in force: ``request_id``."""

    def __init__(self, request_id: UUID) -> None:
        super().__init__(request_id)
        self.request_id = request_id


class TooManyHours(Exception):
    """Nobody is let read for so long."""
