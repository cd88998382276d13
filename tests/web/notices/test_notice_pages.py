"""Choosing whether to be written to, and seeing whether the system is well."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tanxin.apps.notices.models import Digest, NoMail
from tanxin.core.access import Role

MINE, WELL = reverse("notices:mine"), reverse("notices:operating")


def page(world, name, where):
    return world.client(name).get(where).content.decode()


def digest(world, state, **more):
    now = timezone.now()
    more = {"day": timezone.localdate(), "try_at": now} | more
    return Digest.objects.create(
        realm_id=world.realm_id, person_id=world.ben, state=state, **more
    )  # fmt: skip


def test_ben_switches_messages_off_and_on_again(world):
    ben = world.client("ben")

    assert "不再接收" not in page(world, "ben", MINE)
    ben.post(reverse("notices:choose"), {"mail": "no"})
    assert "您已选择不接收邮件提醒" in page(world, "ben", MINE)
    ben.post(reverse("notices:choose"), {"mail": "no"})
    assert NoMail.objects.count() == 1
    ben.post(reverse("notices:choose"), {"mail": "yes"})
    assert "您愿意接收邮件提醒" in page(world, "ben", MINE)


def test_everybody_sees_what_became_of_his_own_messages(world, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    digest(world, "unreachable")

    assert "您的邮箱地址无法投递" in page(world, "ben", MINE)
    assert "您的邮箱地址无法投递" not in page(world, "ada", MINE)
    assert "花名册里没有您的邮箱" in page(world, "ben", MINE)


def test_who_runs_the_system_sees_what_is_stuck_and_of_nobody(world):
    world.entrust("ada", Role.SYSTEM_ADMIN)
    digest(world, "waiting", try_at=timezone.now() - timedelta(hours=1))

    shown = page(world, "ada", WELL)

    assert "有邮件积压" in shown
    assert "本明" not in shown
    assert world.client("ben").get(WELL).status_code == 403
