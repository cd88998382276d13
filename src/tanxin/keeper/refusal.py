"""The keeper's no. Codes are part of the protocol; anything unexpected is ``internal``."""

from enum import StrEnum


class Code(StrEnum):
    """Besides these, the codes of ``core.vault.refusals`` are passed on as they are."""

    WRONG_PROTOCOL = "wrong_protocol"
    UNKNOWN_OPERATION = "unknown_operation"
    BAD_REQUEST = "bad_request"
    UNKNOWN_REALM = "unknown_realm"
    NOBODY = "nobody"
    NO_GROUND = "no_ground"
    QUOTA_EXCEEDED = "quota_exceeded"
    BUSY = "busy"
    INTERNAL = "internal"


class Refused(Exception):
    def __init__(self, code: Code, **params: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.params = params
