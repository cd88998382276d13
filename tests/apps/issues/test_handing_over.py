"""What goes to a successor by a list that both sign, and what never does."""

import pytest
from django.utils import timezone

from issue_builders import MEASURE, WORDING, held_talk, issue_in
from talk_steps import agreed, recorded
from tanxin.apps.archive.access import visible_records
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues.access import IssueNotFound, issue_for
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.services import handing_over as handing
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.access import TalkNotFound, talk_for
from tanxin.apps.talks.models import Booked
from tanxin.core.access import Permission


def hand_all(world, giver="ada", taker="cleo"):
    made = handing.open_handover(world.actor(giver), world.people[taker], at=timezone.now())
    handing.take_over(world.actor(taker), made.pk, at=timezone.now())
    return handing.hand_over(world.actor(giver), made.pk, at=timezone.now())


def test_planned_talks_and_issues_move_with_their_texts_and_old_talks_do_not(world):
    old, planned = recorded(world), agreed(world)
    talks.write_memo(world.actor("ada"), old.pk, text="只给自己看的备忘", at=timezone.now())
    issue_id = issue_in(world, "verified", talk=held_talk(world))

    done = hand_all(world)

    assert {(item.kind, item.moved) for item in done.items.all()} == {
        ("talk", True),
        ("issue", True),
    }
    cleo, ada = world.actor("cleo"), world.actor("ada")
    planned.refresh_from_db()
    assert (planned.initiator_id, planned.state) == (world.cleo, "proposed")
    assert not Booked.objects.filter(by=planned.pk).exists()
    assert talk_for(world.actor("ben"), planned.pk, Permission.TALK_ANSWER)
    assert issue_for(cleo, issue_id, Permission.ISSUE_ANSWER).waiting_for_id == world.cleo
    texts = open_texts(cleo, issue_seen(cleo, issue_id).records, "initiator").values()
    assert {WORDING, MEASURE} <= set(texts)
    assert issue_seen(cleo, issue_id).talk_id is None
    with pytest.raises(IssueNotFound):
        issue_for(ada, issue_id, Permission.ISSUE_VIEW)
    with pytest.raises(TalkNotFound):
        talk_for(cleo, old.pk, Permission.TALK_VIEW)
    assert not visible_records(cleo).filter(about_id=old.pk).exists()


def test_a_successor_is_not_told_what_only_the_one_before_has_led(world):
    issue_in(world, "answered")
    issue_id = issue_in(world, "raised", talk=held_talk(world))
    assert issue_seen(world.actor("ada"), issue_id).again == "person"

    hand_all(world)

    assert issue_seen(world.actor("cleo"), issue_id).again == ""


@pytest.mark.parametrize(("giver", "stage"), [("emil", "assigned"), ("dora", "reported")])
def test_a_measure_moves_with_who_owns_or_verifies_it(world, giver, stage):
    issue_id = issue_in(world, stage)

    hand_all(world, giver)

    cleo = world.actor("cleo")
    assert issue_for(cleo, issue_id, Permission.ISSUE_VIEW).waiting_for_id == world.cleo
    texts = open_texts(cleo, issue_seen(cleo, issue_id).records, "owner").values()
    assert MEASURE in texts
    assert WORDING not in texts
    with pytest.raises(IssueNotFound):
        issue_for(world.actor(giver), issue_id, Permission.ISSUE_VIEW)


def test_nothing_moves_before_both_have_signed(world):
    planned = agreed(world)
    made = handing.open_handover(world.actor("ada"), world.cleo, at=timezone.now())

    with pytest.raises(handing.NotSignedYet):
        handing.hand_over(world.actor("ada"), made.pk, at=timezone.now())
    with pytest.raises(handing.HandoverNotFound):
        handing.take_over(world.actor("ada"), made.pk, at=timezone.now())
    handing.take_over(world.actor("cleo"), made.pk, at=timezone.now())
    for name in ("cleo", "dora", "emil"):
        with pytest.raises(handing.HandoverNotFound):
            handing.hand_over(world.actor(name), made.pk, at=timezone.now())
    planned.refresh_from_db()
    assert planned.initiator_id == world.ada
    with pytest.raises(handing.HandoverIsOpen):
        handing.open_handover(world.actor("ada"), world.cleo, at=timezone.now())
    with pytest.raises(handing.HandoverToOneself):
        handing.open_handover(world.actor("ada"), world.ada, at=timezone.now())


@pytest.mark.parametrize("taker", ["ben", "emil"])
def test_nobody_gets_what_is_about_him_or_what_he_would_judge(world, taker):
    issue_id, planned = issue_in(world, "assigned"), agreed(world)

    done = hand_all(world, "ada", taker)

    moved = {item.kind: item.moved for item in done.items.all()}
    assert moved == {"talk": taker == "emil", "issue": False}
    assert issue_for(world.actor("ada"), issue_id, Permission.ISSUE_ANSWER)
    planned.refresh_from_db()
    assert planned.initiator_id == (world.emil if taker == "emil" else world.ada)


def test_what_is_kept_from_the_successor_stays(world):
    issue_in(world, "assigned")
    agreed(world)
    recuse_from_person(
        world.actor("ben"), world.cleo, world.ben, because="dispute", at=timezone.now()
    )

    assert not any(item.moved for item in hand_all(world).items.all())
