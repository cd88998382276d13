"""What was written around a talk goes with it; what left for somebody else is his."""

from datetime import timedelta

import pytest
from django.utils import timezone

from signal_steps import WHY, signal_about_ada, supervised
from talk_steps import confirmed
from tanxin.apps.archive.models import Record
from tanxin.apps.issues.models import Issue
from tanxin.apps.oversight import sampling, services
from tanxin.apps.oversight.models import SignalTalk
from tanxin.apps.retention import disposing
from tanxin.apps.retention.belonging import belonging_to
from tanxin.apps.talks.models import Talk
from tanxin.core.oversight.sampling import Solved, TookPlace
from telling_steps import crowd, released, written

pytestmark = pytest.mark.django_db


def later():
    on = timezone.localdate()
    return {"on": on.replace(year=on.year + 11, month=6, day=1), "at": timezone.now()}


def test_what_the_subject_answered_when_asked_again(world):
    talk, today = confirmed(supervised(world)), timezone.localdate()
    days = sampling.Wish(today - timedelta(days=60), today, 5)
    sol, now = world.actor("sol"), timezone.now()
    call = sampling.draw_sample(sol, days, at=now).calls.get()
    said = sampling.Said(TookPlace.YES, Solved.NO, "借调没有下文")
    call = sampling.answer_call(world.actor("ben"), call.pk, said, at=now)
    drawn = disposing.draw_list(world.actor("dora"), reason="期满", **later())

    done = disposing.sign_list(sol, drawn.pk, **later())

    assert Record.objects.get(pk=call.answer_id).erased_at
    gone, _ = disposing.certificate_of(done)
    assert {talk.pk, call.pk} <= {one.about_id for one in gone}
    assert len(gone) == done.texts


def test_what_explains_a_signal_goes_with_the_last_of_its_talks(world):
    signal = signal_about_ada(supervised(world))
    services.explain(world.actor("ada"), signal.pk, text=WHY, at=timezone.now())
    rows = SignalTalk.objects.filter(signal=signal)
    first, second = Talk.objects.filter(pk__in=rows.values("talk"))

    assert signal.pk not in belonging_to(world.realm_id, [first])
    assert signal.pk in belonging_to(world.realm_id, [first, second])


@pytest.mark.parametrize(("begin", "goes"), [(written, True), (released, False)])
def test_feedback_goes_unless_it_was_sent(world, begin, goes):
    crowd(world)
    row = begin(world)
    talk = Issue.objects.get(pk=row.issue_id).talk

    assert (row.pk in belonging_to(world.realm_id, [talk])) == goes
