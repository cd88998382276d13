"""A handover list gives nothing that was settled or handed on since it was made."""

import pytest
from django.utils import timezone

from issue_builders import issue_in
from talk_steps import agreed
from tanxin.apps.archive.models import Party
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.services import handing_over as handing


def signed_by(world, taker):
    made = handing.open_handover(world.actor("ada"), world.people[taker], at=timezone.now())
    handing.take_over(world.actor(taker), made.pk, at=timezone.now())
    return made


def test_of_two_lists_the_second_gives_neither_the_issue_nor_its_texts(world):
    issue_id, planned = issue_in(world, "raised"), agreed(world)
    lists = [signed_by(world, taker) for taker in ("cleo", "dora")]

    first, second = (
        handing.hand_over(world.actor("ada"), one.pk, at=timezone.now()) for one in lists
    )

    assert {item.moved for item in first.items.all()} == {True}
    assert {item.moved for item in second.items.all()} == {False}
    planned.refresh_from_db()
    assert (planned.initiator_id, Issue.objects.get().led_by_id) == (world.cleo, world.cleo)
    assert Party.objects.filter(record__about_id=issue_id, person=world.cleo).exists()
    assert not Party.objects.filter(record__about_id=issue_id, person=world.dora).exists()


@pytest.mark.parametrize("stage", ["raised", "verified"])
def test_an_issue_answered_after_the_list_was_made_stays_where_it_is(world, stage):
    issue_id = issue_in(world, stage)
    made = signed_by(world, "cleo")
    now = timezone.now()
    Issue.objects.filter(pk=issue_id).update(state="answered", waiting_for=None, answered_at=now)

    done = handing.hand_over(world.actor("ada"), made.pk, at=now)

    assert {item.moved for item in done.items.all()} == {False}
    assert Issue.objects.get().led_by_id == world.ada
    assert not Party.objects.filter(record__about_id=issue_id, person=world.cleo).exists()
