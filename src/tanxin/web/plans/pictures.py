"""The talks of a list once more: as people and ties, and as a table of who with whom."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tanxin.web.plans.showing import Line

MOST = 60
Pair: TypeAlias = tuple[str, str]
TIES: Mapping[str, str] = {"held": "met", "late": "late", "none": "late"}
CELLS: Mapping[str, str] = {"held": "met", "late": "late", "none": "late"}
# What a pair is shown as where several talks join them: the first of these that is there.
WEIGHT = ("late", "none", "passed", "ahead", "held", "gone")


def relations(lines: Iterable[Line]) -> dict[str, object]:
    """The data of the picture ``relations``: leaders, and whom they are to talk with."""
    pairs, names = by_pair(lines)
    leaders = dict.fromkeys(who for who, _whom in pairs)
    others = dict.fromkeys(whom for _who, whom in pairs if whom not in leaders)
    return {
        "groups": [pgettext("in a plan", "leads talks"), pgettext("in a plan", "is talked with")],
        "nodes": [
            {"id": key, "name": names[key], "group": group, "clear": is_clear(key, pairs)}
            for group, keys in enumerate((leaders, others))
            for key in keys
        ],
        "ties": [
            {
                "from": who,
                "to": whom,
                "state": TIES.get(shown(found).state, "open"),
                "url": reverse("plans:planned", args=[shown(found).id]),
            }
            for (who, whom), found in pairs.items()
        ],
    }


def matrix(lines: Iterable[Line]) -> dict[str, object]:
    """Leaders by whom they are to talk with; a cell opens the talk."""
    pairs, names = by_pair(lines)
    columns = list(dict.fromkeys(whom for _who, whom in pairs))
    rows = dict.fromkeys(who for who, _whom in pairs)
    return {
        "title": _("Who is to talk with whom, and how it stands"),
        "corner": pgettext("corner of the pair matrix", "with"),
        "columns": [names[whom] for whom in columns],
        "rows": [
            {
                "name": names[who],
                "note": "",
                "cells": [cell(pairs.get((who, whom))) for whom in columns],
            }
            for who in rows
        ],
    }


def by_pair(lines: Iterable[Line]) -> tuple[dict[Pair, list[Line]], dict[str, str]]:
    """The talks of each two, and what everybody is called; who share a name stay apart."""
    pairs: dict[Pair, list[Line]] = {}
    names: dict[str, str] = {}
    for line in lines:
        names[line.initiator_id.hex] = line.who
        # With nobody named yet there is one sign for anybody.
        others = {one.hex: name for one, name in line.subjects.items()} or {"": line.whom[0]}
        names |= others
        for whom in others:
            pairs.setdefault((line.initiator_id.hex, whom), []).append(line)
    return pairs, names


def shown(found: list[Line]) -> Line:
    return min(found, key=lambda line: WEIGHT.index(line.state))


def is_clear(key: str, pairs: Mapping[Pair, list[Line]]) -> bool:
    mine = (line for pair, found in pairs.items() if key in pair for line in found)
    return not any(line.is_to_hold for line in mine)


def cell(found: list[Line] | None) -> dict[str, str] | None:
    if not found:
        return None
    line = shown(found)
    told = [f"{one.who} → {'、'.join(one.whom)} {one.day or '—'} {one.label}" for one in found]
    return {
        "state": CELLS.get(line.state, "open"),
        "text": "\n".join(told),
        "url": reverse("plans:planned", args=[line.id]),
    }
