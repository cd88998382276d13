"""A reader for each kind of column: raw cell in, value and perhaps a problem out."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

from tanxin.apps.org import codes
from tanxin.apps.org.codes.ranks import nearest_ranks, ranks_within, some_ranks
from tanxin.apps.org.roster import values
from tanxin.apps.org.roster.career import read_career
from tanxin.apps.org.roster.dates import When, is_open_end, read_when
from tanxin.apps.org.roster.findings import Problem, unclear, wrong

Cell = str | float | bool | date | time | timedelta | None
Value = tuple[object, Problem | None]
EMPTY = ("", None)
MEMBERS = frozenset({"01", "02"})
LONGEST = 120
LONGEST_NUMBER = 40
LONGEST_WORD = 80
LONGEST_TEXT = 2000
MOST_SHOWN = 12
# 2026年度民主生活会 is a 民主生活会.
OF_A_YEAR = re.compile(r"^\s*(?:19|20)\d\d\s*年度?")
BETWEEN = re.compile(r"[、,，;；/\s]+")


@dataclass(frozen=True)
class Manner:
    """How this file is to be read: can it tell text from numbers; which type of organisation."""

    typed: bool = True
    variant: str = ""


Reader = Callable[[Cell, Manner], Value]


def text(raw: Cell, _manner: Manner) -> Value:
    return limited(values.plain(raw), LONGEST)


def long_text(raw: Cell, _manner: Manner) -> Value:
    return limited(values.plain(raw), LONGEST_TEXT)


def number(raw: Cell, _manner: Manner) -> Value:
    if values.lost_digits(raw):
        return "", wrong("number-lost-digits", hint="format-as-text")
    return limited(values.plain(raw), LONGEST_NUMBER)


def limited(read: str, most: int) -> Value:
    if len(read) > most:
        return "", wrong("text-too-long", hint="shorten", length=len(read), most=most)
    return read, None


def name(raw: Cell, _manner: Manner) -> Value:
    return limited(values.person_name(raw), LONGEST_NUMBER)


def serial(_raw: Cell, _manner: Manner) -> Value:
    return EMPTY


def order(raw: Cell, _manner: Manner) -> Value:
    read = values.plain(raw)
    if not read:
        return None, None
    if not (read.isascii() and read.isdigit() and len(read) <= 9):  # noqa: PLR2004  fits a column
        return None, wrong("order-unreadable", hint="write-number", value=read[:20])
    return int(read), None


def month(raw: Cell, manner: Manner) -> Value:
    when = read_when(raw, typed=manner.typed)
    if isinstance(when, When):
        return f"{when.year:04}-{when.month:02}", None
    return "", when


def day(raw: Cell, manner: Manner) -> Value:
    when = read_when(raw, typed=manner.typed)
    return (when.first, None) if isinstance(when, When) else (None, when)


def until(raw: Cell, manner: Manner) -> Value:
    """The last day it is true, as files give it, becomes the first day it no longer is."""
    if is_open_end(raw):
        return None, None
    when = read_when(raw, typed=manner.typed)
    return (when.after, None) if isinstance(when, When) else (None, when)


def joined(raw: Cell, manner: Manner) -> Value:
    """入党时间; a word in its place (民盟) is for ``politics`` and handed on as it stands."""
    when = read_when(raw, typed=manner.typed)
    if isinstance(when, When):
        return when.first, None
    if when is None:
        return None, None
    parties = party_words(word(raw))
    return (parties, None) if parties else (None, when)


@dataclass(frozen=True)
class Parties:
    """What a 入党时间 cell says besides a date: the party, perhaps two, and since when."""

    politics: str
    joined: date | None


@lru_cache(maxsize=4096)
def party_words(written: str) -> Parties | None:
    """``民盟``, ``无党派``, ``1995.06;民盟``: the Communist Party leads where there are two."""
    parts = BETWEEN.split(re.sub(r"[()（）]", " ", written))
    found = [code for part in parts if (code := codes.table("politics").code(part))]
    dates = [when for part in parts if isinstance(when := read_when(part), When)]
    if not found:
        return None
    politics = next((code for code in found if code in MEMBERS), found[0])
    # A date beside another party's name is the day of joining the Communist Party.
    if dates and politics not in MEMBERS:
        politics = "01"
    return Parties(politics, dates[0].first if dates else None)


def word(raw: Cell) -> str:
    """A cell that should hold a word of a table; comparing is slow, so no more than a word."""
    return values.plain(raw)[:LONGEST_WORD]


def coded(table_name: str, code: str) -> Reader:
    @lru_cache(maxsize=4096)
    def look_up(written: str) -> Value:
        if not written:
            return EMPTY
        table = codes.table(table_name)
        found = table.code(written) or table.code(OF_A_YEAR.sub("", written))
        if found is not None:
            return found, None
        return "", unknown(code, written, table)

    def read(raw: Cell, _manner: Manner) -> Value:
        return look_up(word(raw))

    return read


def unknown(code: str, written: str, table: codes.Table) -> Problem:
    near = table.nearest(written)
    if near:
        return offered(code, written, near, map(table.word, near))
    some = [table.word(one) for one in table.words][:MOST_SHOWN]
    hint = "write-known" if len(some) == len(table.words) else "write-like"
    return wrong(code, hint=hint, value=written[:40], known="、".join(some))


def offered(code: str, written: str, near: tuple[str, ...], words: Iterable[str]) -> Problem:
    nearest = "、".join(words)
    return unclear(code, *near, hint="choose-word", value=written[:40], nearest=nearest)


@lru_cache(maxsize=4096)
def look_up_rank(written: str, variant: str) -> Value:
    if not written or written in {"无", "-", "—"}:
        return EMPTY
    found = codes.rank_codes(written, variant)
    if len(found) == 1:
        return found[0], None
    return "", unclear_rank(written, found or ranks_within(written), variant or "organ")


def unclear_rank(written: str, several: tuple[str, ...], variant: str) -> Problem:
    near = several or nearest_ranks(written)
    if near:
        code = "rank-several" if len(several) > 1 else "rank-unknown"
        return offered(code, written, near, (codes.rank_word(one, variant) for one in near))
    known = "、".join(some_ranks(variant))
    return wrong("rank-unknown", hint="write-like", value=written[:40], known=known)


def rank(raw: Cell, manner: Manner) -> Value:
    return look_up_rank(word(raw), manner.variant)


@lru_cache(maxsize=4096)
def look_up_states(written: str) -> Value:
    """Several states may stand in one cell; 在职 is the absence of any."""
    table = codes.table("state")
    whole = table.code(written)
    parts = [written] if whole else [part for part in BETWEEN.split(written) if part]
    found = [table.code(part) for part in parts]
    if None in found:
        return (), unknown("state-unknown", parts[found.index(None)], table)
    return tuple(dict.fromkeys(code for code in found if code and code != "active")), None


def states(raw: Cell, _manner: Manner) -> Value:
    return look_up_states(word(raw))


def career(raw: Cell, _manner: Manner) -> Value:
    return read_career(raw) if isinstance(raw, str) else ((), None)


READERS: Mapping[str, Reader] = {
    "text": text,
    "long_text": long_text,
    "name": name,
    "serial": serial,
    "number": number,
    "order": order,
    "month": month,
    "day": day,
    "until": until,
    "joined": joined,
    "rank": rank,
    "states": states,
    "career": career,
    "id_number": lambda raw, _manner: values.id_number(raw),
    "phone": lambda raw, _manner: values.phone(raw),
    "mail": lambda raw, _manner: values.mail(raw),
    "gender": coded("gender", "gender-unknown"),
    "politics": coded("politics", "politics-unknown"),
    "state": coded("state", "state-unknown"),
    "unit_kind": coded("unit_kind", "kind-unknown"),
    "team_kind": coded("team_kind", "kind-unknown"),
    "contact_kind": coded("contact_kind", "kind-unknown"),
    "seat_role": coded("seat_role", "role-unknown"),
    "event": coded("event", "event-unknown"),
}
