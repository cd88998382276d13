"""What a form or an earlier record left behind in a text: gaps, another's name, another day.

Said with the text in hand when it is saved; only which of the three was found is kept.
"""

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum

DAYS_OFF = timedelta(days=3)
_GAPS = re.compile(
    r"[×xX＊*]{2,}\s*(?:同志|单位|部门|处|年|月|日)?(?![A-Za-z\d])|_{3,}|＿{2,}|某某|[〇○]{2,}|"
    r"（\s*）|\(\s*\)|【[^】]{0,12}】|\{\{[^}]{0,20}\}\}|此处填写|待填写|"
    r"(?<!\d)\s*年\s{1,}月\s{1,}日"
)
_TALKED_WITH = re.compile(
    r"(?:与|同|和|对)\s*([\u4e00-\u9fff·]{2,8}?)\s*(?:同志)?\s*(?:进行|开展)?\s*了?\s*(?:谈心|谈话)"
)
_DAY = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_NEAR = 12
_OF_THE_TALK = ("谈心", "谈话", "座谈")


class Residue(StrEnum):
    GAPS = "gaps"
    OTHER_NAME = "other_name"
    OTHER_DAY = "other_day"


def residue(
    text: str, *, held_on: date | None, in_it: Collection[str], others: Collection[str]
) -> frozenset[Residue]:
    """``in_it`` are the names of those of this talk, ``others`` of those the author talked to.

    >>> sorted(residue("与张三同志谈话，XX处", held_on=None, in_it=["李四"], others=["张三"]))
    [<Residue.GAPS: 'gaps'>, <Residue.OTHER_NAME: 'other_name'>]
    """
    found = set()
    if _GAPS.search(text):
        found.add(Residue.GAPS)
    if set(_TALKED_WITH.findall(text)) & (set(others) - set(in_it)):
        found.add(Residue.OTHER_NAME)
    if held_on is not None and any(abs(day - held_on) > DAYS_OFF for day in days_of_talk(text)):
        found.add(Residue.OTHER_DAY)
    return frozenset(found)


def days_of_talk(text: str) -> list[date]:
    """The days named close to the word for the talk itself; not those of what was talked about."""
    days = []
    for match in _DAY.finditer(text):
        around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if any(word in around for word in _OF_THE_TALK):
            with suppress(ValueError):
                days.append(date(*map(int, match.groups())))
    return days
