"""Why the vault will not do what it was asked. Any of them means: nothing is released."""


class VaultRefusal(Exception):
    """Base of all refusals; catch this to fail closed."""

    code = "refused"


class Malformed(VaultRefusal):
    """The bytes are not something this vault wrote."""

    code = "malformed"


class UnknownSuite(VaultRefusal):
    """The suite byte names no provider we have."""

    code = "unknown_suite"


class UnknownKeyVersion(VaultRefusal):
    """The header names a key version that is not held."""

    code = "unknown_key_version"


class WrongPlace(VaultRefusal):
    """Sound bytes, but written for another realm, record, field or version."""

    code = "wrong_place"


class NotAuthentic(VaultRefusal):
    """Changed after sealing, or sealed under another key."""

    code = "not_authentic"


class TooLong(VaultRefusal):
    """The text does not fit the largest bucket."""

    code = "too_long"
