"""A talk with several: each answers, is there, reads and confirms for himself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from group_steps import (
    AWAY,
    PART,
    SUMMARY,
    THERE,
    answered,
    confirm,
    group_of,
    held_together,
    part_of,
    summed_up,
    talk_with,
)
from talk_kinds import adopt
from talk_steps import duty_of, rule_of
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.services import VersionMoved, open_texts, search_texts
from tanxin.apps.duties.models import Duty
from tanxin.apps.talks import services
from tanxin.apps.talks.access import (
    GroupForbidden,
    GroupNotFound,
    TalkNotFound,
    group_for,
    own_talks,
    talk_for,
)
from tanxin.apps.talks.groups import in_force, shared_record, standing_of
from tanxin.apps.talks.models import Confirmation, GroupTalk, Talk
from tanxin.apps.talks.refusals import (
    ChannelNeedsReason,
    FormNotMeant,
    PageIsOld,
    SizeNotMeant,
    TalkWithOneself,
    TooFewTogether,
)
from tanxin.apps.talks.selectors import record_of
from tanxin.core.access import Permission, RowForbidden, RowNotFound
from tanxin.core.lifecycle import DutyState, IllegalMove, TalkState


def states(group):
    return sorted(Talk.objects.filter(group=group).values_list("state", flat=True))


def test_each_is_asked_in_a_talk_of_his_own(world):
    group = group_of(world)

    assert states(group) == ["proposed"] * 3
    for name in THERE:
        assert own_talks(world.actor(name)).get() == talk_with(world, group, name)
    assert own_talks(world.actor("ada")).count() == 3


@pytest.mark.parametrize("people", [[], ["ben"], ["ben", "ben"]])
def test_two_are_no_group(world, people):
    with pytest.raises(TooFewTogether):
        group_of(world, people)

    assert not Talk.objects.exists()
    assert not GroupTalk.objects.exists()


def test_nobody_is_asked_to_talk_with_himself(world):
    with pytest.raises(TalkWithOneself):
        group_of(world, ["ben", "ada"])


def test_the_rule_may_say_how_many_and_in_which_form(world):
    sized = (
        "    type: led\n    cites: c\n",
        "    type: round\n    form: collective\n    size: {at_least: 3, at_most: 3}\n    cites: c\n",
    )
    adopt(world, change=sized)

    with pytest.raises(SizeNotMeant) as refused:
        group_of(world, ["ben", "cleo"], type_id="round")
    with pytest.raises(FormNotMeant):
        group_of(world, kind="warning", type_id="admonishing")

    assert (refused.value.least, refused.value.most) == (3, 3)
    assert states(group_of(world, type_id="round")) == ["proposed"] * 3


def test_another_way_needs_a_reason_in_a_group_as_well(world):
    with pytest.raises(ChannelNeedsReason):
        group_of(world, channel="video")

    assert states(group_of(world, channel="video", because="分散在三地")) == ["proposed"] * 3


def test_one_says_no_and_the_others_meet(world):
    group, now = group_of(world), timezone.now()
    services.refuse(
        world.actor("cleo"), talk_with(world, group, "cleo").pk, reason="另有会议", at=now
    )
    two = [world.ben, world.emil]

    services.hold_group(world.actor("ada"), group.pk, held_at=now, present=two, absence="", at=now)

    assert states(group) == ["held", "held", "refused"]


def test_who_was_away_is_told_so_and_nobody_else_reads_it(world):
    group = held_together(world, ["ben", "emil"])

    talk = talk_with(world, group, "cleo")
    assert talk.state == TalkState.CANCELLED
    assert open_texts(world.actor("cleo"), [talk.closing_id], "subject") == {talk.closing_id: AWAY}
    with pytest.raises(RecordNotFound):
        open_texts(world.actor("ben"), [talk.closing_id], "subject")


def test_a_group_that_came_to_one_was_none(world):
    group, now = answered(world), timezone.now()

    with pytest.raises(TooFewTogether):
        services.hold_group(
            world.actor("ada"), group.pk, held_at=now, present=[world.ben], absence=AWAY, at=now
        )

    assert states(group) == ["agreed"] * 3


def test_presence_is_said_once_for_all_and_by_who_leads(world):
    group, now = answered(world), timezone.now()
    with pytest.raises(IllegalMove):
        services.hold(world.actor("ada"), talk_with(world, group, "ben").pk, held_at=now, at=now)
    for name, refusal in (("ben", GroupForbidden), ("dora", GroupForbidden)):
        with pytest.raises(refusal):
            services.hold_group(
                world.actor(name), group.pk, held_at=now, present=[], absence="", at=now
            )
    everybody = [world.people[name] for name in THERE]
    services.hold_group(
        world.actor("ada"), group.pk, held_at=now, present=everybody, absence="", at=now
    )

    with pytest.raises((PageIsOld, TooFewTogether)):
        services.hold_group(
            world.actor("ada"), group.pk, held_at=now, present=everybody, absence="", at=now
        )


def test_all_read_the_summary_and_each_only_his_own_part(world):
    group = summed_up(world)
    part_of(world, group, "ben")
    part = record_of(talk_with(world, group, "ben"))
    summary = shared_record(world.realm_id, group.pk)

    for name in THERE:
        assert open_texts(world.actor(name), [summary.pk], "subject") == {summary.pk: SUMMARY}
    assert open_texts(world.actor("ben"), [part.pk], "subject") == {part.pk: PART}
    for name in ("cleo", "emil"):
        with pytest.raises(RecordNotFound):
            open_texts(world.actor(name), [part.pk], "subject")
        with pytest.raises(TalkNotFound):
            talk_for(world.actor(name), talk_with(world, group, "ben").pk, Permission.TALK_VIEW)
        assert search_texts(world.actor(name), ["调岗"]) == []
        assert [one.pk for one in search_texts(world.actor(name), ["搬迁"])] == [summary.pk]
    assert bytes(part.wrapped_key) != bytes(summary.wrapped_key)


def test_who_was_away_reads_no_summary(world):
    group = summed_up(world, present=["ben", "emil"])
    summary = shared_record(world.realm_id, group.pk)

    with pytest.raises(RecordNotFound):
        open_texts(world.actor("cleo"), [summary.pk], "subject")
    assert standing_of(talk_with(world, group, "cleo")) is None
    assert standing_of(talk_with(world, group, "ben")).state == "waiting"


def test_each_confirms_his_part_and_the_summary_for_himself(world):
    group = summed_up(world)
    part_of(world, group, "ben")

    confirm(world, group, "ben")

    said = Confirmation.objects.get()
    both = in_force(talk_with(world, group, "ben"))
    assert (said.version_id, said.summary_id) == (both.part.pk, both.summary.pk)
    assert talk_with(world, group, "ben").state == TalkState.CONFIRMED
    assert talk_with(world, group, "cleo").state == TalkState.RECORDED
    confirm(world, group, "cleo")
    assert Confirmation.objects.count() == 2


def test_a_new_summary_asks_all_again_and_a_new_part_only_one(world):
    group = summed_up(world)
    part_of(world, group, "ben")
    for name in THERE:
        confirm(world, group, name)

    part_of(world, group, "ben", "改过的部分", expected_version=1)
    assert states(group) == ["confirmed", "confirmed", "recorded"]
    confirm(world, group, "ben")
    summed_up(world, "改过的纪要", group=group, expected_version=1)

    assert states(group) == ["recorded"] * 3


def test_what_was_read_before_the_other_half_changed_is_not_confirmed(world):
    group = summed_up(world)
    part_of(world, group, "ben")
    talk = talk_with(world, group, "ben")
    read = standing_of(talk).digest
    summed_up(world, "改过的纪要", group=group, expected_version=1)

    with pytest.raises(VersionMoved):
        services.confirm_record(world.actor("ben"), talk.pk, digest=read, at=timezone.now())
    assert not Confirmation.objects.exists()


def test_nobody_sums_up_what_was_not_held_or_over_a_text_he_has_not_seen(world):
    group = answered(world)
    with pytest.raises(IllegalMove):
        services.write_summary(world.actor("ada"), group.pk, text=SUMMARY, at=timezone.now())
    for name in ("ben", "dora"):
        with pytest.raises(RowForbidden):
            services.write_summary(world.actor(name), group.pk, text="x", at=timezone.now())
    held = summed_up(world)

    with pytest.raises(VersionMoved):
        summed_up(world, "又一稿", group=held)


def test_the_duties_of_those_who_were_there_are_met_if_the_rule_takes_groups(world):
    rule = rule_of(world, "routine", "either")
    rule.text |= {"form": "either", "size": {"least": 1, "most": 2}}
    rule.save()
    duties = {name: duty_of(world, "ada", name) for name in ("ben", "cleo")}
    strict = duty_of(world, "ada", "emil")
    Duty.objects.exclude(pk=strict.pk).update(rule=rule, form="either")

    held_together(world, ["ben", "emil"])

    for duty in (*duties.values(), strict):
        duty.refresh_from_db()
    assert duties["ben"].state == DutyState.MET
    assert duties["cleo"].state == DutyState.OPEN
    assert strict.state == DutyState.OPEN


def test_a_rule_for_fewer_at_once_is_not_met_by_more(world):
    rule = rule_of(world, "routine", "few")
    rule.text |= {"form": "either", "size": {"least": 1, "most": 2}}
    rule.save()
    duty = duty_of(world, "ada", "ben")
    Duty.objects.update(rule=rule, form="either")

    held_together(world)

    duty.refresh_from_db()
    assert duty.state == DutyState.OPEN


def test_only_those_of_the_group_and_who_watches_know_of_it(world):
    group = group_of(world)

    assert group_for(world.actor("ben"), group.pk, Permission.TALK_VIEW) == group
    assert group_for(world.actor("dora"), group.pk, Permission.TALK_VIEW) == group
    world.person("gil")
    world.account("gil")
    with pytest.raises(GroupNotFound):
        group_for(world.actor("gil"), group.pk, Permission.TALK_VIEW)


def test_it_is_moved_for_all_at_once_and_who_had_agreed_is_asked_again(world):
    group, now = answered(world), timezone.now()
    later = now + timedelta(days=9)

    services.move_group(world.actor("ada"), group.pk, planned_for=later, at=now)

    rows = Talk.objects.filter(group=group)
    assert set(rows.values_list("state", "planned_for", "proposed_by")) == {
        ("proposed", later, world.ada)
    }
    assert GroupTalk.objects.get().planned_for == later
    with pytest.raises(GroupForbidden):
        services.move_group(world.actor("ben"), group.pk, planned_for=later, at=now)
    services.cancel_group(world.actor("ada"), group.pk, reason=AWAY, at=now)
    with pytest.raises(IllegalMove):
        services.move_group(world.actor("ada"), group.pk, planned_for=later, at=now)


def test_calling_it_off_tells_each(world):
    group = group_of(world)

    services.cancel_group(world.actor("ada"), group.pk, reason="会议冲突", at=timezone.now())

    assert states(group) == ["cancelled"] * 3
    for name in THERE:
        talk = talk_with(world, group, name)
        assert open_texts(world.actor(name), [talk.closing_id], "subject")
    with pytest.raises(PageIsOld):
        services.cancel_group(world.actor("ada"), group.pk, reason="再次", at=timezone.now())


def attempt(*step):
    """Whether it was done."""
    try:
        do(*step)
    except REFUSALS:
        return False
    return True


VERBS = ("confirm", "not_right", "part", "summary", "lapse")
REFUSALS = (IllegalMove, RowForbidden, RowNotFound, VersionMoved)


def do(world, group, who, whose, verb, texts):
    talk, now = talk_with(world, group, whose), timezone.now()
    standing = standing_of(talk)
    if verb == "confirm":
        services.confirm_record(world.actor(who), talk.pk, digest=standing.digest, at=now)
    elif verb == "not_right":
        services.dispute_record(
            world.actor(who), talk.pk, verdict=verb, digest=standing.digest, at=now
        )
    elif verb == "lapse":
        services.let_lapse(world.realm_id, today=timezone.localdate() + timedelta(99), at=now)
    elif verb == "part":
        record = record_of(talk)
        services.write_record(
            world.actor(who), talk.pk, text=next(texts), at=now,
            expected_version=record.latest if record else 0,
        )  # fmt: skip
    else:
        latest = shared_record(world.realm_id, group.pk).latest
        services.write_summary(
            world.actor(who), group.pk, text=next(texts), expected_version=latest, at=now
        )


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("ada", "ben", "cleo", "dora")), st.sampled_from(("ben", "cleo")),
            st.sampled_from(VERBS),
        ),
        max_size=10,
    )
)  # fmt: skip
def test_in_whatever_order_only_his_own_word_confirms_and_no_edit_keeps_it(world, steps):
    group = summed_up(world)
    texts = iter(f"第{n}稿" for n in range(99))
    said = {"ben": False, "cleo": False}

    for who, whose, verb in steps:
        done = attempt(world, group, who, whose, verb, texts)
        if done and verb == "summary":
            said = dict.fromkeys(said, False)
        elif done and verb != "lapse":
            said[whose] = verb == "confirm" and who == whose
        for name, confirmed in said.items():
            assert is_confirmed(world, group, name) == confirmed

    for row in Confirmation.objects.select_related("talk"):
        assert row.person_id == row.talk.subject_id


def is_confirmed(world, group, name):
    return talk_with(world, group, name).state == TalkState.CONFIRMED


def test_who_is_kept_from_one_of_them_does_not_find_the_group(world):
    group = group_of(world)
    services.recuse_from_talk(
        world.actor("ben"), talk_with(world, group, "ben").pk, world.dora, because="dispute",
        at=timezone.now(),
    )  # fmt: skip

    with pytest.raises(GroupNotFound):
        group_for(world.actor("dora"), group.pk, Permission.TALK_VIEW)
    assert group_for(world.actor("cleo"), group.pk, Permission.TALK_VIEW) == group
