"""Issues and measures as a list or a board, each part through its own door, narrowed and kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tanxin.apps.issues import listing, selectors
from tanxin.apps.issues.access import issues_to_follow
from tanxin.apps.issues.figures import may_see_all
from tanxin.apps.issues.listing import Wanted
from tanxin.apps.issues.saving import LONGEST_NAME, views_of
from tanxin.apps.issues.selectors import IssueRow
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.issue_stages import STATES_OF, Stage
from tanxin.web.directory import directory_of
from tanxin.web.issues import words
from tanxin.web.issues.filters import FilterForm, address, set_in
from tanxin.web.issues.following import followers_to_choose, process_lines
from tanxin.web.issues.forms import as_uuid
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.lines import Line, line, watched
from tanxin.web.issues.promises import next_talks
from tanxin.web.issues.sorting import units_to_choose
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest

BY_WANTED = ("wanted_on", "id")
BY_RAISED = ("-raised_at", "-id")
# Owners and verifiers read a list whose cursor, too, says nothing about when a matter came up.
BY_LAST_WANTED = ("-wanted_on", "-id")
# Nor does an organiser's, who knows who talked with whom on which day.
BY_CHANCE = ("id",)
IN_COLUMN = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A list of its own: its name, its door, its order, and how much of a row is told."""

    label: Promise
    rows: Callable[[Actor], QuerySet[IssueRow]]
    order: tuple[str, ...]
    told: str = "all"


def to_follow(actor: Actor) -> QuerySet[IssueRow]:
    return issues_to_follow(actor, today=timezone.localdate())


PARTS: dict[str, Part] = {
    "todo": Part(_("Waiting for me"), selectors.issues_waiting_for, BY_WANTED),
    "promised": Part(_("What I promised"), listing.promised_by, BY_WANTED),
    "raised": Part(_("What I raised"), selectors.issues_raised_by, BY_RAISED),
    "led": Part(_("Raised with me"), selectors.issues_led_by, BY_RAISED),
    "helped": Part(_("What I solve or verify"), selectors.issues_helped_by, BY_LAST_WANTED),
    "all": Part(_("All of mine"), listing.all_of_mine, BY_WANTED),
    "realm": Part(_("Whole organisation"), selectors.issues_watched, BY_RAISED, "course"),
    "process": Part(_("To follow up"), to_follow, BY_CHANCE, "process"),
}


def parts_for(actor: Actor) -> dict[str, Part]:
    """Those that this person has; the last two come with a task."""
    hidden = set()
    if not selectors.watches(actor):
        hidden.add("realm")
    if not decide(Permission.ISSUE_FOLLOW, actor.standing).allowed:
        hidden.add("process")
    return {key: part for key, part in PARTS.items() if key not in hidden}


@dataclass(frozen=True, slots=True)
class Asked:
    """One list as it is asked for: which, narrowed to what, as a list or as a board."""

    show: str
    part: Part
    view: str
    form: FilterForm
    wanted: Wanted
    today: date

    def rows(self, actor: Actor) -> QuerySet[IssueRow]:
        rows = self.part.rows(actor)
        if self.part.told == "process" and not self.wanted.stage:
            # Nobody follows up what is over; whoever asks for that column still finds it.
            rows = rows.exclude(state__in=STATES_OF[Stage.CLOSED])
        return listing.narrowed(rows, self.wanted, actor=actor, today=self.today)

    def offer_owners(self, lines: Iterable[Line]) -> None:
        owners = {line.owner_id for line in lines} | {self.wanted.owner}
        self.form.offer_owners(sorted(one for one in owners if one))


