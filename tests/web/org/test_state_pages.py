"""States of one person: entered, ended, taken back; and what they lead to."""

import pytest
from django.urls import reverse

from tanxin.apps.org.models import PersonState


@pytest.fixture
def page(world):
    return reverse("org:states", args=[world.ben])


@pytest.fixture
def ill():
    return {"kind": "ill", "start": "2026-03-02", "source": "住院通知", "sensitive": "on"}


def test_an_organiser_enters_a_state_and_ends_it(world, client_of, page, ill):
    dora = client_of("dora")

    assert dora.post(page, ill).status_code == 303
    again = dora.post(page, ill | {"start": "2026-03-05"})
    row = PersonState.objects.get()
    assert (again.status_code, row.sensitive, row.end) == (422, True, None)
    assert "已有记录" in again.content.decode() or "已登记" in again.content.decode()
    end, name = reverse("org:state_end", args=[row.pk]), f"{row.pk.hex}-last"
    early = dora.post(end, {name: "2026-03-01"})
    assert (early.status_code, "2026-03-01" in early.content.decode()) == (422, True)
    assert dora.post(end, {name: "2026-03-31"}).status_code == 303
    row.refresh_from_db()
    assert row.end.isoformat() == "2026-04-01"
    shown = dora.get(page).content.decode()
    assert "2026-03-31" in shown
    assert end not in shown


def test_what_was_never_so_is_taken_back_with_a_reason_and_stays_on_record(
    world, client_of, page, ill
):
    dora = client_of("dora")
    dora.post(page, ill)
    row = PersonState.objects.get()
    void = reverse("org:state_void", args=[row.pk])

    assert dora.post(void, {f"{row.pk.hex}-reason": " "}).status_code == 422
    assert dora.post(void, {f"{row.pk.hex}-reason": "同名误登"}).status_code == 303

    row.refresh_from_db()
    assert row.voided_at is not None
    assert "住院通知" not in dora.get(page).content.decode()


def test_a_last_day_before_the_first_is_refused_and_nothing_is_lost(client_of, page, ill):
    refused = client_of("dora").post(page, ill | {"last": "2026-02-01"})

    assert refused.status_code == 422
    assert "住院通知" in refused.content.decode()
    assert not PersonState.objects.exists()


def test_nobody_else_sees_that_somebody_is_ill(world, client_of, page, ill):
    client_of("dora").post(page, ill)
    for name in ("ada", "ben", "cleo"):
        assert client_of(name).get(page).status_code == 403
        shown = client_of(name).get(reverse("org:person", args=[world.ben])).content.decode()
        assert page not in shown
        assert ("住院通知" in shown) == (name == "ben")
