from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tanxin.apps.duties.happenings import EventRow, Kinds
from tanxin.apps.org.directory import Directory
from tanxin.web.rules import words as rule_words


def kind_name(kinds: Kinds, code: str) -> str:
    if code in kinds.own:
        return str(getattr(kinds.own[code], "en" if get_language() == "en" else "zh"))
    return str(rule_words.word(rule_words.EVENTS, code))


def grouped(kinds: Kinds) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a form: first what a rule in force answers to."""

    def pairs(codes: Iterable[str]) -> list[tuple[str, str]]:
        return [(code, kind_name(kinds, code)) for code in codes if code != "request"]

    asked = pairs(code for code in kinds.codes if code in kinds.asked)
    others = pairs(code for code in kinds.codes if code not in kinds.asked)
    return [
        (_("Rules in force answer to it"), asked),
        (_("No rule in force answers to it"), others),
    ]


def about(event: EventRow, names: Directory) -> str:
    """Whom or what it is about, in one line."""
    found = [
        names.name(event.person_id) if event.person_id else "",
        names.team_name(event.team_id) if event.team_id else "",
        names.unit_name(event.unit_id) if event.unit_id else "",
    ]
    return " · ".join(filter(None, found))


def places(
    units: Iterable[tuple[UUID, str]], teams: Iterable[tuple[UUID, str]]
) -> list[tuple[str, str]]:
    return [
        *((f"unit:{key}", name) for key, name in units),
        *((f"team:{key}", _("Team: %(name)s") % {"name": name}) for key, name in teams),
    ]
