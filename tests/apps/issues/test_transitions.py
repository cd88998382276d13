"""Two who take a step at the same moment: one wins, and nothing of the other is kept."""

import pytest
from django.db import connection
from django.utils import timezone

from issue_builders import ANSWER, EVIDENCE, MEASURE, MISSING, STATEMENT, WORDING, issue_in
from tanxin.apps.issues.models import Issue, Step
from tanxin.apps.issues.services import verify_measure
from tanxin.apps.issues.transitions import take_step
from tanxin.core.lifecycle import IllegalMove, IssueMove


def take(world, issue, by, waiting_for="ada"):
    return take_step(
        issue,
        by,
        waiting_for=world.people[waiting_for],
        wanted_on=timezone.localdate(),
        at=timezone.now(),
    )


def test_the_second_of_two_who_read_the_same_state_is_refused(world):
    issue_id = issue_in(world, "reported")
    first, second = Issue.objects.get(pk=issue_id), Issue.objects.get(pk=issue_id)
    take(world, first, IssueMove.VERIFY)

    with pytest.raises(IllegalMove):
        take(world, second, IssueMove.SEND_BACK, "emil")
    assert Issue.objects.get().state == "verified"


def test_that_holds_also_where_the_state_comes_out_the_same(world):
    issue_id = issue_in(world, "assigned")
    first, second = Issue.objects.get(pk=issue_id), Issue.objects.get(pk=issue_id)
    take(world, first, IssueMove.ASSIGN, "emil")

    with pytest.raises(IllegalMove):
        take(world, second, IssueMove.ASSIGN, "cleo")
    assert Issue.objects.get().waiting_for_id == world.emil


def test_every_step_taken_is_written_down_under_its_number(world):
    issue_id = issue_in(world, "answered")

    assert list(Step.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert Issue.objects.get(pk=issue_id).steps == 5


def test_not_a_word_of_it_stands_in_the_database(world):
    issue_id = issue_in(world, "reported")
    now = timezone.now()
    verify_measure(world.actor("dora"), issue_id, solved=False, note=MISSING, at=now)
    issue_in(world, "answered")

    canaries = [
        text.encode()[:24] for text in (WORDING, STATEMENT, MEASURE, EVIDENCE, MISSING, ANSWER)
    ]
    found = [
        (table, canary.decode(errors="ignore"))
        for table in connection.introspection.table_names()
        for row in rows_of(table)
        for canary in canaries
        if canary in row
    ]
    assert found == []


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        for row in cursor.fetchall():
            yield b"|".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for value in row
            )
