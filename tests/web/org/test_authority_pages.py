"""Management authority: who sees it, who records it, and what follows."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.org import services
from tanxin.apps.org.models import Authority, RankHolding
from tanxin.core.access import Role


@pytest.fixture
def chosen(world):
    units = world.units
    return {
        "unit": units["commission"],
        "over": units["planning"],
        "rank": "",
        "start": "2026-01-01",
        "source": "干部管理权限表",
    }


def test_an_organiser_records_it_and_ends_it(world, client_of, chosen):
    client = client_of("dora")

    answer = client.post(reverse("org:authority_new"), {**chosen, "rank": "chu-zheng"})
    again = client.post(reverse("org:authority_new"), {**chosen, "rank": "chu-zheng"})
    row = Authority.objects.get()
    shown = client.get(reverse("org:authorities")).content.decode()
    end = reverse("org:authority_end", args=[row.pk])
    early, ended = (
        client.post(end, {"last": "2025-01-01"}),
        client.post(end, {"last": "2026-03-31"}),
    )
    late = client.post(end, {"last": "2026-04-30"})

    assert (answer.status_code, again.status_code) == (303, 422)
    assert "干部管理权限表" in shown
    assert "县处级正职" in shown
    assert (early.status_code, ended.status_code, late.status_code) == (422, 303, 422)
    row.refresh_from_db()
    assert row.end.isoformat() == "2026-04-01"


def test_one_sees_who_manages_a_unit_and_a_person(world, client_of, chosen):
    now = timezone.now()
    services.record_fact(
        world.founder,
        RankHolding(person_id=world.ben, rank="chu-zheng", source="任免文件"),
        at=now,
    )
    client, address = client_of("dora"), reverse("org:authorities")
    client.post(reverse("org:authority_new"), {**chosen, "rank": "chu-zheng"})

    def about(query):
        return "干部管理权限表" in client.get(f"{address}?{query}").content.decode()

    assert about(f"person={world.ben}")
    assert not about(f"person={world.ada}")
    assert about(f"unit={world.units['planning']}")
    assert not about(f"unit={world.units['centre']}")
    for name, key in (("unit", world.units["planning"]), ("person", world.ben)):
        assert (
            f"{address}?{name}={key}"
            in client.get(reverse(f"org:{name}", args=[key])).content.decode()
        )


def test_who_gives_roles_sees_it_and_nobody_else_is_led_there(world, client_of):
    world.entrust("cleo", Role.SECURITY_ADMIN)

    assert client_of("cleo").get(reverse("org:authorities")).status_code == 200
    assert client_of("cleo").get(reverse("org:authority_new")).status_code == 403
    assert client_of("ada").get(reverse("org:authorities")).status_code == 404
    assert (
        reverse("org:authorities") in client_of("cleo").get(reverse("org:chart")).content.decode()
    )
    assert (
        reverse("org:authorities")
        not in client_of("ada").get(reverse("org:chart")).content.decode()
    )
