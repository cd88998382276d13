"""A list of kinds of one's own, issues that are weighty or common, and what is followed up."""

from collections.abc import Iterator
from datetime import datetime

from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.saving import save_view
from tanxin.apps.issues.services.following_up import follow_up, remind
from tanxin.apps.issues.services.sorting import Sorting, sort_issue
from tanxin.apps.issues.taxonomy import add_kind
from tanxin.core.issue_kinds import Reach, Weight
from tanxin.demo.seeding.stage import Course, Stage

OWN_KIND = ("服务企业和群众", "Serving firms and people")
VIEWS = {
    "demo-secretary": (
        ("已经超期的", "show=led&light=red"),
        ("向我提出的，看板", "show=led&view=board"),
    ),
    "demo-organiser": (("超期未办", "show=process&light=red"),),
}  # fmt: skip
EVERY_THIRD, EVERY_SEVENTH = 3, 7


def sorting_courses(stage: Stage) -> Iterator[Course]:
    yield sorted_out(stage)
    yield followed_up(stage)


def sorted_out(stage: Stage) -> Course:
    """The organiser adds a kind; some leaders say what is weighty, and what many have."""
    yield (at := stage.clock.ago(2, 9, 40))
    organiser = stage.cast.actor(stage.cast.persona("demo-organiser"))
    key = add_kind(organiser, zh=OWN_KIND[0], en=OWN_KIND[1], at=at)
    issues = Issue.objects.filter(realm=stage.cast.realm_id).order_by("raised_at", "pk")
    for number, issue in enumerate(issues):
        if number % EVERY_THIRD == 0:
            kind = key if issue.kind == "work" and number % 2 else issue.kind
            sort(stage, issue, kind, number, at)


def sort(stage: Stage, issue: Issue, kind: str, number: int, at: datetime) -> None:
    weight = Weight.URGENT if number % EVERY_SEVENTH == 0 else Weight.IMPORTANT
    reach = Reach.COMMON if number % 2 else Reach.PERSONAL
    sort_issue(
        stage.cast.actor(issue.led_by_id),
        issue.pk,
        kind=kind,
        sorting=Sorting(weight=weight, reach=reach),
        seen=issue.steps,
        at=at,
    )


def followed_up(stage: Stage) -> Course:
    """What is late is followed by the organiser, who reminded of it yesterday."""
    yield (at := stage.clock.ago(1, 15, 10))
    person_id = stage.cast.persona("demo-organiser")
    organiser = stage.cast.actor(person_id)
    late = Issue.objects.filter(
        realm=stage.cast.realm_id, state="assigned", measures__due__lt=at.date()
    )
    issues = list(late.order_by("measures__due", "pk").values_list("pk", flat=True)[:6])
    follow_up(organiser, issues, person_id, at=at)
    remind(organiser, issues[:3], at=at)
    for handle, views in VIEWS.items():
        owner = stage.cast.actor(stage.cast.persona(handle))
        for name, query in views:
            save_view(owner, name=name, query=query, at=at)
