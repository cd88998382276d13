"""Nodes → the words of an organisation's own: states, events, contacts, kinds, types, calendars."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from tanxin.core.policy import check_manner, words
from tanxin.core.policy.fields import NO_DAY, Fields
from tanxin.core.policy.own import OwnWords
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import Stretch, Title

WORDS_EXAMPLE = "words: {states: {ranked_last: {zh: 排名末三位, en: Among the last three}}}"
CALENDAR_EXAMPLE = "calendars: {term: [{code: 2026-T1, from: 2026-03-01, to: 2026-07-10}]}"
KEYS = ("words", "kinds", "types", "calendars")
WORD_KEYS = ("states", "events", "contacts")
MOST_LETTERS = 20
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"\d{4}(-\w+)*")
_Read = TypeVar("_Read")


def own_words(fields: Fields) -> OwnWords:
    """Read all that a pack names itself; ``fields.own`` may hold those of other packs already."""
    named = _inner(fields, "words", WORD_KEYS, WORDS_EXAMPLE)
    own = OwnWords(
        states=dict(_named(named, "states", words.STATES)),
        events=dict(_named(named, "events", words.EVENTS)),
        contacts=dict(_named(named, "contacts", words.CONTACTS)),
        calendars=dict(_each(fields, "calendars", _calendar)),
    )
    fields.own = fields.own.beside(own)
    own = replace(own, kinds=dict(_each(fields, "kinds", check_manner.kind)))
    fields.own = fields.own.beside(own)
    own = replace(own, types=dict(_each(fields, "types", check_manner.talk_type)))
    fields.own = fields.own.beside(own)
    return own


def _inner(fields: Fields, key: str, known: tuple[str, ...], example: str) -> Fields | None:
    node = fields.get(key)
    return None if node is None else fields.inner(node, known, example)


def _named(fields: Fields | None, key: str, known: tuple[str, ...]) -> Iterator[tuple[str, Title]]:
    if fields is None:
        return
    for name, node in _entries(fields, key):
        if name in known:
            fields.wrong("own.known", node, value=name)
        inner = fields.inner(node, ("zh", "en"), WORDS_EXAMPLE)
        yield name, Title(inner.text("zh"), inner.text("en"))


def _each(
    fields: Fields, key: str, read: Callable[[str, Node, Fields], _Read]
) -> Iterator[tuple[str, _Read]]:
    for name, node in _entries(fields, key):
        yield name, read(name, node, fields)


def _entries(fields: Fields, key: str) -> Iterator[tuple[str, Node]]:
    """Return the entries of a mapping under ``key``; their names must do as codes."""
    node = fields.get(key)
    if node is None:
        return
    if not isinstance(node.value, Mapping):
        fields.wrong("type.wrong", node, wanted="mapping", got="list")
        return
    for name, value in node.value.items():
        if not _WORD.fullmatch(name) or len(name) > MOST_LETTERS:
            fields.wrong("own.word", value, value=name, most=str(MOST_LETTERS))
        yield name, value


def _calendar(name: str, node: Node, outer: Fields) -> tuple[Stretch, ...]:
    nodes = node.value if isinstance(node.value, tuple) else (node,)
    stretches = tuple(_stretch(each, outer) for each in nodes)
    for before, after in pairwise(stretches):
        if after.start <= before.last:
            outer.wrong("calendar.overlap", node, value=after.code, calendar=name)
    return stretches


def _stretch(node: Node, outer: Fields) -> Stretch:
    fields = outer.inner(node, ("code", "from", "to"), CALENDAR_EXAMPLE)
    code = fields.text("code")
    start, last = fields.day("from") or NO_DAY, fields.day("to") or NO_DAY
    if code and not _CODE.fullmatch(code):
        fields.wrong("calendar.code", fields.get("code"), value=code)
    if last < start:
        fields.wrong("pack.valid-backwards")
        last = start
    return Stretch(code, start, last)
