"""Names of people, units and teams, from the directory in memory."""

from uuid import UUID

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tanxin.apps.org.directory import NOBODY
from tanxin.web.directory import directory_of

register = template.Library()

DOT = " · "


@register.simple_tag(takes_context=True)
def person(context: Context, person_id: UUID | None) -> SafeString:
    """The name, linked to the person's page."""
    return linked("org:person", person_id, person_name(context, person_id))


@register.simple_tag(takes_context=True)
def person_name(context: Context, person_id: UUID | None) -> str:
    return directory_of(context["request"]).name(person_id)


@register.simple_tag(takes_context=True)
def person_label(context: Context, person_id: UUID | None) -> str:
    """Name · post title · unit name."""
    return directory_of(context["request"]).label(person_id)


@register.filter
def stacked(label: str) -> SafeString:
    """Name · post title · unit name on two lines: the name, and below it who that is."""
    return format_html("{}{}", name_only(label), standing_of(label))


@register.filter
def standing_of(label: str) -> SafeString:
    """The second line alone, for where the name is a link or stands in a sentence."""
    rest = str(label).partition(DOT)[2]
    return format_html(' <small class="under">{}</small>', rest) if rest else SafeString()


@register.filter
def name_only(label: str) -> str:
    """The name out of name · post title · unit name, for titles."""
    return str(label).partition(DOT)[0]


@register.simple_tag(takes_context=True)
def unit(context: Context, unit_id: UUID | None) -> SafeString:
    return linked("org:unit", unit_id, unit_name(context, unit_id) or NOBODY)


@register.simple_tag(takes_context=True)
def unit_name(context: Context, unit_id: UUID | None) -> str:
    return directory_of(context["request"]).unit_name(unit_id)


@register.simple_tag(takes_context=True)
def team(context: Context, team_id: UUID | None) -> SafeString:
    return linked("org:team", team_id, team_name(context, team_id))


@register.simple_tag(takes_context=True)
def team_name(context: Context, team_id: UUID | None) -> str:
    return directory_of(context["request"]).team_name(team_id)


def linked(page: str, row_id: UUID | None, name: str) -> SafeString:
    if row_id is None or name == NOBODY:
        return format_html("{}", name)
    return format_html('<a href="{}">{}</a>', reverse(page, args=[row_id]), name)
