"""One spelling for looking for: full and half width, cases and line breaks do not count."""

from collections.abc import Sequence
from unicodedata import normalize


class _Spelled(dict[int, str]):
    """What becomes of each character, worked out once: whole texts take three times as long."""

    def __missing__(self, code: int) -> str:
        told = normalize("NFKC", normalize("NFKC", chr(code)).casefold())
        self[code] = spelled = "".join(told.split())
        return spelled


_spelled = _Spelled()


def folded(text: str) -> str:
    return normalize("NFC", text.translate(_spelled))


def holds_all(text: bytes, words: Sequence[str]) -> bool:
    within = folded(text.decode("utf-8", "replace"))
    return all(word in within for word in words)
