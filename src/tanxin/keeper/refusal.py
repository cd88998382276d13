"""The keeper's no. Codes are part of the protocol; anything unexpected is ``internal``."""

from enum import StrEnum


class Code(StrEnum):
    """Besides these, the codes of ``core.vault.refusals`` are passed on as they are."""

    WRONG_PROTOCOL = "wrong_protocol"
    UNKNOWN_OPERATION = "unknown_operation"
    BAD_REQUEST = "bad_request"
    UNKNOWN_REALM = "unknown_realm"
    NO_GROUND = "no_ground"
    NO_SESSION = "no_session"
    SESSION_CLOSED = "session_closed"
    SESSION_IDLE = "session_idle"
    SESSION_TOO_LONG = "session_too_long"
    NOT_BELIEVED = "not_believed"
    WRONG_PROOF = "wrong_proof"
    TOO_MANY_GUESSES = "too_many_guesses"
    NO_AUTHORITY = "no_authority"
    TAKEN = "taken"
    WEAK = "weak"
    GRANT_NOT_GOOD = "grant_not_good"
    GRANT_ENDED = "grant_ended"
    NOT_FOR_THAT_ROLE = "not_for_that_role"
    MAY_NOT_PASS_ON = "may_not_pass_on"  # noqa: S105 - no password, a code
    REQUEST_USED = "request_used"
    OLDER_VERSION = "older_version"
    QUOTA_EXCEEDED = "quota_exceeded"
    REALM_QUOTA_EXCEEDED = "realm_quota_exceeded"
    SEARCH_QUOTA_EXCEEDED = "search_quota_exceeded"
    ADDRESS_QUOTA_EXCEEDED = "address_quota_exceeded"
    CLOCK_WENT_BACK = "clock_went_back"
    SMALLER_TREE = "smaller_tree"
    ANOTHER_HISTORY = "another_history"
    GAP_IN_LOG = "gap_in_log"
    NOTHING_LOST = "nothing_lost"
    SEALED = "sealed"
    NOT_SEALED = "not_sealed"
    MISTYPED_SHARE = "mistyped_share"
    WRONG_SHARE = "wrong_share"
    WRONG_ROOT = "wrong_root"
    KEY_IN_USE = "key_in_use"
    NO_OLD_KEY = "no_old_key"
    TOO_EARLY = "too_early"
    BUSY = "busy"
    INTERNAL = "internal"


class Refused(Exception):
    def __init__(self, code: Code, **params: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.params = params
