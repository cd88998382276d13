"""Choosing whether to be written to, and seeing whether the system is well."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from message_servers import switched_on
from talk_steps import duty_of
from tanxin.apps.notices.models import Choice, Digest
from tanxin.apps.notices.services import tell_overdue
from tanxin.core.access import Role

MINE, WELL, LATE = (reverse(f"notices:{one}") for one in ("mine", "operating", "overdue"))


def page(world, name, where):
    return world.client(name).get(where).content.decode()


def digest(world, state, **more):
    now = timezone.now()
    more = {"day": timezone.localdate(), "try_at": now, "number": 1} | more
    return Digest.objects.create(
        realm_id=world.realm_id, person_id=world.ben, state=state, **more
    )  # fmt: skip


def chosen(world, **said):
    said = {"quiet": "no", "hour": "8", "channel": "mail", **said}
    return world.client("ben").post(reverse("notices:choose"), said)


def test_ben_says_when_and_how_he_is_told(world, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    switched_on(settings, "wecom", "http://127.0.0.1:9")

    assert chosen(world, quiet="yes", hour="14").status_code == 302
    assert 'value="14" selected' in page(world, "ben", MINE)
    refused = chosen(world, channel="wecom")
    assert refused.status_code == 422
    assert "请填写您在该系统的账号" in refused.content.decode()
    assert chosen(world, channel="wecom", address="ben").status_code == 302
    assert chosen(world, channel="wecom", hour="9").status_code == 302
    shown = page(world, "ben", MINE)
    assert "花名册里没有您的邮箱" not in shown
    assert 'value="ben"' not in shown
    assert Choice.objects.get().address_sealed


def test_a_channel_that_the_site_does_not_have_is_refused(world, settings):
    assert chosen(world, channel="wecom", address="ben").status_code == 422
    assert not Choice.objects.exists()


def test_who_leads_somebody_who_is_late_reads_who_and_notes_it(world):
    duty_of(world, "ben", "cleo", due=timezone.localdate() - timedelta(days=3))
    tell_overdue(world.realm_id, today=timezone.localdate(), at=timezone.now())
    ada = world.client("ada")

    assert "您所管的 1 人有事项逾期" in ada.get(reverse("home:home")).content.decode()
    shown = ada.get(LATE).content.decode()
    assert "本明" in shown
    assert "逾期 3 天" in shown
    assert "单可" not in shown
    ada.post(reverse("notices:note"))
    assert "您所管的 1 人有事项逾期" not in ada.get(reverse("home:home")).content.decode()
    assert "本明" in page(world, "ada", LATE)
    assert "本明" not in page(world, "dora", LATE).split("<main")[1]


def test_everybody_sees_what_became_of_his_own_messages(world, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    digest(world, "unreachable")

    assert "您的邮箱或账号无法送达" in page(world, "ben", MINE)
    assert "您的邮箱或账号无法送达" not in page(world, "ada", MINE)
    assert "花名册里没有您的邮箱" in page(world, "ben", MINE)


def test_who_runs_the_system_sees_what_is_stuck_and_of_nobody(world):
    world.entrust("ada", Role.SYSTEM_ADMIN)
    digest(world, "waiting", try_at=timezone.now() - timedelta(hours=1))

    shown = page(world, "ada", WELL)

    assert "有邮件积压" in shown
    assert "本明" not in shown
    assert world.client("ben").get(WELL).status_code == 403
