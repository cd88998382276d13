"""Trying a draft on the people who are here: what would come, change and go, and what it costs."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from tanxin.apps.duties.drafting import reading
from tanxin.apps.duties.drafting.trying import (
    Change,
    DraftUnready,
    Tried,
    What,
    When,
    is_at_hand,
    span_of,
    try_draft,
)
from tanxin.apps.duties.fault_words import sentence
from tanxin.core.policy import words as known
from tanxin.web.directory import directory_of
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.rules.cost import MINUTES
from tanxin.web.rules.drafting.asking import first_of_next_month
from tanxin.web.rules.told import apart
from tanxin.web.rules.wording import title_of, wording
from tanxin.web.talks import words as talk_words

MOST_MINUTES = 600
SHOWN = 10
PAGE = 50
WHAT = {
    What.APPEARS: pgettext_lazy("duty", "appear"),
    What.CHANGES: pgettext_lazy("duty", "change"),
    What.VANISHES: pgettext_lazy("duty", "vanish"),
}
WHEN = {
    When.MONTH: _("next month"),
    When.YEAR: _("next year"),
    When.ALL: _("until the end of next year"),
}


WHAT_NAMED = {each.value: each for each in What}
WHENS = {each.value: each for each in When}
MOST_DIGITS = 6


class TryForm(NamedForm):
    start = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    routine = forms.IntegerField(min_value=1, max_value=MOST_MINUTES)
    care = forms.IntegerField(min_value=1, max_value=MOST_MINUTES)
    office = forms.IntegerField(min_value=1, max_value=MOST_MINUTES)
    warning = forms.IntegerField(min_value=1, max_value=MOST_MINUTES)

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        for kind in known.KINDS:
            self.fields[kind].label = str(talk_words.KINDS[kind])

    def minutes(self, kind: str) -> int:
        """A kind of one's own takes as long as everyday work."""
        return int(self.cleaned_data[kind if kind in MINUTES else "routine"])


@dataclass(frozen=True, slots=True)
class Cost:
    when: object
    talks: int
    hours: int
    minutes: int

    @property
    def sign(self) -> str:
        return "+" if self.talks > 0 else "−" if self.talks < 0 else ""

    @property
    def talks_size(self) -> int:
        return abs(self.talks)


@dataclass(frozen=True, slots=True)
class Row:
    """One rule, unit or person, with how many appear, change and vanish."""

    key: object
    title: str
    counts: tuple[tuple[object, int, str], ...]


def form_of(request: ActorRequest) -> TryForm:
    """What was not said is as usual."""
    usual = {"start": first_of_next_month().isoformat(), **MINUTES}
    return TryForm({**usual, **{key: request.GET[key] for key in usual if request.GET.get(key)}})


def ready(request: ActorRequest, draft_id: UUID) -> reading.DraftRow:
    return reading.draft_for(request.actor, draft_id)


