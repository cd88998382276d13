"""T29: a charge, a seat or a branch post that ends shuts what was led for it, unless another holds."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import issue_in
from talk_steps import SAID
from tanxin.apps.org import services
from tanxin.apps.org.models import BranchMember, Charge, Seat, Tenure
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.access import own_talks
from tanxin.apps.talks.models import Talk

PAST = timedelta(days=30)


def led(world, by, other):
    """A recorded talk, led a month ago, with an issue of it."""
    now = timezone.now()
    made = talks.propose_talk(
        world.actor(by),
        with_person=world.people[other],
        kind="routine",
        planned_for=now + timedelta(days=1),
        at=now,
    )
    talks.agree(world.actor(other), made.pk, at=now)
    talks.hold(world.actor(by), made.pk, held_at=now - timedelta(hours=1), at=now)
    talks.write_record(world.actor(by), made.pk, text=SAID, at=now)
    Talk.objects.filter(pk=made.pk).update(led_since=now - PAST)
    return made.pk


def end(world, table, **which):
    for row in table.objects.filter(end=None, voided_at=None, **which):
        services.end_fact(world.founder, table, row.pk, end=timezone.localdate(), at=timezone.now())


def statuses(world, name, talk):
    browser = world.client(name)
    return {
        browser.get(reverse(address, args=[talk])).status_code
        for address in ("talks:talk", "talks:record", "talks:write", "access:recuse_talk")
    }


def finds(world, name):
    browser = world.client(name)
    found = browser.post(reverse("talks:search"), {"words": SAID[4:8]})
    return len(found.context["found"])


def is_listed(world, name, talk):
    browser = world.client(name)
    return any(
        str(talk) in browser.get(reverse(address)).content.decode()
        for address in ("talks:mine", "home:home")
    )


def test_a_charge_that_ended_takes_what_was_led_for_it(world):
    talk = led(world, "emil", "ben")
    assert statuses(world, "emil", talk) == {200}
    assert finds(world, "emil") == 1

    end(world, Charge, person=world.emil)

    assert statuses(world, "emil", talk) == {404}
    assert finds(world, "emil") == 0
    assert not is_listed(world, "emil", talk)
    assert statuses(world, "ben", talk) == {200, 403}
    assert finds(world, "ben") == 1


def test_what_was_led_with_others_in_the_same_time_stays(world):
    other = led(world, "emil", "cleo")
    end(world, Charge, person=world.emil)

    assert statuses(world, "emil", other) == {200}
    assert finds(world, "emil") == 1


def test_a_charge_given_again_or_above_lets_him_go_on(world):
    talk = led(world, "emil", "ben")
    end(world, Charge, person=world.emil)
    assert statuses(world, "emil", talk) == {404}

    world.in_charge("emil", "commission", timezone.localdate())
    assert statuses(world, "emil", talk) == {200}


@pytest.mark.parametrize("ground", ["branch", "seat"])
def test_another_ground_that_goes_on_lets_him_go_on(world, ground):
    if ground == "branch":
        world.in_branch("emil", "branch", "committee", date(2025, 1, 1))
    else:
        world.sits("ben", "leaders", "member")
    talk = led(world, "emil", "ben")

    end(world, Charge, person=world.emil)
    assert statuses(world, "emil", talk) == {200}
    assert finds(world, "emil") == 1

    end(world, BranchMember, person=world.emil)
    end(world, Seat, person=world.emil)
    assert statuses(world, "emil", talk) == {404}


def test_a_seat_in_a_team_ends_with_what_was_led_in_it(world):
    talk = led(world, "ada", "emil")
    end(world, Seat, person=world.ada)

    assert statuses(world, "ada", talk) == {404}
    assert statuses(world, "emil", talk) == {200, 403}


def test_a_secretary_of_a_branch_who_stays_a_member_loses_what_he_led_as_secretary(world):
    world.in_branch("cleo", "branch")
    talk = led(world, "ben", "cleo")
    issue = issue_in(world, "raised")
    end(world, BranchMember, person=world.ben, role="secretary")
    world.in_branch("ben", "branch", "member", timezone.localdate())

    assert statuses(world, "ben", talk) == {404}
    assert own_talks(world.actor("ben")).exists(), "what he was talked to in stays his"
    assert world.client("ben").get(reverse("issues:issue", args=[issue])).status_code == 200


def test_a_remaining_seat_keeps_what_a_former_post_would_take(world):
    """He left his post in the commission for the centre, but still sits in its leadership."""
    world.sits("ben", "leaders", "member")
    talk = led(world, "emil", "ben")
    end(world, Charge, person=world.emil)
    leave_post(world, "emil")

    assert statuses(world, "emil", talk) == {200}
    end(world, Seat, person=world.emil)
    assert statuses(world, "emil", talk) == {404}


def leave_post(world, name):
    from_today = timezone.localdate()
    end(world, Tenure, person=world.people[name])
    world.holds(name, "信息中心科员", from_today)
