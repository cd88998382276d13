"""A sent form → the value it stands for; whatever is typed is taken, and the checker judges."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import singledispatch

from django.http import QueryDict

from tanxin.core.drafting.differences import source_of
from tanxin.core.drafting.rewrite import read_tree
from tanxin.core.drafting.tree import Tree
from tanxin.web.rules.drafting.shapes import (
    Flag,
    Group,
    Kept,
    Line,
    Many,
    Named,
    OneOf,
    Raw,
    Shape,
    Span,
    Word,
    Words,
    Yes,
)

RAW, CHOSEN, NAME, GONE, UNIT = "~", "?", "=", "x", "unit"
MOST_ITEMS = 400


def join(name: str, key: str | int) -> str:
    return f"{name}.{key}" if name else str(key)


def value_of(shape: Shape, sent: QueryDict, name: str, old: Tree) -> Tree:
    """What stands in the form under ``name``; ``old`` again where it says the same."""
    if join(name, RAW) in sent:
        return _raw(sent.get(join(name, RAW), ""), old)
    return _value(shape, sent, name, old if shape.fits(old) else None)


def clean(text: str) -> str:
    """Without what no YAML may hold."""
    kept = text.replace("\r\n", "\n").encode("utf-8", "ignore").decode()
    return "".join(sign for sign in kept if sign in "\n\t" or sign.isprintable() or sign > "\xa0")


def _raw(text: str, old: Tree) -> Tree:
    text = clean(text).strip()
    if text == source_of(old):
        return old
    if not text:
        return None
    found = read_tree(text)
    return text if found is None else found


@singledispatch
def _value(shape: Shape, sent: QueryDict, name: str, old: Tree) -> Tree:  # noqa: ARG001 - one shape for all
    raise TypeError(shape)


@_value.register(Raw)
def _(shape: Raw, sent: QueryDict, name: str, old: Tree) -> Tree:  # noqa: ARG001 - one shape for all
    return old


@_value.register(Kept)
def _(shape: Kept, sent: QueryDict, name: str, old: Tree) -> Tree:  # noqa: ARG001 - one shape for all
    return old


@_value.register(Line)
def _(shape: Line, sent: QueryDict, name: str, old: Tree) -> Tree:
    text = clean(sent.get(name, "")).strip()
    if old is not None and text == str(old).strip():
        return old
    if not text:
        return None
    if shape.kind == "number" and text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004 no number of a rule is longer
        return int(text)
    if shape.kind == "day":
        with suppress(ValueError):
            return date.fromisoformat(text)
    return text


@_value.register(Flag)
def _(shape: Flag, sent: QueryDict, name: str, old: Tree) -> Tree:  # noqa: ARG001 - one shape for all
    return {"yes": True, "no": False}.get(sent.get(name, ""))


@_value.register(Yes)
def _(shape: Yes, sent: QueryDict, name: str, old: Tree) -> Tree:  # noqa: ARG001 - one shape for all
    return True


@_value.register(Word)
def _(shape: Word, sent: QueryDict, name: str, old: Tree) -> Tree:  # noqa: ARG001 - one shape for all
    text = clean(sent.get(name, "")).strip()
    return old if old is not None and text == str(old) else (text or None)


@_value.register(Words)
def _(shape: Words, sent: QueryDict, name: str, old: Tree) -> Tree:
    listed = old if isinstance(old, list) else [] if old is None else [old]
    before = [str(each) for each in listed]
    chosen = dict.fromkeys(text for each in sent.getlist(name) if (text := clean(each).strip()))
    if set(chosen) == set(before):
        return old
    known = [word for word in shape.choices if word in chosen]
    kept = [word for word in before if word in chosen]
    was = dict(zip(before, listed, strict=True))
    words = [
        was.get(word, int(word) if shape.numbers and word.isdecimal() else word)
        for word in dict.fromkeys([*kept, *known, *chosen])
    ]
    return (words[0] if len(words) == 1 else words) if words else None


@_value.register(Span)
def _(shape: Span, sent: QueryDict, name: str, old: Tree) -> Tree:  # noqa: ARG001 - one shape for all
    (before_unit, before) = next(iter(old.items())) if isinstance(old, dict) and old else ("", None)
    amount = _value(Line(kind="number"), sent, name, before)
    unit = clean(sent.get(join(name, UNIT), "")) or before_unit or "days"
    return None if amount is None else {unit: amount}


@_value.register(Group)
def _(shape: Group, sent: QueryDict, name: str, old: Tree) -> Tree:
    before = old if isinstance(old, dict) else {}
    keys = dict(shape.keys)
    if shape.pick:
        chosen = sent.get(join(name, CHOSEN), "")
        keys = {**shape.pick.kinds.get(chosen, ("", {}))[1], **keys}
        inactive = {key for _, held in shape.pick.kinds.values() for key in held} - set(keys)
    else:
        inactive = set()
    unknown = [
        key
        for key in before
        if key not in keys and (key not in inactive or join(join(name, key), RAW) in sent)
    ]
    found: dict[str, Tree] = {}
    order = [*(key for key in before if key in keys or key in unknown), *keys]
    for key in dict.fromkeys(order):
        part = value_of(keys.get(key, Raw()), sent, join(name, key), before.get(key))
        if part is not None:
            found[key] = part
    return found or None


@_value.register(Many)
def _(shape: Many, sent: QueryDict, name: str, old: Tree) -> Tree:
    before = old if isinstance(old, list) else [] if old is None else [old]
    found: list[Tree] = []
    for at in range(_count(sent, name)):
        if join(join(name, at), GONE) in sent:
            continue
        item = value_of(shape.item, sent, join(name, at), before[at] if at < len(before) else None)
        if item is not None:
            found.append(item)
    if found == before:
        return old
    return found or None


@_value.register(Named)
def _(shape: Named, sent: QueryDict, name: str, old: Tree) -> Tree:
    before = list(old.items()) if isinstance(old, dict) else []
    found: dict[str, Tree] = {}
    for at in range(_count(sent, name)):
        place = join(name, at)
        was, value = before[at] if at < len(before) else ("", None)
        key = clean(sent.get(join(place, NAME), was)).strip()
        item = value_of(shape.item, sent, place, value)
        if join(place, GONE) in sent or (item is None and not key):
            continue
        found[_free(key, found)] = item if item is not None else {}
    return found or None


@_value.register(OneOf)
def _(shape: OneOf, sent: QueryDict, name: str, old: Tree) -> Tree:
    alternative = shape.coded(sent.get(join(name, CHOSEN), ""))
    if alternative is None:
        return None
    was = shape.of(old) if old is not None else None
    before = old if was is not None and was.code == alternative.code else None
    return value_of(alternative.shape, sent, join(name, alternative.code), before)


def _count(sent: QueryDict, name: str) -> int:
    said = sent.get(join(name, "n"), "0")
    return min(int(said), MOST_ITEMS) if said.isascii() and said.isdigit() and len(said) < 6 else 0  # noqa: PLR2004 more is no list


def _free(key: str, taken: Mapping[str, Tree]) -> str:
    """Two of one name are both kept, so that nothing typed is lost."""
    name, number = key or "new", 2
    while name in taken:
        name, number = f"{key or 'new'}_{number}", number + 1
    return name