@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """What the actor has to do about issues, and what became of those he has to do with."""
    actor, parts = request.actor, parts_for(request.actor)
    kinds = KindNames(actor.realm_id)
    asked = asked_of(request, request.GET, parts, kinds)
    shown: dict[str, object] = {
        "tabs": [(key, part.label) for key, part in parts.items()],
        "show": asked.show,
        "told": asked.part.told,
        "watched": asked.part.told == "course",
        "view": asked.view,
        "form": asked.form,
        "narrowed": bool(set_in(asked.wanted)),
        "kept_query": address(asked.show, asked.view, asked.wanted),
        "as_list": address(asked.show, "", asked.wanted),
        "as_board": address(asked.show, "board", replace(asked.wanted, stage=None)),
        "views": views_of(actor),
        "longest": LONGEST_NAME,
        "today": asked.today,
        "sees_figures": may_see_all(actor) or asked.show in {"led", "promised"},
        "keeps_kinds": decide(Permission.ISSUE_KINDS_EDIT, actor.standing).allowed,
    }
    shown |= board(request, asked, kinds) if asked.view else rows(request, asked, kinds)
    return render(request, "issues/mine.html", shown)


def asked_of(
    request: ActorRequest, data: QueryDict, parts: dict[str, Part], kinds: KindNames
) -> Asked:
    show = data.get("show", "")
    show = show if show in parts else "todo"
    part = parts[show]
    form = FilterForm(
        data,
        # What a matter is about is not told by a filter either.
        kinds=list(kinds.all()) if part.told == "all" else [],
        units=units_to_choose(request.actor),
        directory=directory_of(request),
        found=as_uuid(data.get("owner", "")),
        follows=part.told == "process",
    )
    view = "board" if data.get("view") == "board" else ""
    return Asked(show, part, view, form, form.wanted, timezone.localdate())


def asked_query(
    request: ActorRequest, data: QueryDict, parts: dict[str, Part], kinds: KindNames
) -> str:
    """The address of what is asked for, with nothing in it but filters that are known."""
    asked = asked_of(request, data, parts, kinds)
    return address(asked.show, asked.view, asked.wanted)


def rows(request: ActorRequest, asked: Asked, kinds: KindNames) -> dict[str, object]:
    """One page of the list."""
    actor = request.actor
    cursor = request.GET.get("cursor", "")
    page = page_of(asked.rows(actor), order=asked.part.order, cursor=cursor)
    lines = lines_of(actor, asked, page.rows, kinds)
    asked.offer_owners(lines)
    shown: dict[str, object] = {"page": page, "lines": lines}
    if asked.show == "promised":
        people = {issue.pk: issue.talk.subject_id for issue in page.rows}
        shown["talks"] = next_talks(actor, people, today=asked.today)
    if asked.part.told == "process":
        shown["followers"] = followers_to_choose(actor, directory_of(request))
    return shown


def lines_of(actor: Actor, asked: Asked, issues: list[IssueRow], kinds: KindNames) -> list[Line]:
    today, realm_id = asked.today, actor.realm_id
    dues = selectors.dues_of(realm_id, issues)
    if asked.part.told == "process":
        return process_lines(actor, issues, dues, today)
    owners = selectors.owners_of(realm_id, issues)
    if asked.part.told == "course":
        return [watched(one, dues.get(one.pk), today, owners.get(one.pk)) for one in issues]
    return [
        line(actor, one, dues.get(one.pk), today, owners.get(one.pk), names=kinds) for one in issues
    ]


@dataclass(frozen=True, slots=True)
class Column:
    stage: Stage
    title: Promise
    cards: list[Line]
    more: str


def board(request: ActorRequest, asked: Asked, kinds: KindNames) -> dict[str, object]:
    """A column for each stage, each with its first cards; the rest stands in the list."""
    actor = request.actor
    found: dict[Stage, list[IssueRow]] = {}
    for stage in Stage:
        of_stage = replace(asked, wanted=replace(asked.wanted, stage=stage))
        found[stage] = list(of_stage.rows(actor).order_by(*asked.part.order)[: IN_COLUMN + 1])
    issues = [issue for column in found.values() for issue in column[:IN_COLUMN]]
    cards = {card.id: card for card in lines_of(actor, asked, issues, kinds)}
    asked.offer_owners(cards.values())
    columns = [
        Column(
            stage,
            words.STAGES[stage],
            [cards[issue.pk] for issue in column[:IN_COLUMN]],
            address(asked.show, "", replace(asked.wanted, stage=stage))
            if len(column) > IN_COLUMN
            else "",
        )
        for stage, column in found.items()
    ]
    return {"columns": columns, "lines": issues}
