"""How a fact is written into the basis of a duty."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def trace(code: str, what: str, start: date | None, end: date | None) -> str:
    return f"{code}:{what}:{start or ''}:{end or ''}"
