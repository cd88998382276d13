"""One writing for all: what looks the same to a reader is the same to the rules."""

from functools import cache
from unicodedata import normalize

from tanxin.core.markings.rules import rules


def folded(text: str) -> str:
    """Without spaces and what nobody sees; every line end is one newline."""
    return normalize("NFKC", text).translate(table())


@cache
def table() -> dict[int, str]:
    found = dict.fromkeys(rules()["newlines"], "\n")
    for first, last in rules()["dropped"]:
        found |= dict.fromkeys(range(first, last + 1), "")
    for kept, others in rules()["same"].items():
        found |= {ord(other): kept for other in others}
    return found
