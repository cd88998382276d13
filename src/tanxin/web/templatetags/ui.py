"""Parts that every page is made of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Textarea,
)
from django.http import HttpRequest
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tanxin.apps.archive.services import Typed
from tanxin.web.prose import prose_day, prose_moment, short_day, weekday_moment
from tanxin.web.tones import SIGNS, Tone, tone_of

register = template.Library()
register.filter(prose_day)
register.filter(prose_moment)
register.filter(short_day)
register.filter(weekday_moment)

HTMX_CONFIG = """{
  "includeIndicatorStyles": false, "allowEval": false, "selfRequestsOnly": true,
  "historyCacheSize": 0, "refreshOnHistoryMiss": true, "timeout": 20000,
  "responseHandling": [
    {"code": "204", "swap": false}, {"code": "[23]..", "swap": true},
    {"code": "422", "swap": true}, {"code": "[45]..", "swap": false, "error": true}
  ]
}"""
UNDO = "undo "


@register.simple_tag
def htmx_config() -> str:
    """Options that the CSP and the 422 of a refused form need; no page is kept in the browser."""
    return HTMX_CONFIG


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString:
    """Render a block once more: the title stands in the tab and above the page."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return block.render(context) if block else SafeString()


@cache
def sprite() -> str:
    return static("bundle/icons.svg")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a Tabler outline icon. Without a label it is an ornament that nobody reads out."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            label, sprite(), name,
        )  # fmt: skip
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite(), name
    )


@register.simple_tag
def badge(label: object, state: str = "", tone: str = "", sign: str = "") -> SafeString:
    """Show a state: its word, and the tone and sign that ``state`` has everywhere."""
    shown = Tone(tone) if tone else tone_of(state)
    return format_html(
        '<span class="mark tone-{}">{}{}</span>', shown, icon(sign or SIGNS[shown]), label
    )


@register.simple_tag
def due(day: date | None, today: date, *, done: bool = False) -> SafeString:
    """Show a deadline, with words when it is near or over."""
    if day is None:
        return SafeString("—")
    shown = format_html('<time datetime="{}">{}</time>', day.isoformat(), day.isoformat())
    words = "" if done else due_words(day, today)
    return format_html("{} {}", shown, words) if words else shown


@register.simple_tag
def due_words(day: date, today: date) -> SafeString:
    """The words alone, for where the day stands already; nothing while it is far away."""
    left = (day - today).days
    if left > NEAR_DAYS:
        return SafeString()
    words, tone = _("today"), Tone.WARN
    if left < 0:
        words = ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}
        tone = Tone.LATE
    elif left > 0:
        words = ngettext("in %(days)s day", "in %(days)s days", left) % {"days": left}
    return badge(words, tone=tone)


NEAR_DAYS = 14


