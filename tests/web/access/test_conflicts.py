"""Who is kept apart by a relation neither talks nor judges, and nobody learns why who need not."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from group_steps import answered
from issue_builders import assign, held_talk, issue_in
from talk_kinds import adopt
from talk_steps import agreed, asked, duty_of, proposed, write
from tanxin.apps.issues.refusals import VerifierIsBarred
from tanxin.apps.issues.services.handing_over import hand_over, open_handover, take_over
from tanxin.apps.org.apart import Barred, barred_from
from tanxin.apps.org.services.conflicts import (
    ConflictForbidden,
    ConflictKnown,
    ConflictNotFound,
    declare_conflict,
    end_conflict,
    known_conflicts,
)
from tanxin.apps.org.services.facts import FactWithoutSource
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Approval, Talk
from tanxin.apps.talks.receiving.setting import Hours, set_reception
from tanxin.apps.talks.refusals import MayNotBeThere
from tanxin.apps.talks.witnesses import is_free_to_witness
from tanxin.core.access import Role
from tanxin.core.calendar import Weeks
from tanxin.core.policy.manner import Part

WHY = "2026年3月信访件"
PAGE = "access:conflicts"


def apart(world, one="ada", other="ben", *, by="dora", because="complaint", **more):
    now = timezone.now()
    given = {"source": WHY, "start": timezone.localdate(), "at": now} | more
    return declare_conflict(
        world.actor(by), world.people[one], world.people[other], because=because, **given
    )


def test_a_talk_of_the_two_is_refused_and_not_why(world):
    apart(world)
    duty = duty_of(world)
    when = timezone.localtime(timezone.now() + timedelta(days=2))
    data = {
        "form": "5a4f1b9e-6d0b-4b53-a4ab-5a0f0e6d4d01", "planned_for": f"{when:%Y-%m-%dT%H:%M}",
        "channel": "face", "kind": "routine", "minutes": 60,
    }  # fmt: skip

    answer = world.client("ada").post(f"{reverse('talks:new')}?duty={duty.pk}", data)

    assert answer.status_code == 422
    said = answer.content.decode()
    assert "按回避规定，不能由此人谈话" in said
    assert reverse("duties:delegate") in said
    assert "举报" not in said
    assert WHY not in said
    assert not Talk.objects.exists()


def test_neither_side_may_lead_ask_on_or_agree_later(world):
    before = proposed(world)
    request = asked(world, of="emil")
    apart(world)

    with pytest.raises(Barred):
        services.agree(world.actor("ben"), before.pk, at=timezone.now())
    with pytest.raises(Barred):
        proposed(world, "ben", "ada")
    with pytest.raises(Barred):
        services.suggest_another(world.actor("emil"), request.pk, to=world.ada, at=timezone.now())
    page = world.client("ben").post(reverse("talks:agree", args=[before.pk]), {})
    assert "按回避规定，不能由此人谈话" in page.content.decode()
    suggest = reverse("talks:suggest", args=[request.pk])
    page = world.client("emil").post(suggest, {"person": str(world.ada)})
    assert "按回避规定" in page.content.decode()
    assert not Talk.objects.exclude(state="proposed").exists()


def test_who_was_asked_for_a_talk_cannot_take_it_up(world):
    request = asked(world)
    apart(world)

    with pytest.raises(Barred):
        services.accept_request(
            world.actor("ada"), request.pk, at=timezone.now(),
            planned_for=timezone.now() + timedelta(days=1),
        )  # fmt: skip


def test_no_time_of_a_reception_is_booked_with_who_is_kept_apart(world):
    row = Hours(2, Weeks.EVERY, time(9), time(10), 30, "一楼接待室", timezone.localdate())
    set_reception(world.actor("ada"), world.ada, row, at=timezone.now())
    apart(world)
    page = reverse("reception:leader", args=[world.ada])
    shown = world.client("ben").get(page).content.decode()
    slot, form = (
        shown.split(f'name="{name}" value="')[1].split('"')[0] for name in ("slot", "form")
    )

    answer = world.client("ben").post(page, {"slot": slot, "topic": "", "form": form})

    assert answer.status_code == 422
    assert "按回避规定，不能由此人谈话" in answer.content.decode()


def test_who_is_kept_apart_from_one_of_the_two_is_neither_there_nor_a_witness(world):
    talk = proposed(world)
    today = timezone.localdate()
    assert is_free_to_witness(talk, world.dora, on=today)
    apart(world, "dora", "ben", by="ben")

    assert not is_free_to_witness(talk, world.dora, on=today)
    with pytest.raises(MayNotBeThere):
        services.name_beside(
            world.actor("ada"), talk.pk, {Part.ACCOMPANIST: world.dora}, at=timezone.now()
        )


def test_an_approver_who_is_kept_apart_is_not_asked(world):
    adopt(world, change=("approval: chief", "approval: organisation"))
    world.person("otto")
    world.entrust("otto", Role.ORGANISER)
    apart(world, "dora", "ben", by="ben")

    talk = proposed(world, kind="warning", type_id="admonishing")

    assert [row.person_id for row in Approval.objects.filter(talk=talk)] == [world.people["otto"]]


@pytest.mark.parametrize("other", ["emil", "ben"])
def test_a_verifier_apart_from_the_owner_or_from_whose_matter_it_is_is_refused(world, other):
    issue = issue_in(world, "raised")
    apart(world, "cleo", other)

    with pytest.raises(VerifierIsBarred):
        assign(world, issue, verifier="cleo")


def test_what_a_successor_must_not_lead_does_not_go_to_him(world):
    held_talk(world, state="proposed")
    apart(world, "cleo", "ben")
    handover = open_handover(world.actor("ada"), world.cleo, at=timezone.now())
    take_over(world.actor("cleo"), handover.pk, at=timezone.now())

    hand_over(world.actor("ada"), handover.pk, at=timezone.now())

    assert Talk.objects.get().initiator_id == world.ada


def test_it_holds_from_its_day_until_it_is_ended(world):
    today = timezone.localdate()
    row = apart(world, start=today - timedelta(days=9))

    assert barred_from(world.realm_id, [world.ada], today) == {world.ben}
    assert barred_from(world.realm_id, [world.ben], today) == {world.ada}
    assert barred_from(world.realm_id, [world.ben], today - timedelta(days=10)) == frozenset()
    with pytest.raises(ConflictKnown):
        apart(world, "ben", "ada")

    end_conflict(world.actor("dora"), row.pk, on=today, at=timezone.now())

    assert barred_from(world.realm_id, [world.ada], today) == frozenset()
    assert proposed(world).state == "proposed"


def test_who_is_noted_by_others_finds_nothing_and_ends_nothing(world):
    row = apart(world)
    mine = apart(world, "ben", "cleo", by="ben", because="relative")

    assert known_conflicts(world.actor("ada"), most=9) == []
    assert [one.id for one in known_conflicts(world.actor("ben"), most=9)] == [mine.pk]
    assert {one.id for one in known_conflicts(world.actor("dora"), most=9)} == {row.pk, mine.pk}
    for name in ("ada", "ben", "cleo"):
        with pytest.raises(ConflictNotFound):
            end_conflict(world.actor(name), row.pk, on=timezone.localdate(), at=timezone.now())


def test_of_two_others_only_an_organiser_says_so_and_never_without_a_source(world):
    with pytest.raises(ConflictForbidden):
        apart(world, "ada", "ben", by="cleo")
    with pytest.raises(FactWithoutSource):
        apart(world, source=" ")


def test_it_is_noted_on_a_page_and_sealed(world):
    data = {
        "about": str(world.ben), "person": str(world.ada), "because": "dispute", "source": WHY,
        "start": timezone.localdate().isoformat(),
    }  # fmt: skip

    assert world.client("ben").post(reverse(PAGE), data).status_code == 303

    assert WHY in world.client("ben").get(reverse(PAGE)).content.decode()
    assert WHY not in world.client("ada").get(reverse(PAGE)).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ground_sealed FROM org_conflict")
        assert WHY.encode() not in bytes(cursor.fetchone()[0])
    assert world.client("ben").post(reverse(PAGE), data).status_code == 422
    for wrong in ({"person": str(world.ben)}, {"about": str(world.cleo)}):
        assert world.client("ben").post(reverse(PAGE), data | wrong).status_code == 422
    [row] = known_conflicts(world.actor("ben"), most=9)
    end = reverse("access:end_conflict", args=[row.id])
    assert world.client("ada").post(end).status_code == 404
    assert world.client("ben").post(end).status_code == 303
    assert known_conflicts(world.actor("ben"), most=9) == []


def test_the_two_hold_nothing_that_was_agreed_or_proposed_before_it_was_noted(world):
    talks = [agreed(world), proposed(world, days=2)]
    group = answered(world)
    apart(world)
    now = timezone.now()

    for talk in talks:
        with pytest.raises(Barred):
            services.hold(world.actor("ada"), talk.pk, held_at=now, at=now)
        with pytest.raises(Barred):
            write(world, talk, held_at=now)
    there = [world.people[name] for name in ("ben", "cleo", "emil")]
    with pytest.raises(Barred):
        services.hold_group(
            world.actor("ada"), group.pk, held_at=now, present=there, absence="", at=now
        )
    page = reverse("talks:hold", args=[talks[0].pk])
    answer = world.client("ada").post(
        page, {"hold-held_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}"}
    )
    assert "按回避规定，不能由此人谈话" in answer.content.decode()

    assert not Talk.objects.exclude(held_at=None).exists()


def test_a_talk_of_before_it_was_noted_is_held_on_its_day_and_none_is_proposed_for_one(world):
    talk, now = agreed(world), timezone.now()
    before = now - timedelta(days=2)
    apart(world)

    with pytest.raises(Barred):
        proposed(world, planned_for=before)

    assert services.hold(world.actor("ada"), talk.pk, held_at=before, at=now).state == "held"


def test_who_notes_what_was_noted_about_him_learns_nothing_of_it(world):
    apart(world)
    mine = apart(world, "ben", "ada", by="ben")

    assert [one.id for one in known_conflicts(world.actor("ben"), most=9)] == [mine.pk]
    end_conflict(world.actor("ben"), mine.pk, on=timezone.localdate(), at=timezone.now())

    assert barred_from(world.realm_id, [world.ben], timezone.localdate()) == {world.ada}
