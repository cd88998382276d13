"""Names, numbers and addresses as people type them, and as we keep them."""

import re
from datetime import date
from functools import lru_cache
from unicodedata import normalize

from tanxin.apps.org.roster.findings import Problem, remark, wrong

Read = tuple[str, Problem | None]

# What may not stand in a cell: controls, bidirectional and zero-width marks, non-characters.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\uffff]"
)
PLAIN = re.compile(r"[\w.,()（）、，。·\-]*")
SPACES = re.compile(r"\s+")
# Digits an IEEE double keeps; longer numbers typed into a number cell are already wrong.
SAFE_WHOLE = 10**15
EXPONENT = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,3}")
# The weights of GB 11643 are the powers of 2 modulo 11, and so are those of 13.
BASE, MODULUS = 13, 11
ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
ID_LENGTH = 18
FIFTEEN = re.compile(r"[0-9]{15}")
CHECK_DIGITS = "10X98765432"
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"(0[0-9]{2,3}-?)?[1-9][0-9]{6,7}(-[0-9]{1,6})?")
MAIL = re.compile(r"[^@\s<>\"',;]{1,64}@[\w-]+(\.[\w-]+)+")
LONGEST_MAIL = 254
DOTS = str.maketrans("•・‧∙●．", "······")


def plain(raw: object) -> str:
    """One line of text: numbers without ``.0``, white space folded, unwanted characters gone."""
    if isinstance(raw, str):
        if raw.isalnum() or PLAIN.fullmatch(raw):
            return raw
        return SPACES.sub(" ", UNWANTED.sub("", raw)).strip()
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < SAFE_WHOLE:
        return str(int(raw))
    return str(raw)


def lines(raw: object) -> str:
    """Several lines of text, each as ``plain`` leaves it but for leading blanks."""
    kept = UNWANTED.sub("", str(raw)).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in kept.split("\n") if line.strip())


def person_name(raw: object) -> str:
    """``张　伟`` is 张伟; Latin names keep one blank; all middle dots are ·."""
    text = plain(raw)
    if text.isalpha():
        return text
    text = text.translate(DOTS)
    return text if text.isascii() else re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", text)


def masked(number: str) -> str:
    """Enough of a number to find it in the file, too little to use it."""
    return f"{number[:3]}…{number[-2:]}" if len(number) > 6 else "…"  # noqa: PLR2004


def lost_digits(raw: object) -> bool:
    if isinstance(raw, str):
        return bool(EXPONENT.fullmatch(raw.strip()))
    return isinstance(raw, float | int) and abs(raw) >= SAFE_WHOLE


def check_digit(first17: str) -> str:
    """The 18th character of a Chinese ID number (GB 11643).

    >>> check_digit("11010519491231002")
    'X'
    """
    return CHECK_DIGITS[2 * int(first17, BASE) % MODULUS]


def id_number(raw: object) -> Read:
    if isinstance(raw, str) and not id_flaw(raw):
        return raw, None
    if lost_digits(raw):
        return "", wrong("id-lost-digits", hint="format-as-text")
    text = re.sub(r"[\s'‘’`-]", "", normalize("NFKC", plain(raw))).upper()
    if FIFTEEN.fullmatch(text):
        return from_fifteen(text)
    flaw = id_flaw(text) if text else ""
    if flaw:
        return "", wrong(flaw, hint="check-id", value=masked(text), length=len(text))
    return text, None


def id_flaw(text: str) -> str:
    """The code of what is wrong with an 18-character number; empty where nothing is."""
    if not ID_NUMBER.fullmatch(text):
        return "id-characters" if len(text) == ID_LENGTH else "id-length"
    if check_digit(text[:17]) != text[17]:
        return "id-check-digit"
    return "" if id_birth(text) else "id-birth-impossible"


def from_fifteen(text: str) -> Read:
    """Numbers given before 1999 lack the century and the check digit; both are certain."""
    first17 = f"{text[:6]}19{text[6:]}"
    number = first17 + check_digit(first17)
    if id_birth(number) is None:
        return "", wrong("id-birth-impossible", hint="check-id", value=masked(text))
    return number, remark("id-fifteen", value=masked(text))


def id_birth(number: str) -> date | None:
    return day_of(number[6:14])


@lru_cache(maxsize=65536)
def day_of(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def id_gender(number: str) -> str:
    return "m" if int(number[16]) % 2 else "f"


def phone(raw: object) -> Read:
    if isinstance(raw, str) and MOBILE.fullmatch(raw):
        return raw, None
    if isinstance(raw, str) and EXPONENT.fullmatch(raw.strip()):
        return "", wrong("phone-lost-digits", hint="format-as-text")
    text = re.sub(r"[\s'()‐–—]", "", normalize("NFKC", plain(raw)))
    if not text:
        return "", None
    mobile = re.sub(r"^(\+?86|0086)", "", text).replace("-", "")
    if MOBILE.fullmatch(mobile):
        return mobile, None
    if LANDLINE.fullmatch(text):
        return text, None
    return "", wrong("phone-unreadable", hint="check-phone", value=masked(text))


def mail(raw: object) -> Read:
    text = plain(raw).replace("＠", "@").replace(" ", "")
    if not text or (len(text) <= LONGEST_MAIL and MAIL.fullmatch(text)):
        return text, None
    return "", wrong("mail-unreadable", hint="check-mail")
