"""What became of issues in figures: exact for who leads the unit, withheld when small for others."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import held_talk, issue_in
from tanxin.apps.issues.counted import Tally
from tanxin.apps.issues.figures import months_of, picture_of, picture_of_all
from tanxin.apps.org.access import UnitForbidden
from tanxin.apps.org.services.recusing import recuse_from_person

URL = reverse("issues:figures")


def of_unit(world, unit):
    return reverse("issues:unit_figures", args=[world.units[unit]])


def tally(world, unit, raised, *, month=1, kind="work", year=2026, **more):
    return Tally.objects.create(
        realm_id=world.realm_id, side="solving", unit_id=world.units[unit], kind=kind,
        month=date(year, month, 1), raised=raised, **more,
    )  # fmt: skip


def exactly(rows):
    return [tuple(told.number for told in row.numbers) for row in rows]


def test_who_leads_a_unit_sees_its_exact_figures_with_all_below(world):
    issue_in(world, "verified", owner="ben")
    issue_in(world, "assigned")
    year = timezone.localdate().year
    ada = world.client("ada")
    page = ada.get(of_unit(world, "commission"))
    picture = page.context["picture"]

    assert picture.is_exact
    assert [told.number for told in picture.whole] == [2, 0, 1, 0]
    assert sorted(exactly(picture.units)) == [(1, 0, 0, 0), (1, 0, 1, 0)]
    assert exactly(picture.kinds) == exactly(picture.months) == [(2, 0, 1, 0)]
    assert of_unit(world, "planning") in page.content.decode()
    led = ada.get(of_unit(world, "commission"), {"side": "led"}).context["picture"]
    assert [told.number for told in led.whole] == [2, 0, 1, 0]
    assert ada.get(of_unit(world, "commission"), {"year": year - 1}).context["is_empty"]
    assert ada.get(URL).headers["Location"] == of_unit(world, "commission")


def test_who_leads_nothing_there_sees_none(world):
    issue_in(world, "verified")
    today = timezone.localdate()
    with pytest.raises(UnitForbidden):
        picture_of(
            world.actor("ben"),
            world.units["commission"],
            "solving",
            months_of(today.year),
            on=today,
        )
    assert world.client("cleo").get(of_unit(world, "commission")).status_code == 403
    assert "没有可看的数字" in world.client("cleo").get(URL).content.decode()


def test_an_organiser_sees_one_picture_of_all_without_small_numbers(world):
    tally(world, "planning", 7, answered=2)
    tally(world, "centre", 4, month=2)
    page = world.client("dora").get(URL, {"year": 2026})
    said = page.content.decode().partition('class="numbers"')[2]
    picture = page.context["picture"]

    assert not picture.is_exact
    assert [told.number for told in picture.whole][:2] == [10, 0]
    assert {told.is_small for row in picture.units for told in row.numbers[1:]} == {True}
    assert "5 以上" in said
    assert "少于 5" in said
    assert ">7<" not in said
    assert ">4<" not in said
    assert "证据不足" in said
    assert world.client("dora").get(of_unit(world, "planning")).status_code == 403


def test_the_month_that_goes_on_is_not_told_outside(world):
    issue_in(world, "verified")
    today = timezone.localdate()

    assert picture_of_all(world.actor("dora"), year=today.year, on=today).units == []


def test_what_is_kept_from_somebody_is_not_counted_for_him(world):
    issue_in(world, "assigned", talk=held_talk(world, subject="ben"))
    issue_in(world, "assigned", talk=held_talk(world, subject="cleo"))
    today, unit = timezone.localdate(), world.units["commission"]
    recuse_from_person(world.actor("ben"), world.emil, world.ben, because="wish", at=timezone.now())
    world.in_charge("emil", "commission")
    seen = {
        name: picture_of(world.actor(name), unit, "solving", months_of(today.year), on=today)
        for name in ("ada", "emil")
    }

    assert [told.number for told in seen["ada"].whole] == [2, 0, 0, 0]
    assert [told.number for told in seen["emil"].whole] == [1, 0, 0, 0]
    assert exactly(seen["emil"].kinds) == exactly(seen["emil"].units) == [(1, 0, 0, 0)]


def test_the_page_costs_the_same_at_any_size(world, django_assert_max_num_queries):
    tally(world, "planning", 9)
    ada, where = world.client("ada"), of_unit(world, "commission")
    ada.get(where, {"year": 2026})
    with django_assert_max_num_queries(19) as few:
        ada.get(where, {"year": 2026})
    for month in range(2, 12):
        for kind in ("work", "life", "team"):
            tally(world, "centre", 900, month=month, kind=kind)
    with django_assert_max_num_queries(19) as many:
        page = ada.get(where, {"year": 2026})

    assert len(few) == len(many)
    assert page.context["picture"].whole[0].number == 27_009


def test_much_talk_and_little_of_it_that_helped_is_one_number(world):
    tally(world, "planning", 24, effective=9)
    tally(world, "centre", 3, effective=3)
    page = world.client("ada").get(of_unit(world, "commission"), {"year": 2026})
    shares = {row.name: row.share for table in page.context["tables"] for row in table.rows}

    assert page.context["share"] == "44%"
    assert (shares["规划处"], shares["信息中心"]) == ("37%", "证据不足")
    outside = world.client("dora").get(URL, {"year": 2026})
    assert outside.context["share"] == "34% 至 56%"
