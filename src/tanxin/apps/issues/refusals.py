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