@register.simple_block_tag
def notice(content: SafeString, tone: str = Tone.INFO) -> SafeString:
    """Box with a sentence the reader must not miss. Tones: info, good, warn, late."""
    sign = "info-circle" if tone == Tone.INFO else SIGNS[Tone(tone)]
    return format_html(
        '<div class="notice tone-{}" role="note">{}<div class="notice-words">{}</div></div>',
        tone, icon(sign), content,
    )  # fmt: skip


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, text: str = "", *, sign: str = "inbox", url: str = "", action: str = ""
) -> dict[str, str]:
    """Where a list is empty: what would stand here and what one can do for it."""
    return {"sign": sign, "title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """Tell what happened, in the order given.

    Entries have ``text`` and may have ``on``, ``when``, ``who``, ``note``, ``url``, ``tone`` and
    ``icon``.
    """
    return {"entries": entries}


@register.inclusion_tag("components/facts.html")
def facts(rows: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {"rows": rows}


@register.simple_tag
def meter(value: int, most: int, label: str, tone: str = Tone.GOOD) -> SafeString:
    """Draw a share as a bar, with its numbers beside it. A whole of nothing shows only words."""
    if not most:
        return format_html("<span>{}</span>", label)
    return format_html(
        '<div class="meter tone-{}"><progress value="{}" max="{}" aria-label="{}"></progress>'
        "<span>{} / {}</span></div>",
        tone, value, most, label, value, most,
    )  # fmt: skip


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, previous: str, following: str) -> dict[str, str]:
    """Links to the pages before and after, by opaque cursors; filters in the address stay."""
    request: HttpRequest = context["request"]
    return {"previous": _turned(request, previous), "next": _turned(request, following)}


def _turned(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/first_steps.html")
def first_steps(title: str, steps: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Steps have ``label`` and ``done``, and may have ``help``, ``url`` and ``action``."""
    done = sum(bool(step["done"]) for step in steps)
    return {"title": title, "steps": steps, "done": done, "text": _("Steps done")}


@register.simple_tag
def nav_entry(entry: Mapping[str, Any]) -> SafeString:
    count = entry.get("count")
    shown = format_html('<span class="nav-count">{}</span>', count) if count else ""
    return format_html(
        '<a class="nav-entry" href="{}"{}>{}<span>{}</span>{}</a>',
        entry["url"],
        SafeString(' aria-current="page"') if entry.get("active") else "",
        icon(entry["icon"]),
        entry["label"],
        shown,
    )


@register.simple_tag
def choice(name: str, value: str, label: str, sign: str, chosen: str) -> SafeString:
    """Offer one of several preferences as a button that sends it; the chosen one is ticked."""
    mine = value == chosen
    return format_html(
        '<button class="menu-item" type="submit" name="{}" value="{}" aria-pressed="{}">'
        "{}{}{}</button>",
        name, value, "true" if mine else "false", icon(sign), label, icon("check") if mine else "",
    )  # fmt: skip


@register.inclusion_tag("components/message.html", takes_context=True)
def message_notice(context: Context, message: Message) -> dict[str, object]:
    """A message stays until it is closed; ``undoable`` gives it a button that takes back."""
    tone = {"success": Tone.GOOD, "warning": Tone.WARN, "error": Tone.LATE}.get(
        message.level_tag, Tone.INFO
    )
    extra = message.extra_tags or ""
    return {
        "tone": tone,
        "sign": SIGNS[tone],
        "text": message.message,
        "undo_url": extra.removeprefix(UNDO) if extra.startswith(UNDO) else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/toast.html")
def toast(name: str, text: str, sign: str) -> dict[str, str]:
    """Words kept in the page for the moment when the server cannot be asked for any."""
    return {"name": name, "text": text, "sign": sign, "tone": Tone.LATE}


@register.inclusion_tag("components/draft.html", takes_context=True)
def draft(context: Context, url: str, typed: Typed | None) -> dict[str, object]:
    """Inside a form: send it to ``url`` while one types, and show the short text that answers.

    ``typed`` is what the form began with, if it began with a draft. A form that was sent and comes
    back goes on as the same window.
    """
    sent = context["request"].POST
    return {
        "window": sent.get("window") or uuid4(),
        "version": sent.get("draft_version") or (typed.version if typed else 0),
        "url": url,
        "waiting": _("What you type is saved as you go."),
        "lost": _("Not saved: no connection. Go on typing; it is tried again."),
        "ended": _(
            "Not saved: your login has ended or changed. What you typed stays here. Send the form"
            " with its button; you can log in on the way."
        ),
    }


@register.filter
def in_fields(typed: Typed, form: BaseForm) -> list[tuple[str, str]]:
    """What was typed in the fields of words of ``form``, each with the field's name."""
    return [
        (str(form[name].label), text)
        for name, text in typed.fields.items()
        if text and name in form.fields and isinstance(form.fields[name].widget, Textarea)
    ]


@register.filter
def listed(words: Iterable[str]) -> str:
    """The words one after another, with what the language puts between them."""
    return pgettext("between the words of a list", ", ").join(words)


@register.filter
def control_kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "choices"
    return "check" if isinstance(widget, CheckboxInput) else "input"


@register.filter
def control(field: BoundField) -> SafeString:
    """Render the field's widget in our clothes; classes the form asks for are kept."""
    if control_kind(field) != "input":
        return field.as_widget()
    own = "form-select" if isinstance(field.field.widget, Select) else "form-control"
    asked = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{own} {asked}".strip()})
