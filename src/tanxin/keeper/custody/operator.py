"""Who may order what cannot be taken back: whoever can read a file in the keeper's home.

The web process speaks to the same socket but lives under another user, so a web process that was
taken over cannot renew or destroy keys.
"""

from hmac import compare_digest
from pathlib import Path
from secrets import token_hex

from tanxin.keeper.arguments import Arguments
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.root import RootKeyUnusable, read_kept, write_over

FILE_NAME = "operator.token"


def issue_token(home: Path) -> None:
    """Write a new token; the one before is worth nothing any more."""
    write_over(home / FILE_NAME, {"token": token_hex(32)})


def read_token(home: Path) -> str:
    """Raises ``RootKeyUnusable`` where there is none or it is not ours to read."""
    return str(read_kept(home / FILE_NAME)["token"])


def refuse_others(home: Path, args: Arguments) -> None:
    try:
        known = read_token(home)
    except (RootKeyUnusable, KeyError):
        raise Refused(Code.NO_AUTHORITY) from None
    if not compare_digest(known.encode(), args.text("operator").encode()):
        raise Refused(Code.NO_AUTHORITY)
