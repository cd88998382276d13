"""Nobody agrees to two talks at once; what is no longer agreed gives the time back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from group_steps import group_of, talk_with
from talk_steps import agreed, proposed
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.talks import services
from tanxin.apps.talks.booking import busy
from tanxin.apps.talks.free_times import clash, free_times
from tanxin.apps.talks.models import Booked, Talk
from tanxin.apps.talks.refusals import TimeTaken
from tanxin.core.calendar import quarters

TOMORROW = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(1)


def say_yes(world, name, talk, when=None):
    return services.agree(world.actor(name), talk.pk, at=when or timezone.now())


def people_taken(world):
    rows = busy(world.realm_id, world.people.values(), TOMORROW, TOMORROW + timedelta(hours=2))
    names = {one: name for name, one in world.people.items()}
    return {names[person] for person, _ in rows}


@pytest.mark.parametrize("minutes", [-15, 0, 15, 25])
def test_a_second_talk_that_overlaps_is_not_agreed_and_nothing_is_lost(world, minutes):
    first = agreed(world, planned_for=TOMORROW)
    second = proposed(world, "emil", planned_for=TOMORROW + timedelta(minutes=minutes))

    with pytest.raises(TimeTaken):
        say_yes(world, "ben", second)

    second.refresh_from_db()
    assert second.state == "proposed"
    assert set(Booked.objects.values_list("by", flat=True)) == {first.pk}


def test_who_leads_is_taken_as_well_and_the_time_after_is_free(world):
    agreed(world, planned_for=TOMORROW, minutes=60)
    other = proposed(world, other="cleo", planned_for=TOMORROW + timedelta(minutes=45))

    with pytest.raises(TimeTaken):
        say_yes(world, "cleo", other)

    later = TOMORROW + timedelta(minutes=60)
    services.propose_other_time(world.actor("ada"), other.pk, planned_for=later, at=timezone.now())
    assert say_yes(world, "cleo", other).state == "agreed"


def free_by_moving(world, talk):
    services.propose_other_time(
        world.actor("ada"), talk.pk, planned_for=TOMORROW + timedelta(days=7), at=timezone.now()
    )


def free_by_cancelling(world, talk):
    services.cancel(world.actor("ben"), talk.pk, reason="出差", at=timezone.now())


def free_by_holding(world, talk):
    services.hold(world.actor("ada"), talk.pk, held_at=timezone.now(), at=timezone.now())


@pytest.mark.parametrize("leave", [free_by_moving, free_by_cancelling, free_by_holding])
def test_what_is_no_longer_agreed_gives_the_time_back(world, leave):
    talk = agreed(world, planned_for=TOMORROW)
    assert people_taken(world) == {"ada", "ben"}

    leave(world, talk)

    assert not Booked.objects.exists()


def test_who_leads_several_is_taken_once_until_the_last_of_them_is_away(world):
    group = group_of(world, planned_for=TOMORROW)
    ben, cleo = (talk_with(world, group, name) for name in ("ben", "cleo"))
    say_yes(world, "ben", ben)
    say_yes(world, "cleo", cleo)
    assert Booked.objects.filter(person=world.ada).count() == 2
    assert people_taken(world) == {"ada", "ben", "cleo"}

    services.cancel(world.actor("ben"), ben.pk, reason="出差", at=timezone.now())
    assert people_taken(world) == {"ada", "cleo"}
    services.cancel(world.actor("cleo"), cleo.pk, reason="出差", at=timezone.now())
    assert not Booked.objects.exists()


def test_a_secretary_agrees_to_nothing_that_is_taken_either(world):
    agreed(world, planned_for=TOMORROW)
    request = services.ask_for_talk(world.actor("cleo"), asked=world.ada, at=timezone.now())
    talk = services.accept_request(
        world.actor("ada"), request.pk, planned_for=TOMORROW, at=timezone.now()
    )

    with pytest.raises(TimeTaken):
        say_yes(world, "cleo", talk)
    assert Talk.objects.get(pk=talk.pk).state == "proposed"


def test_the_times_offered_are_free_for_both(world):
    now = datetime.fromisoformat("2026-11-23T08:00:00+08:00")
    ada, two = world.actor("ada"), [world.ada, world.ben]
    first = free_times(ada, two, minutes=30, now=now)
    talk = agreed(world, planned_for=first[0], at=now)

    offered = free_times(ada, two, minutes=30, now=now)
    assert first[0] not in offered
    assert {one.date() for one in offered} == {one.date() for one in first}
    assert len(first) == len(offered) == 6
    assert len({one.date() for one in first}) == 3
    assert set(first[2:]) < set(offered)
    assert free_times(ada, two, minutes=30, now=now, besides=[talk.pk]) == first
    assert first[0] in free_times(ada, [world.cleo], minutes=30, now=now)


def test_of_a_clash_it_is_known_on_which_side_and_no_more(world):
    talk = agreed(world, planned_for=TOMORROW)
    agreed(world, by="cleo", days=5)
    cleo, ada = world.actor("cleo"), world.actor("ada")
    when = {"begins": TOMORROW, "minutes": 30}

    assert not clash(cleo, [world.cleo, world.emil], **when)
    theirs = clash(cleo, [world.cleo, world.ben], **when)
    assert (theirs.mine, theirs.theirs) == (False, True)
    both = clash(ada, [world.ada, world.ben], **when)
    assert (both.mine, both.theirs) == (True, True)
    assert not clash(ada, [world.ada, world.ben], besides=[talk.pk], **when)
    assert quarters(**when)[0] == min(Booked.objects.values_list("quarter", flat=True))


def test_a_stranger_does_not_learn_who_is_in_a_talk_by_proposing_one(world):
    cleo, two = world.actor("cleo"), [world.cleo, world.ben]
    now = TOMORROW - timedelta(hours=3)
    before = free_times(cleo, two, minutes=30, now=now)
    agreed(world, planned_for=before[0])

    proposed(world, "cleo", "ben", planned_for=TOMORROW + timedelta(days=7))
    assert not clash(cleo, two, begins=before[0], minutes=30)
    assert free_times(cleo, two, minutes=30, now=now) == before


def test_who_is_kept_from_somebody_does_not_learn_when_he_is_taken(world):
    agreed(world, planned_for=TOMORROW)
    agreed(world, by="cleo", days=5)
    cleo, two = world.actor("cleo"), [world.cleo, world.ben]
    when = {"begins": TOMORROW, "minutes": 30}
    assert clash(cleo, two, **when)

    recuse_from_person(
        world.actor("ben"), world.cleo, world.ben, because="dispute", at=timezone.now()
    )

    assert not clash(cleo, two, **when)
