"""A secretary who is kept from somebody arranges nothing with him, whatever she remembers."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from talk_steps import duty_of
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.talks.models import Talk


def test_a_duty_she_knew_before_is_not_found_after_she_was_kept_out(world):
    now = timezone.now()
    since = timezone.localdate() - timedelta(days=9)
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=since, at=now)
    duty = duty_of(world, kind="care")
    recuse_from_person(world.actor("ben"), world.cleo, world.ben, because="dispute", at=now)
    planned_for = timezone.localtime(now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    fields = {"form": str(uuid4()), "duty_id": str(duty.pk), "planned_for": planned_for}

    answer = world.client("cleo").post(reverse("access:propose", args=[world.ada]), fields)

    assert answer.status_code == 404
    assert not Talk.objects.exists()
