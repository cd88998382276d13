"""Small forms that larger ones are made of, held against the checker's own words."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.web.rules.drafting import labels
from tanxin.web.rules.drafting import vocabulary as v
from tanxin.web.rules.drafting.shapes import (
    Alternative,
    Group,
    Line,
    Many,
    OneOf,
    Shape,
    Span,
    is_scalar,
)

LANGUAGES = {
    "zh": Line(pgettext_lazy("language of a title", "Chinese")),
    "en": Line(pgettext_lazy("language of a title", "English")),
}


class FormsDiffer(Exception):
    """The forms speak of other words than the checker."""


def complete(known: Sequence[str], shapes: Mapping[str, Shape]) -> Mapping[str, Shape]:
    """The shapes in the order of the checker's words."""
    differing = {str(word) for word in known} ^ set(shapes)
    if differing:
        raise FormsDiffer(", ".join(sorted(differing)))
    return {str(word): shapes[word] for word in known}


def title(label: Promise) -> Group:
    return Group(label, keys=LANGUAGES)


def span(label: Promise) -> Span:
    return Span(label, units=v.UNIT_WORDS)


def dated(label: Promise | str = "") -> Many:
    """Numbers with the day they hold from."""
    entry = {"from": Line(_("From the day"), kind="day"), "value": Line(_("Number"), kind="number")}
    return Many(label, item=Group(keys=entry))


def amount(label: Promise, *, percent: bool) -> OneOf:
    alternatives = [
        Alternative(
            "number",
            _("a number, or the name of one"),
            Line(_("Number"), kind="number", help=labels.HELP["at_least"]),
            is_scalar,
        ),
        Alternative(
            "dated", _("numbers, each from a day on"), dated(), lambda t: isinstance(t, list)
        ),
    ]
    if percent:
        share = Group(keys={"percent": Line(_("Per cent"), kind="number")})
        alternatives.append(
            Alternative(
                "percent", _("a share of those there"), share, lambda t: isinstance(t, dict)
            )
        )
    return OneOf(label, alternatives=tuple(alternatives))
