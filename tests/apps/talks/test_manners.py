"""What a pack says of a kind or type holds in the talk: who, how, with whose yes, what follows."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from talk_kinds import adopt
from talk_steps import (
    agreed,
    digest_of,
    duty_of,
    events_about,
    held,
    proposed,
    recorded,
    rule_of,
    write,
)
from tanxin.apps.archive.models import Record
from tanxin.apps.archive.services import open_texts
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.reading.rulebook import duties_by_rule
from tanxin.apps.duties.services import derive_realm
from tanxin.apps.org.models import PersonState
from tanxin.apps.talks import selectors, services
from tanxin.apps.talks.access import (
    TalkForbidden,
    TalkNotFound,
    own_talks,
    talk_for,
    talks_to_approve,
    visible_talks,
)
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.models import Approval, Signature, Talk
from tanxin.apps.talks.refusals import (
    ChannelNeedsReason,
    FieldMissing,
    FormNotMeant,
    NobodyToApprove,
    NotForHimToHold,
    NotPrepared,
    SignatureMissing,
)
from tanxin.core.access import Permission, Role
from tanxin.core.lifecycle import DutyState, IllegalMove, TalkState
from tanxin.core.policy import KindUnknown

WHY = "人在外地，先电话谈"


def admonition(world, **more):
    """Emil leads, so Ada approves."""
    return proposed(world, "emil", "ben", kind="warning", type_id="admonishing", **more)


def approved(world, **more):
    talk = admonition(world, **more)
    return services.approve_talk(world.actor("ada"), talk.pk, at=timezone.now())


def taken_place(world):
    talk = approved(world)
    now = timezone.now()
    services.agree(world.actor("ben"), talk.pk, at=now)
    services.prepare(world.actor("emil"), talk.pk, at=now)
    return services.hold(world.actor("emil"), talk.pk, held_at=now, at=now)


def counsel(world, **more):
    return held(world, kind="counsel", **more)


def test_a_talk_keeps_how_it_is_held_when_a_later_version_says_otherwise(world):
    adopt(world)
    before = proposed(world, kind="counsel")
    tomorrow = timezone.localdate() + timedelta(days=1)
    adopt(world, "2", start=tomorrow, change=("grade: limited", "grade: parties"))

    after = proposed(world, kind="counsel", days=3)

    assert conduct_of(Talk.objects.get(pk=before.pk)).grade == "limited"
    assert conduct_of(before).version == "kinds 1"
    assert (conduct_of(after).grade, conduct_of(after).version) == ("parties", "kinds 2")


def test_a_talk_has_the_type_of_the_duty_it_is_for(world):
    adopt(world)
    rule = rule_of(world, "warning", "typed")
    rule.text |= {"type": "led"}
    rule.save()
    duty = duty_of(world, "ben", "ada", kind="warning")
    Duty.objects.filter(pk=duty.pk).update(rule=rule)

    talk = proposed(world, "ben", "ada", kind="warning", duty_ids=[duty.pk])

    assert (talk.kind, talk.type) == ("warning", "led")


@pytest.mark.parametrize(("kind", "type_id"), [("nothing", ""), ("care", "led"), ("warning", "x")])
def test_a_kind_or_type_that_no_pack_has_is_refused(world, kind, type_id):
    adopt(world)

    with pytest.raises(KindUnknown):
        proposed(world, kind=kind, type_id=type_id)

    assert not Talk.objects.exists()


def test_who_may_not_hold_a_type_is_refused_with_the_clause(world):
    adopt(world)

    with pytest.raises(NotForHimToHold) as refused:
        proposed(world, "emil", "ben", kind="warning", type_id="led")

    assert refused.value.conduct.clauses == ("《本单位谈话办法》第七条",)
    assert proposed(world, "ben", "ada", kind="warning", type_id="led").type == "led"
    assert Talk.objects.count() == 1


def test_a_type_that_is_held_in_a_group_is_not_held_with_one(world):
    adopt(world)

    with pytest.raises(FormNotMeant):
        proposed(world, kind="routine", type_id="round")


def test_another_way_than_face_to_face_needs_a_reason_that_both_read(world):
    with pytest.raises(ChannelNeedsReason):
        proposed(world, channel="phone")
    with pytest.raises(ChannelNeedsReason):
        proposed(world, channel="phone", because="  \u200b")

    talk = proposed(world, channel="phone", because=WHY)

    assert Talk.objects.count() == 1
    for name in ("ada", "ben"):
        texts = open_texts(world.actor(name), [talk.because_id], "initiator")
        assert texts == {talk.because_id: WHY}
    assert WHY.encode() not in bytes(Record.objects.get(pk=talk.because_id).wrapped_key)


@pytest.mark.parametrize(
    ("state", "channel"),
    [
        ("floating", "wechat"), ("floating", "phone"), ("hardship", "visit"), ("frail", "visit"),
        ("retired", "visit"), ("retired", "phone"), ("abroad", "video"),
    ],
)  # fmt: skip
def test_in_some_states_a_way_needs_no_reason(world, state, channel):
    world.state("ben", state, sensitive=state not in {"floating", "retired"})

    duty_of(world, "emil", "ben")
    talk = proposed(world, "emil", "ben", channel=channel)

    assert (talk.channel, talk.because_id) == (channel, None)


def test_who_has_nothing_to_do_with_somebody_does_not_learn_of_his_illness_by_a_question(world):
    world.state("ben", "ill")

    with pytest.raises(ChannelNeedsReason):
        proposed(world, "cleo", "ben", channel="visit")

    assert proposed(world, "emil", "ben", channel="visit").because_id is None


def test_a_state_that_has_ended_excuses_nothing(world):
    world.state("ben", "floating", end=date(2026, 1, 1), sensitive=False)

    with pytest.raises(ChannelNeedsReason):
        proposed(world, channel="phone")


def test_the_rule_of_a_duty_that_names_the_way_is_reason_enough(world):
    duty_of(world)

    assert proposed(world, channel="phone").because_id is None


def test_nobody_is_asked_before_it_is_approved(world):
    adopt(world)
    talk = admonition(world)
    ben, now = world.actor("ben"), timezone.now()

    assert talk.state == TalkState.APPROVING
    with pytest.raises(TalkNotFound):
        talk_for(ben, talk.pk, Permission.TALK_VIEW)
    assert not own_talks(ben).exists()
    with pytest.raises(TalkNotFound):
        services.agree(ben, talk.pk, at=now)
    with pytest.raises(IllegalMove):
        services.hold(world.actor("emil"), talk.pk, held_at=now, at=now)
    assert list(talks_to_approve(world.actor("ada"))) == [talk]

    services.approve_talk(world.actor("ada"), talk.pk, at=now)

    assert own_talks(ben).get().state == TalkState.PROPOSED
    assert services.agree(ben, talk.pk, at=now).state == TalkState.AGREED
    assert events_about(talk)[:2] == ["talk.proposed", "talk.approved"]


def test_a_subject_who_watches_over_all_talks_is_not_told_early_either(world):
    adopt(world)
    world.entrust("ben", Role.SUPERVISOR)
    talk = admonition(world)

    with pytest.raises(TalkNotFound):
        talk_for(world.actor("ben"), talk.pk, Permission.TALK_VIEW)
    assert not visible_talks(world.actor("ben")).exists()
    assert visible_talks(world.actor("dora")).get() == talk


def test_only_who_was_asked_approves_and_only_once(world):
    adopt(world)
    talk, now = admonition(world), timezone.now()

    for name, refusal in (("emil", TalkForbidden), ("dora", TalkForbidden), ("cleo", TalkNotFound)):
        with pytest.raises(refusal):
            services.approve_talk(world.actor(name), talk.pk, at=now)
    services.approve_talk(world.actor("ada"), talk.pk, at=now)
    with pytest.raises(IllegalMove):
        services.approve_talk(world.actor("ada"), talk.pk, at=now)
    with pytest.raises(IllegalMove):
        services.deny_talk(world.actor("ada"), talk.pk, reason=WHY, at=now)

    assert Approval.objects.get().decision == "approved"


def test_a_no_has_a_reason_that_the_subject_never_hears(world):
    adopt(world)
    talk = admonition(world, channel="mail", because=WHY)
    services.deny_talk(world.actor("ada"), talk.pk, reason="先按提醒谈话处理", at=timezone.now())

    talk.refresh_from_db()

    assert talk.state == TalkState.NOT_APPROVED
    for name, part in (("emil", "initiator"), ("ada", "asked")):
        assert open_texts(world.actor(name), [talk.closing_id], part)
    assert not own_talks(world.actor("ben")).exists()
    assert not talk.closing.parties.filter(person=world.ben).exists()
    assert not talk.because.parties.filter(person=world.ben).exists()


def test_who_leads_it_never_approves_it_and_with_nobody_else_it_is_not_proposed(world):
    adopt(world)

    with pytest.raises(NobodyToApprove):
        proposed(world, kind="warning", type_id="admonishing")

    assert not Talk.objects.exists()


def test_what_comes_before_is_said_to_be_done_before_it_is_held(world):
    adopt(world)
    talk, now = approved(world), timezone.now()
    emil = world.actor("emil")

    with pytest.raises(NotPrepared):
        services.hold(emil, talk.pk, held_at=now, at=now)
    with pytest.raises(TalkForbidden):
        services.prepare(world.actor("ben"), talk.pk, at=now)
    services.prepare(emil, talk.pk, at=now)

    assert services.hold(emil, talk.pk, held_at=now, at=now).state == TalkState.HELD


def test_after_it_was_held_the_clock_of_the_follow_up_runs(world):
    adopt(world)

    talk = taken_place(world)

    assert talk.follow_up_by == timezone.localdate() + timedelta(days=10)


def test_a_signature_is_demanded_only_where_the_type_says_so(world):
    adopt(world)
    talk = taken_place(world)

    with pytest.raises(SignatureMissing):
        write(world, talk, by="emil", answers={"matter": "迟到"})
    talk = write(world, talk, by="emil", answers={"matter": "迟到"}, means="relogin")
    with pytest.raises(SignatureMissing):
        services.confirm_record(
            world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now()
        )
    assert not Signature.objects.filter(part="subject").exists()
    services.confirm_record(
        world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now(), means="relogin"
    )

    signed = {(row.part, bytes(row.version_digest)) for row in Signature.objects.all()}
    assert signed == {("initiator", digest_of(talk)), ("subject", digest_of(talk))}
    assert events_about(talk).count("talk.signed") == 2


def test_a_talk_with_an_effect_leaves_a_state_until_it_is_over(world):
    adopt(world)
    talk = taken_place(world)
    assert not PersonState.objects.exists()

    talk = write(world, talk, by="emil", means="relogin")

    state = PersonState.objects.get()
    assert (state.person_id, state.kind, state.sensitive) == (world.ben, "sanction", True)
    assert state.start == timezone.localdate()
    assert state.end > timezone.localdate() + timedelta(days=170)

    services.dispute_record(
        world.actor("ben"), talk.pk, verdict="did_not_happen", digest=digest_of(talk),
        at=timezone.now(),
    )  # fmt: skip
    state.refresh_from_db()
    assert state.voided_at is not None


def test_a_type_that_does_not_count_meets_only_what_names_it(world):
    adopt(world)
    plain = duty_of(world, "emil", "ben", kind="warning")

    taken_place(world)

    plain.refresh_from_db()
    assert plain.state == DutyState.OPEN


def test_a_rule_that_names_a_type_wants_a_talk_of_that_type(world):
    adopt(world)
    rule = rule_of(world, "warning", "typed")
    rule.text |= {"type": "led"}
    rule.save()
    duty = duty_of(world, kind="warning")
    Duty.objects.filter(pk=duty.pk).update(rule=rule)

    held(world, kind="warning")

    duty.refresh_from_db()
    assert duty.state == DutyState.OPEN


def test_where_no_pack_speaks_a_talk_is_as_light_as_ever(world):
    talk = agreed(world, kind="warning")

    conduct = conduct_of(talk)
    assert (conduct.grade, conduct.approval, conduct.signature) == ("limited", (), ())
    assert recorded(world, kind="care").state == TalkState.RECORDED
    assert selectors.duties_of(talk) == []


def test_a_kind_that_only_a_pack_knows_goes_from_the_rule_to_the_coverage(world):
    adopt(world)
    on = timezone.localdate()
    derive_realm(world.founder, world.realm_id, today=on, at=timezone.now(), reason="test")
    duty = Duty.objects.get(kind="counsel", initiator=world.ada, subject=world.emil)

    talk = proposed(world, "ada", "emil", kind="counsel", channel="video", duty_ids=[duty.pk])
    services.agree(world.actor("emil"), talk.pk, at=timezone.now())
    services.hold(world.actor("ada"), talk.pk, held_at=timezone.now(), at=timezone.now())
    with pytest.raises(FieldMissing):
        write(world, talk, "", answers={"plan": "再看"})
    talk = write(world, talk, "", answers={"course": "两门待补考"})
    services.confirm_record(
        world.actor("emil"), talk.pk, digest=digest_of(talk), at=timezone.now(), means="relogin"
    )

    duty.refresh_from_db()
    assert duty.state == DutyState.CONFIRMED
    assert duties_by_rule(world.actor("dora"), [duty.rule_id], on=on, year=on.year) == {
        duty.rule_id: (1, 1, 1)
    }
