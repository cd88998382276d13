"""A text with its marked words, and beside it what each means and what to do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.core.deidentify import Mark, MarkKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS: dict[MarkKind, tuple[Promise, Promise]] = {
    MarkKind.OWN: (_("the source's own name"), _("Take it out.")),
    MarkKind.NUMBER: (_("a number or address of somebody"), _("Take it out.")),
    MarkKind.NAME: (
        _("perhaps a name"),
        _("Write what the person does instead, or leave the person out."),
    ),
    MarkKind.QUOTE: (
        _("the source's own words"),
        _("Say it in other words: who was there knows the sound of them."),
    ),
    MarkKind.POST: (_("a post"), _("Name the task, not the post.")),
    MarkKind.UNIT: (_("a unit"), _("Name a wider unit, or none.")),
    MarkKind.GROUP: (_("a group of people"), _("Leave it out unless the matter needs it.")),
    MarkKind.PLACE: (_("a place"), _("Say it more widely: the building, not the room.")),
    MarkKind.DATE: (_("a day"), _("Say it more widely: these weeks, this year.")),
}
VERBATIM = _("Too long a piece to stay: say it in other words.")


@dataclass(frozen=True, slots=True)
class Piece:
    """``label`` is empty for what is not marked."""

    text: str
    label: "str | _StrPromise | Promise" = ""


@dataclass(frozen=True, slots=True)
class Advice:
    key: str
    words: str
    label: Promise
    what_to_do: Promise
    may_stay: bool
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Looked:
    pieces: list[Piece]
    advice: list[Advice]


def looked_at(text: str, marks: Iterable[Mark], kept: Collection[str] = ()) -> Looked:
    found = sorted(marks, key=lambda mark: mark.start)
    advice: dict[str, Advice] = {}
    pieces: list[Piece] = []
    at = 0
    for mark in found:
        if mark.start > at:
            pieces.append(Piece(text[at : mark.start]))
        label, what_to_do = KINDS[mark.kind]
        if mark.kind is MarkKind.QUOTE and not mark.may_stay:
            what_to_do = VERBATIM
        if mark.end > at:
            pieces.append(Piece(text[max(at, mark.start) : mark.end], label))
        words = text[mark.start : mark.end]
        advice.setdefault(
            mark.key, Advice(mark.key, words, label, what_to_do, mark.may_stay, mark.key in kept)
        )
        at = max(at, mark.end)
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return Looked(pieces, list(advice.values()))


def with_quotes(marks: Iterable[Mark], quoted: Iterable[Iterable[int]]) -> list[Mark]:
    """The marks of a stored text, with the places that stood in the source's own record."""
    shown = list(marks)
    covered = {place for mark in shown for place in range(mark.start, mark.end)}
    for start, end in quoted:
        if not covered & set(range(start, end)):
            shown.append(Mark(start, end, MarkKind.QUOTE, f"{start}-{end}"))
    return shown
