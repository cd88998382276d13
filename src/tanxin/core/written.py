"""The text of a record: free words, and short answers to the fields its kind brings along.

One text is sealed, digested, confirmed and searched, so the answers stand inside it, each with the
title of its field: what was confirmed stays readable when the fields are others. Words alone are
kept as they are.
"""

from dataclasses import dataclass
from json import JSONDecodeError, dumps, loads
from typing import Any

from tanxin.core.wording import is_blank

FORM = "tanxin-record-1"


@dataclass(frozen=True, slots=True)
class Answer:
    """``zh`` and ``en`` are the title of the field as it was when it was filled in."""

    field: str
    zh: str
    en: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """``nothing_raised``: it was said on purpose that no problem was raised (没有提出问题)."""

    text: str = ""
    answers: tuple[Answer, ...] = ()
    nothing_raised: bool = False

    @property
    def is_empty(self) -> bool:
        said = (self.text, *(answer.text for answer in self.answers))
        return not self.nothing_raised and all(map(is_blank, said))

    def answer_to(self, field: str) -> str:
        return next((one.text for one in self.answers if one.field == field), "")


def to_text(written: Written) -> str:
    """The one form in which the same words always have the same bytes."""
    text = written.text.strip()
    answers = [
        {"field": one.field, "zh": one.zh, "en": one.en, "text": one.text.strip()}
        for one in written.answers
        if not is_blank(one.text)
    ]
    if not answers and not written.nothing_raised and not text.startswith("{"):
        return text
    said = {
        "form": FORM, "text": text, "answers": answers, "nothing_raised": written.nothing_raised,
    }  # fmt: skip
    return dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Written:
    """What ``to_text`` made; anything else is words alone."""
    said = _said(text)
    if said is None:
        return Written(text)
    return Written(
        said["text"],
        tuple(Answer(**answer) for answer in said["answers"]),
        said["nothing_raised"],
    )


def _said(text: str) -> dict[str, Any] | None:
    if not text.startswith("{"):
        return None
    try:
        said = loads(text)
    except JSONDecodeError:
        return None
    return said if isinstance(said, dict) and said.get("form") == FORM else None
