"""Drawings: pair matrix, organisation chart and the charts that a script draws."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from tanxin.web.templatetags.ui import badge, icon
from tanxin.web.tones import Tone

register = template.Library()

# state of a pair: its tone, its sign, its word
CELLS = {
    "confirmed": (Tone.GOOD, "checks", pgettext_lazy("pair", "held and confirmed")),
    "met": (Tone.GOOD, "check", pgettext_lazy("pair", "held")),
    "open": (Tone.REST, "clock", pgettext_lazy("pair", "still due")),
    "soon": (Tone.WARN, "hourglass", pgettext_lazy("pair", "due soon")),
    "late": (Tone.LATE, "alert-triangle", pgettext_lazy("pair", "overdue")),
    "contested": (Tone.WARN, "message-report", pgettext_lazy("pair", "disputed")),
    "waived": (Tone.REST, "minus", pgettext_lazy("pair", "exempted")),
}


@register.inclusion_tag("components/pair_matrix.html")
def pair_matrix(matrix: Mapping[str, object]) -> dict[str, object]:
    """Draw who has talked with whom.

    ``title``, ``corner``, ``columns`` (words), ``rows`` with ``name``, ``note`` and ``cells``. A
    cell is ``{"state", "text", "url"}``, ``{"state": "self"}`` or ``None`` where nothing is owed.
    """
    return {"matrix": matrix}


@register.simple_tag
def matrix_cell(cell: Mapping[str, Any] | None) -> SafeString:
    if cell is None:
        return SafeString('<span class="cell cell-none" aria-hidden="true">·</span>')
    if cell["state"] == "self":
        return SafeString('<span class="cell cell-self"></span>')
    tone, sign, word = CELLS[cell["state"]]
    text = cell.get("text") or word
    inner = format_html('{}<span class="visually-hidden">{}</span>', icon(sign), text)
    if cell.get("url"):
        return format_html(
            '<a class="cell tone-{}" href="{}" title="{}">{}</a>', tone, cell["url"], text, inner
        )
    return format_html('<span class="cell tone-{}" title="{}">{}</span>', tone, text, inner)


@register.simple_tag
def matrix_legend(matrix: Mapping[str, Any]) -> SafeString:
    """Explain the signs that this matrix uses, and no others."""
    used = {cell["state"] for row in matrix["rows"] for cell in row["cells"] if cell}
    return format_html_join(
        "",
        '<li><span class="cell tone-{}">{}</span>{}</li>',
        ((tone, icon(sign), word) for key, (tone, sign, word) in CELLS.items() if key in used),
    )


@register.inclusion_tag("components/org_chart.html")
def org_chart(nodes: Iterable[Mapping[str, Any]]) -> dict[str, object]:
    """Draw a tree.

    A node has ``name``, and may have ``note``, ``url``, ``mark`` and ``state`` (a badge),
    ``folded`` and ``children``.
    """
    return {"branches": _branches(nodes)}


def _branches(nodes: Iterable[Mapping[str, Any]]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_branch(node),) for node in nodes))


def _branch(node: Mapping[str, Any]) -> SafeString:
    children = node.get("children")
    if not children:
        return _box(node)
    return format_html(
        "{}<details{}><summary>{}</summary><ul>{}</ul></details>",
        _way_in(node), "" if node.get("folded") else SafeString(" open"),
        _box({**node, "url": ""}), _branches(children),
    )  # fmt: skip


def _way_in(node: Mapping[str, Any]) -> SafeString:
    """Link beside a branch; in its summary it would be a button within a button."""
    if not node.get("url"):
        return SafeString()
    arrow = icon("arrow-right", label=node["name"])
    return format_html('<a class="tree-way" href="{}">{}</a>', node["url"], arrow)


def _box(node: Mapping[str, Any]) -> SafeString:
    name = node["name"]
    if node.get("url"):
        name = format_html('<a href="{}">{}</a>', node["url"], name)
    note = format_html("<small>{}</small>", node["note"]) if node.get("note") else ""
    mark = badge(node["mark"], state=node.get("state", "")) if node.get("mark") else ""
    return format_html(
        '<div class="tree-node" data-tree-node><span>{}</span>{}{}</div>', name, note, mark
    )


@register.inclusion_tag("components/chart.html")
def chart(
    kind: str, name: str, data: Mapping[str, object], *, label: str, caption: str = ""
) -> dict[str, object]:
    """Let the browser draw ``data``, in one of the shapes that design-language.md lists.

    ``label`` says in words what the picture shows; the list it is drawn from stands beside it.
    """
    return {"kind": kind, "name": name, "data": data, "label": label, "caption": caption}
