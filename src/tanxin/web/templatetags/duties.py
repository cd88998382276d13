"""What templates of several areas say of duties."""

from django import template

from tanxin.apps.duties.reading.states import DutyRow
from tanxin.web.duties import words

register = template.Library()


@register.filter
def in_period(code: str) -> str:
    """Which period a duty is for, in words; empty where an occasion asks for it."""
    return words.period(code)


@register.filter
def rule_title(duty: DutyRow) -> str:
    return words.title(duty)
