from datetime import timedelta

from django.utils import timezone

from talk_steps import confirmed, digest_of, duty_of, events_about, recorded
from tanxin.apps.talks import services
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import Confirmation, Talk
from tanxin.apps.talks.tasks import let_silent_records_lapse


def lapse(world, day):
    return services.let_lapse(world.realm_id, today=day, at=timezone.now())


def test_silence_is_said_to_be_silence_and_confirms_nothing(world):
    duty = duty_of(world)
    talk = recorded(world, duty_ids=[duty.pk])

    assert lapse(world, talk.confirm_by) == 0
    assert lapse(world, talk.confirm_by + timedelta(days=1)) == 1

    talk.refresh_from_db()
    duty.refresh_from_db()
    assert (talk.state, standing_of(talk).state, duty.state) == (
        "unconfirmed", "unconfirmed", "met",
    )  # fmt: skip
    assert not Confirmation.objects.exists()
    assert events_about(talk)[-1] == "talk.unconfirmed"


def test_the_time_is_counted_in_working_days(world, settings):
    settings.TANXIN_CONFIRM_WITHIN_DAYS = 10

    talk = recorded(world)

    assert (talk.confirm_by - timezone.localdate()).days >= 14


def test_what_was_answered_does_not_lapse(world):
    talk = confirmed(world)

    assert lapse(world, talk.confirm_by + timedelta(days=90)) == 0


def test_a_talk_that_was_answered_this_minute_is_left_alone(world):
    talk = recorded(world)
    stale = Talk.objects.get(pk=talk.pk)
    services.confirm_record(world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now())

    assert not services.lapsing.lapse(world.founder, stale, timezone.now())

    talk.refresh_from_db()
    assert talk.state == "confirmed"


def test_the_subject_may_still_answer_later(world):
    talk = recorded(world)
    lapse(world, talk.confirm_by + timedelta(days=1))

    talk = services.confirm_record(
        world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now()
    )

    assert talk.state == "confirmed"


def test_the_daily_job_goes_through_all_realms_and_may_run_again(world):
    talk = recorded(world)
    day = (talk.confirm_by + timedelta(days=1)).isoformat()

    assert let_silent_records_lapse.call(day) == 1
    assert let_silent_records_lapse.call(day) == 0
