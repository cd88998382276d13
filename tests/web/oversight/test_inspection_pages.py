"""Proposing an inspection, approving it, and what its team finds."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from apps.oversight.test_inspections import approve, now_of, propose, staffed
from talk_steps import SAID, recorded
from tanxin.apps.oversight.inspections import Inspection

LIST = reverse("oversight:inspections")


def page(row, name="inspection"):
    return reverse(f"oversight:{name}", args=[row.pk])


def form(world, **more):
    today = timezone.localdate()
    return {
        "name": "机关作风检查", "lead": str(world.cleo), "second": "", "third": "",
        "first": today.isoformat(), "last": (today + timedelta(days=5)).isoformat(),
        "since": (today - timedelta(days=90)).isoformat(), "until": today.isoformat(),
    } | more  # fmt: skip


def test_an_inspection_is_proposed_approved_and_ended_on_pages(world):
    staffed(world)
    sol, sami = world.client("sol"), world.client("sami")
    far = (timezone.localdate() + timedelta(days=60)).isoformat()
    for wrong in ({"last": far}, {"last": "2020-01-01"}, {"lead": ""}, {"until": "9999-12-31"}):
        assert sol.post(LIST, form(world, **wrong)).status_code == 422
    assert sol.post(LIST, form(world, find="cleo", looking="1")).status_code == 200
    assert sol.post(LIST, form(world)).status_code == 303
    row = Inspection.objects.get()
    assert page(row, "decide_inspection") not in sol.get(page(row)).content.decode()

    html = sami.get(page(row)).content.decode()
    assert page(row, "decide_inspection") in html
    assert "<h2>过程数据" not in html
    assert sami.post(LIST, form(world)).status_code == 403
    assert sami.post(page(row, "decide_inspection"), {"verdict": "approve"}).status_code == 303
    again = sami.post(page(row, "decide_inspection"), {"verdict": "refuse"})
    assert again.status_code == 303
    assert "进行中" in sol.get(LIST).content.decode()
    assert sol.post(page(row, "end_inspection")).status_code == 303
    assert "已结束" in sol.get(page(row)).content.decode()


def test_its_team_finds_facts_a_way_to_ask_and_no_word(world):
    staffed(world)
    talk, row = recorded(world), propose(world, "cleo")
    cleo = world.client("cleo")
    assert cleo.get(LIST).status_code == 404
    approve(world, row)
    now_of(world, "cleo")

    assert page(row) in cleo.get(LIST).content.decode()
    html = cleo.get(page(row)).content.decode()
    assert "过程数据" in html
    assert reverse("access:ask", args=[talk.pk]) in html
    assert SAID not in html
    assert cleo.get(reverse("access:ask", args=[talk.pk])).status_code == 200
    assert cleo.get(reverse("oversight:signals")).status_code == 200
    assert cleo.get(reverse("oversight:samples")).status_code == 404
    assert world.client("ben").get(page(row)).status_code == 404
