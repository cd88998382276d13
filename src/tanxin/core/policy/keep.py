"""A rule as plain data and back, so that what was in force can be stored beside its duties."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from tanxin.core.policy.conduct import Conduct
from tanxin.core.policy.schema import Rule

Plain: TypeAlias = "bool | int | str | list[Plain] | dict[str, Plain] | None"


def rule_to_data(rule: Rule) -> "dict[str, Plain]":
    """Return ``rule`` with its clauses and numbers as what JSON can hold."""
    return {field.name: _plain(getattr(rule, field.name)) for field in fields(rule)}


def rule_from_data(data: "Mapping[str, Plain]") -> Rule:
    """Return the rule that gave ``data``; a key that is missing or unknown raises ``TypeError``."""
    return Rule(**{name: _typed(_hints(Rule)[name], value) for name, value in data.items()})


def conduct_to_data(conduct: Conduct) -> "dict[str, Plain]":
    """The same for how a talk is held; what a talk need not say is left out."""
    said = {field.name: getattr(conduct, field.name) for field in fields(conduct)}
    usual = {field.name: field.default for field in fields(conduct)}
    return {name: _plain(value) for name, value in said.items() if value != usual[name]}


def conduct_from_data(data: "Mapping[str, Plain]") -> Conduct:
    return Conduct(**{name: _typed(_hints(Conduct)[name], value) for name, value in data.items()})


def _plain(value: object) -> Plain:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"a rule holds no {type(value)}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(hint: Any, value: Plain) -> Any:  # noqa: ANN401 what the hint says
    if get_origin(hint) is UnionType:
        return _one_of(get_args(hint), value)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint), value)
    if isinstance(value, dict):
        return hint(**{name: _typed(_hints(hint)[name], each) for name, each in value.items()})
    if hint is date:
        return date.fromisoformat(str(value))
    return hint(value) if issubclass(hint, StrEnum) else value


def _one_of(hints: tuple[Any, ...], value: Plain) -> Any:  # noqa: ANN401 what the hints say
    if value is None:
        return None
    possible = [hint for hint in hints if hint is not type(None)]
    if isinstance(value, dict):
        # The kinds of a union of the schema never have the same fields; an older one has fewer.
        keys = value.keys()
        possible = [hint for hint in possible if keys <= _hints(hint).keys()]
        possible.sort(key=lambda hint: len(_hints(hint)))
    return _typed(possible[0], value)


def _tuple(hints: tuple[Any, ...], value: Plain) -> tuple[Any, ...]:
    values = value if isinstance(value, list) else []
    if hints[-1] is Ellipsis:
        return tuple(_typed(hints[0], each) for each in values)
    return tuple(_typed(hint, each) for hint, each in zip(hints, values, strict=True))
