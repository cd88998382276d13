"""The roll-ups after lives that nobody planned are those that counting anew would give."""

from datetime import timedelta
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from issue_builders import ANSWER, EVIDENCE, MISSING, WORDING, assign, held_talk, issue_in
from tanxin.apps.issues import services
from tanxin.apps.issues.counted import Counted, Tally
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.services.sorting import Sorting, sort_issue
from tanxin.apps.issues.tallies import STAGES, rebuild, tallies
from tanxin.core.access import RowForbidden, RowNotFound
from tanxin.core.issue_kinds import SHIPPED_KINDS, Weight
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.tallying import Figures

CELL = ("side", "unit", "month", "kind", *STAGES)


def kept(world):
    rows = Tally.objects.filter(realm=world.realm_id).exclude(raised=0)
    return sorted(rows.values_list(*CELL), key=str)


def counted():
    return sorted(
        Counted.objects.values_list("issue", "kind", "month", "led_unit", "unit", "reached"),
        key=str,
    )


def test_an_issue_counts_where_it_was_led_and_where_it_is_solved_as_far_as_it_came(world):
    issue_in(world, "verified")
    today = timezone.localdate()
    [led] = tallies(world.realm_id, "led", first=today, last=today).items()
    [solving] = tallies(world.realm_id, "solving", first=today, last=today).items()

    assert led[1] == solving[1] == Figures(raised=1, verified=1)
    assert (led[0].kind, led[0].month) == ("condition", today.replace(day=1))
    assert led[0].unit_id == world.units["commission"]
    elsewhere = frozenset({world.units["centre"]})
    assert not tallies(world.realm_id, "led", first=today, last=today, units=elsewhere)


def test_kept_and_counted_anew_are_the_same_after_lives_that_nobody_planned(world):
    dice, now = Random(7), timezone.now()
    talks = [held_talk(world), held_talk(world, initiator="ben", subject="cleo")]
    lives = []
    for number in range(6):
        talk, lead = talks[number % 2], ("ada", "ben")[number % 2]
        at = now - timedelta(days=40 * (number % 3))
        issue = services.raise_issue(
            world.actor(lead), talk.pk, kind=dice.choice(SHIPPED_KINDS), text=WORDING, at=at
        )
        lives.append((issue.pk, lead))
    for _ in range(60):
        go_on(world, dice, *dice.choice(lives))
    before, rows = kept(world), counted()

    assert {row[-1] for row in rows} - {1}
    assert rebuild(world.realm_id) == len(lives)
    assert (kept(world), counted()) == (before, rows)


def go_on(world, dice, issue, lead):
    """Try something that may or may not be possible now."""
    at, seen = timezone.now(), Issue.objects.get(pk=issue).steps
    owner, verifier = world.actor("emil"), world.actor("dora")
    tries = [
        lambda: assign(world, issue, by=lead),
        lambda: services.report_measure(owner, issue, evidence_text=EVIDENCE, at=at),
        lambda: services.verify_measure(verifier, issue, solved=False, note=MISSING, at=at),
        lambda: services.verify_measure(verifier, issue, solved=True, note="", at=at),
        lambda: services.answer_issue(world.actor(lead), issue, answer_text=ANSWER, at=at),
        lambda: sort_issue(
            world.actor(lead), issue, kind=dice.choice(SHIPPED_KINDS), seen=seen, at=at,
            sorting=Sorting(Weight.GENERAL, unit=dice.choice([None, *world.units.values()])),
        ),
    ]  # fmt: skip
    try:
        dice.choice(tries)()
    except (IllegalMove, RowNotFound, RowForbidden, KeyError):
        return


def test_reading_the_figures_costs_the_same_at_any_size(world):
    today = timezone.localdate()
    issue_in(world, "raised")
    with CaptureQueriesContext(connection) as few:
        tallies(world.realm_id, "led", first=today, last=today)
    for _ in range(3):
        issue_in(world, "raised")
    with CaptureQueriesContext(connection) as many:
        tallies(world.realm_id, "led", first=today, last=today)

    assert len(few) == len(many) == 1
    assert Tally.objects.filter(realm=world.realm_id, side="led").get().raised == 4