@require_safe
def start(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """At once where it was tried a moment ago; else the page first, and its numbers after it."""
    row = ready(request, draft_id)
    form, today = form_of(request), timezone.localdate()
    if not form.is_valid():
        return render(request, "rules/drafting/try.html", {"draft": row, "form": form}, status=422)
    day = form.cleaned_data["start"]
    counted = "count" in request.GET or is_at_hand(row, start=day, today=today)
    shown: dict[str, object] = {"draft": row, "form": form, "query": request.GET.urlencode()}
    if counted:
        try:
            tried = tried_here(request, row, day)
        except DraftUnready:
            return go_to(request, "rules:draft", draft_id)
        shown |= result(tried, form)
    template = "rules/drafting/_tried.html" if request.htmx else "rules/drafting/try.html"
    return render(request, template, shown)


def tried_here(request: ActorRequest, row: reading.DraftRow, day: date) -> Tried:
    """Where a duty belongs to no unit, that of whoever leads the talk. Raises ``DraftUnready``."""
    tried = try_draft(request.actor, row, start=day, today=timezone.localdate())
    names = directory_of(request)

    def unit_of(change: Change) -> UUID | None:
        card = names.card(change.initiator)
        return change.unit or (card.unit_id if card else None)

    changes = tuple(change._replace(unit=unit_of(change)) for change in tried.changes)
    return replace(tried, changes=changes)


def result(tried: Tried, form: TryForm) -> dict[str, object]:
    sums = [
        (WHEN[when], span_of(when, tried.today), [number(tried, what, when) for what in What])
        for when in (When.MONTH, When.YEAR)
    ]
    units, people = tried.by("unit", When.ALL), tried.by("initiator", When.ALL)
    return {
        "tried": tried,
        "sums": sums,
        "costs": [cost(tried, when, form) for when in (When.MONTH, When.YEAR)],
        "rules": rule_rows(tried),
        "units": list(islice(rows_of(units, "unit"), SHOWN)),
        "people": list(islice(rows_of(people, "person"), SHOWN)),
        "more_units": len(units) > SHOWN,
        "more_people": len(people) > SHOWN,
        "notes": [
            (sentence(note), tried.clauses.get(note.params.get("other", ""), ""))
            for note in tried.notes
            if "other" in note.params
        ],
        "changes": list(WHAT.values()),
    }


def number(tried: Tried, what: What, when: When) -> tuple[object, int, str]:
    count = len(tried.chosen(what, when))
    return WHAT[what], count, query(what, when=when.value)


def cost(tried: Tried, when: When, form: TryForm) -> Cost:
    kinds = tried.talks(when)
    minutes = sum(number * form.minutes(kind) for kind, number in kinds.items())
    return Cost(WHEN[when], kinds.total(), abs(minutes) // 60, abs(minutes) % 60)


def rule_rows(tried: Tried) -> list[Row]:
    keys = dict.fromkeys((each.pack, each.rule) for each in tried.changes)
    rows = []
    for key in sorted(keys):
        counts = [
            (
                WHAT[what],
                len(tried.chosen(what, rule=key)),
                urlencode({"what": what, "rule": "/".join(key)}),
            )
            for what in What
        ]
        rows.append(Row("/".join(key), title_in(tried, *key), tuple(counts)))
    return rows


def title_in(tried: Tried, pack: str, name: str) -> str:
    """The title of a rule, and of a row what tells it from the others of that title."""
    known = tried.rules.get((pack, name))
    if known is None:
        return name
    whole = name.partition(".")[0]
    group = [
        rule
        for (other, each), rule in tried.rules.items()
        if other == pack and each.partition(".")[0] == whole
    ]
    differs = apart(group, tried.start, wording(tried.own))[known.id]
    title = title_of(known.title)
    return _("%(title)s (%(differs)s)") % {"title": title, "differs": differs} if differs else title


def query(what: What, **chosen: str) -> str:
    return urlencode({"what": what.value, **chosen})


def rows_of(counts: dict[UUID, tuple[int, int, int]], field: str) -> list[Row]:
    return [
        Row(
            key,
            "",
            tuple(
                (WHAT[what], count, query(what, **{field: str(key)}))
                for what, count in zip(What, found, strict=True)
            ),
        )
        for key, found in counts.items()
    ]


@require_safe
def duties(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """The duties behind a number."""
    row, form = ready(request, draft_id), form_of(request)
    if not form.is_valid():
        raise Http404
    try:
        tried = tried_here(request, row, form.cleaned_data["start"])
    except DraftUnready:
        return go_to(request, "rules:draft", draft_id)
    what, when = WHAT_NAMED.get(request.GET.get("what", "")), WHENS.get(request.GET.get("when", ""))
    asked = request.GET.get("rule", "").partition("/")
    found = tried.chosen(
        what,
        when or When.ALL,
        rule=(asked[0], asked[2]) if asked[1] else None,
        unit=id_of(request, "unit"),
        person=id_of(request, "person"),
    )
    first = min(position(request), max(len(found) - 1, 0))
    shown = {
        "draft": row,
        "tried": tried,
        "lines": [line_of(tried, each) for each in found[first : first + PAGE]],
        "total": len(found),
        "what": WHAT[what] if what else _("be otherwise"),
        "when": WHEN[when or When.ALL],
        "previous": str(max(first - PAGE, 0)) if first else "",
        "next": str(first + PAGE) if first + PAGE < len(found) else "",
        "back": urlencode({key: str(value) for key, value in form.cleaned_data.items()}),
    }
    return render(request, "rules/drafting/tried_duties.html", shown)


@require_safe
def sides(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """All units, or all who lead talks, with how much would be otherwise for each."""
    row, form = ready(request, draft_id), form_of(request)
    if not form.is_valid():
        raise Http404
    try:
        tried = tried_here(request, row, form.cleaned_data["start"])
    except DraftUnready:
        return go_to(request, "rules:draft", draft_id)
    of_units = request.GET.get("by") == "unit"
    rows = rows_of(
        tried.by("unit" if of_units else "initiator", When.ALL), "unit" if of_units else "person"
    )
    first = min(position(request), max(len(rows) - 1, 0))
    shown = {
        "draft": row,
        "tried": tried,
        "rows": rows[first : first + PAGE],
        "of_units": of_units,
        "changes": list(WHAT.values()),
        "previous": str(max(first - PAGE, 0)) if first else "",
        "next": str(first + PAGE) if first + PAGE < len(rows) else "",
        "back": urlencode({key: str(value) for key, value in form.cleaned_data.items()}),
    }
    return render(request, "rules/drafting/tried_sides.html", shown)


def line_of(tried: Tried, change: Change) -> tuple[Change, object, str, date | None]:
    moved = change.was if change.was != change.due else None
    return change, WHAT[change.what], title_in(tried, change.pack, change.rule), moved


def position(request: ActorRequest) -> int:
    said = request.GET.get("cursor", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else 0


def id_of(request: ActorRequest, name: str) -> UUID | None:
    """Raises ``Http404`` where it is no id."""
    said = request.GET.get(name, "")
    try:
        return UUID(said) if said else None
    except ValueError:
        raise Http404 from None
