"""One spelling for values that are looked up by equality."""

import re
from collections.abc import Callable
from types import MappingProxyType
from unicodedata import normalize

from tanxin.core.vault.refusals import VaultRefusal

_NOT_DIGITS = re.compile(r"[^0-9]")
_MOBILE = re.compile(r"(?:00)?86(1[0-9]{10})")
_NOT_ID = re.compile(r"[^0-9A-Z]")
_OLD_ID = re.compile(r"[0-9]{15}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


class NotIndexed(VaultRefusal):
    """There is no agreed spelling for that column."""

    code = "not_indexed"


def phone(text: str) -> str:
    """Digits only, without the country code of a Chinese mobile number."""
    digits = _NOT_DIGITS.sub("", normalize("NFKC", text))
    mobile = _MOBILE.fullmatch(digits)
    return mobile[1] if mobile else digits


def id_number(text: str) -> str:
    """Upper-case letters and digits; the old 15 digits become the 18 of the same person."""
    plain = _NOT_ID.sub("", normalize("NFKC", text).upper())
    if not _OLD_ID.fullmatch(plain):
        return plain
    body = f"{plain[:6]}19{plain[6:]}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECK[total % 11]


def mail(text: str) -> str:
    return normalize("NFKC", text).strip().casefold()


def name(text: str) -> str:
    """Without spaces, which rosters put between the two characters of a short name."""
    return "".join(normalize("NFKC", text).split()).casefold()


SPELLINGS: MappingProxyType[str, Callable[[str], str]] = MappingProxyType(
    {"phone": phone, "id": id_number, "mail": mail, "name": name}
)


def normalise(column: str, text: str) -> str:
    """Return the one spelling of ``text``; raises ``NotIndexed`` for other columns."""
    try:
        return SPELLINGS[column](text)
    except KeyError:
        raise NotIndexed(f"{column} has no blind index") from None
