"""My duties: what I owe, what is owed to me, what I have held."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from issue_builders import issue_in
from talk_steps import confirmed, duty_of, proposed
from tanxin.apps.duties.models import Duty
from tanxin.apps.talks import services
from tanxin.web.duties.words import period

MINE = reverse("duties:mine")


def page(client, query=""):
    answer = client.get(MINE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def on(days):
    return timezone.localdate() + timedelta(days=days)


def test_duties_stand_by_how_soon_they_are_due(world, client_of):
    duty_of(world, due=on(-3))
    duty_of(world, subject="emil", due=on(5))
    duty_of(world, subject="dora", due=on(40))
    duty_of(world, initiator="cleo", subject="emil", due=on(-9))

    html = page(client_of("ada"))

    assert html.index("本明") < html.index("尉迟明") < html.index("杜若")
    assert html.count("<h2 ") == 4
    assert "单可" not in html
    assert "3 天" in html


def test_a_mutual_duty_stands_with_both_and_another_only_with_who_owes_it(world, client_of):
    duty_of(world, subject="emil", mutual=True, due=on(20))
    duty_of(world, subject="ben", due=on(20))

    assert "安雅" in page(client_of("emil"))
    assert "还没有" not in page(client_of("ben"), "?show=owed")
    assert "主动约对方" in page(client_of("ben"), "?show=owed")
    assert "约定时间" not in page(client_of("ben"))


def test_what_has_not_begun_does_not_press_yet(world, client_of):
    duty = duty_of(world, opens=on(10), due=on(12))
    link = reverse("duties:duty", args=[duty.pk])

    assert link not in page(client_of("ada"))
    assert link in page(client_of("ada"), "?show=coming")


def test_a_line_says_when_one_last_talked_and_offers_to_propose_a_time(world, client_of):
    talk = confirmed(world)
    duty = duty_of(world, due=on(20), kind="care")

    html = page(client_of("ada"))

    assert timezone.localtime(talk.held_at).date().isoformat() in html
    assert f"{reverse('talks:new')}?duty={duty.pk}" in html
    assert client_of("ada").get(reverse("talks:new"), {"duty": duty.pk}).status_code == 200


def test_a_duty_with_a_planned_talk_is_not_offered_again(world, client_of):
    duty = duty_of(world, due=on(20))
    talk = proposed(world, duty_ids=[duty.pk])

    html = page(client_of("ada"))

    assert f"?duty={duty.pk}" not in html
    assert "已提出时间，待对方答复" in html
    assert "已约" not in html
    services.agree(world.actor("ben"), talk.pk, at=timezone.now())
    assert "已约定" in page(client_of("ada"))


def test_held_duties_of_the_year_have_their_own_place(world, client_of):
    duty = duty_of(world, due=on(0))
    Duty.objects.filter(pk=duty.pk).update(state="confirmed", met_on=on(-1))
    link = reverse("duties:duty", args=[duty.pk])

    assert link not in page(client_of("ada"))
    assert link in page(client_of("ada"), "?show=done")


def test_a_number_leads_to_its_part_of_the_list(world, client_of):
    late = duty_of(world, due=on(-3))
    later = duty_of(world, subject="dora", due=on(40))

    html = page(client_of("ada"), "?show=owe&due=late")

    assert str(late.pk) in html
    assert str(later.pk) not in html


@pytest.mark.parametrize("show", ["owe", "owed", "coming", "done", "year", "made-up"])
def test_an_empty_page_says_what_would_stand_there(world, client_of, show):
    assert "empty-state" in page(client_of("cleo"), f"?show={show}")


def test_the_year_is_drawn_from_the_days_listed_below_it(world, client_of):
    today = timezone.localdate()
    duty_of(world, due=today)
    duty_of(world, subject="emil", due=today)

    html = page(client_of("ada"), "?show=year")

    assert 'data-chart="year-heat"' in html
    assert f"due={today.isoformat()}" in html
    assert (
        client_of("ada")
        .get(
            reverse("duties:list"),
            {"year": today.year, "person": world.ada, "due": today.isoformat()},
        )
        .content.decode()
        .count("<tr>")
        == 3
    )


def test_an_organiser_without_duties_sees_where_the_whole_stands(world, client_of):
    html = page(client_of("dora"))

    assert reverse("duties:list") in html
    assert reverse("duties:matrix", args=[world.teams["leaders"]]) in html


@pytest.mark.parametrize("who", ["ada", "dora"])
def test_sixty_duties_cost_as_many_queries_as_three(
    world, client_of, django_assert_num_queries, django_assert_max_num_queries, who
):
    client = client_of(who)
    others = ["ben", "cleo", "emil"]
    for other in others:
        duty_of(world, initiator=who, subject=other, due=on(9))
    client.get(MINE)
    with django_assert_max_num_queries(12) as few:
        client.get(MINE)
    for number in range(57):
        duty_of(world, initiator=who, subject=others[number % 3], due=on(9))
    with django_assert_num_queries(len(few)):
        assert "cursor=" in client.get(MINE).content.decode()


def test_nobody_sees_the_duties_of_another_realm(world, client_of):
    assert client_of("ada").get(reverse("duties:duty", args=[uuid4()])).status_code == 404


def test_what_was_promised_to_the_other_and_has_no_answer_stands_with_the_duty(world, client_of):
    duty_of(world, due=on(20))
    duty_of(world, subject="emil", due=on(21))
    issue_in(world, "assigned")

    html = page(client_of("ada"))

    assert html.count("1 件未答复") == 1
    assert html.index("本明") < html.index("1 件未答复") < html.index("尉迟明")
    assert "未答复" not in page(client_of("ben"), "?show=owed")


def test_a_line_says_which_period_it_is_for(world, client_of):
    for code in ("2026-H1", "2026-H2"):
        duty = duty_of(world, due=on(-3 if code.endswith("1") else 9))
        Duty.objects.filter(pk=duty.pk).update(period=code)

    html, home = page(client_of("ada")), client_of("ada").get("/").content.decode()

    for said in ("2026 年上半年", "2026 年下半年"):
        assert said in html
        assert said in home


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2026", "2026 年度"),
        ("2026-Q3", "2026 年第三季度"),
        ("2026-05", "2026 年 5 月"),
        ("2026-W07", "2026 年第 7 周"),
        ("2026-T1", "周期 2026-T1"),
        ("e-00ff", ""),
        ("s-00ff", ""),
    ],
)
def test_periods_are_said_in_words_and_occasions_have_none(code, said):
    with translation.override("zh-hans"):
        assert period(code) == said


def test_a_rule_is_called_in_the_language_of_the_page(world, derived, client_of):
    derived()
    client = client_of("ada")
    assert "主要负责人与班子成员" in page(client)

    client.cookies["tanxin_language"] = "en"
    html = page(client)

    assert "half of 20" in html
    assert "主要负责人与班子成员" not in html
