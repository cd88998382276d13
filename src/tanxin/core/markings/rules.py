"""The rules as data, and their patterns put together from pieces."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

PIECE = re.compile(r"<([A-Z]+)>")


@cache
def rules() -> dict[str, Any]:
    text = files(__package__).joinpath("rules.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def whole(pattern: str) -> str:
    """The pattern with every ``<PIECE>`` in its place."""
    while PIECE.search(pattern):
        pattern = PIECE.sub(lambda name: rules()["pieces"][name[1]], pattern)
    return pattern


@cache
def stops() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((stop["rule"], re.compile(whole(stop["pattern"]))) for stop in rules()["stops"])


@cache
def hint() -> re.Pattern[str]:
    return re.compile(whole(rules()["hint"]))
