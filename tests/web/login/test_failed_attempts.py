"""Failed logins are told to the owner and to the auditor, and nobody can fill the log with them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from login_steps import code_of, log_in, set_up_app
from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.core.access import Role

SECURITY, HOME = reverse("prefs:security"), reverse("home:home")


def leaves(event):
    return AuditLeaf.objects.filter(event=event).order_by("seq")


def detail(leaf):
    return AuditDetail.objects.get(leaf=leaf).content


def fail(times, **sent):
    for _ in range(times):
        assert log_in(Client(), **({"password": "falsch-geraten"} | sent)).status_code == 422


def test_one_leaf_in_a_quarter_of_an_hour_and_the_count_at_the_next_login(fay, client):
    fail(3)
    [leaf] = leaves("account.sign_in_failed")
    assert (leaf.subject_id, leaf.actor, leaf.person) == (fay.accounts["fay"], None, None)
    assert detail(leaf) == {"step": "login"}

    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        fail(1)
        assert leaves("account.sign_in_failed").count() == 2
        log_in(client)
        assert detail(leaves("account.signed_in").last()) == {"failed_before": 4}
        assert "有 4 次登录未成功" in client.get(HOME).content.decode()
        assert "有 4 次登录未成功" in client.get(SECURITY).content.decode()
        assert "有一次登录未成功" in client.get(SECURITY).content.decode()

        fail(1)
        assert "自您上次登录以来有 1 次" in client.get(SECURITY).content.decode()
        again = Client()
        log_in(again)
        assert "未成功" not in again.get(HOME).content.decode()


def test_a_lockout_leaves_a_leaf_of_its_own_and_a_hundred_attempts_no_more(fay):
    fail(5)
    assert leaves("account.locked").count() == 1
    fail(20)

    assert leaves("account.sign_in_failed").count() == 1
    assert leaves("account.locked").count() == 1


def test_a_handle_of_nobody_leaves_nothing_and_looks_the_same(fay):
    told = [
        str(log_in(Client(), handle=handle, password="x").context["form"].non_field_errors())
        for handle in ("F100", "F999")
    ]

    assert told[0] == told[1]
    assert leaves("account.sign_in_failed").count() == 1


def test_a_failed_second_step_and_a_failed_code_count_as_well(fay, in_as_fay, client):
    set_up_app(in_as_fay)
    log_in(client)
    client.post(reverse("login:second"), {"code": "000000"})
    [leaf] = leaves("account.sign_in_failed")
    assert detail(leaf) == {"step": "second"}

    sent = {"handle": "F100", "code": "AAAA-BBBB-CCCC-DDDD"}
    password = "vier-worte-ohne-sinn"
    chosen = {"new_password": password, "password_again": password}
    assert client.post(reverse("login:reset"), sent | chosen).status_code == 422
    assert "有 2 次登录或验证未成功" in in_as_fay.get(SECURITY).content.decode()


def test_a_failed_step_up_is_told_and_asking_alone_is_none(in_as_fay):
    assert in_as_fay.get(reverse("login:confirm")).status_code == 200
    assert not leaves("account.sign_in_failed").exists()

    assert in_as_fay.post(reverse("login:confirm"), {"itsme-password": "x"}).status_code == 422

    [leaf] = leaves("account.sign_in_failed")
    assert detail(leaf) == {"step": "confirm"}


def test_the_auditor_finds_it_in_the_log_and_others_do_not(fay):
    fay.entrust("cleo", Role.AUDITOR)
    fail(1)

    assert "登录" in fay.client("cleo").get(reverse("audit:log")).content.decode()
    assert fay.client("ada").get(reverse("audit:log")).status_code == 403
    assert "未成功" not in fay.client("ada").get(SECURITY).content.decode()


def test_the_right_code_after_a_wrong_one_counts_once(fay, in_as_fay, client):
    with time_machine.travel(timezone.now(), tick=False):
        secret, _ = set_up_app(in_as_fay)
        log_in(client)
        client.post(reverse("login:second"), {"code": "000000"})
        client.post(
            reverse("login:second"), {"code": code_of(secret, timezone.now().timestamp() + 30)}
        )

    assert detail(leaves("account.signed_in").last()) == {"failed_before": 1}


@pytest.mark.parametrize("handle", ["F100", "F999"])
def test_what_is_written_takes_as_many_steps_for_everybody(
    fay, handle, django_assert_max_num_queries
):
    fail(1, handle=handle)

    with django_assert_max_num_queries(40):
        fail(1, handle=handle)
