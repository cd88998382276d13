"""Why a step on an issue's way is refused, beside the state it is in."""


class TextMissing(Exception):
    """Nothing was written where the step lives from its words."""


class DueHasPassed(Exception):
    """A measure cannot be due on a day that is over."""


class VerifierNotIndependent(Exception):
    """Whoever verifies must be free to say no to the owner."""


class OwnerVerifiesHimself(VerifierNotIndependent):
    pass


class HelperIsRecused(Exception):
    """The matter is kept from whoever was to solve or verify it."""


class VerifierIsBarred(VerifierNotIndependent):
    """A relation keeps the verifier apart from the owner, or from whose matter it is."""


class VerifierIsSubordinate(VerifierNotIndependent):
    """The verifier works under the owner."""


class UnitUnknown(Exception):
    """There is no such unit today that could answer for an issue."""


class VerifierIsDelegate(VerifierNotIndependent):
    """Whoever holds talks for the initiator does not judge for him either."""


class OnePartEach(Exception):
    """Nobody is owner and co-owner of one measure at once."""


class TellsWhoRaisedIt(Exception):
    """A text for those who help names whose matter it is."""


class NotLater(Exception):
    """More time is asked for, until a day that is no later."""


class NothingToSplit(Exception):
    """No part was written."""


class NotAsked(Exception):
    """Somebody else is asked about the effect, or nobody any more."""


class CannotBeMerged(Exception):
    """The other issue is not open, not led by the same person, or the same."""


class AskedOfTheTwo(Exception):
    """Neither of the two of the talk looks into what was said in it."""
