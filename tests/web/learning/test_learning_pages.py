"""One's rights, clauses with their duties, cases, the course, the undertaking, and rates."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talk_steps import SAID, duty_of, recorded
from tanxin.apps.archive.undertakings import put_in_force
from tanxin.apps.duties import services
from tanxin.apps.duties.models import Duty, RuleRow
from tanxin.apps.learning.marks import mark_read, passed_at, rates
from tanxin.apps.learning.models import Case
from tanxin.core.access import Role, RowForbidden
from tanxin.core.learning.rates import Band
from tanxin.packs import NATIONAL, THREE_MUSTS


@pytest.fixture
def adopted(world):
    names = (NATIONAL, THREE_MUSTS)
    services.put_shipped_in_force(world.founder, names, start=date(2026, 1, 1), at=timezone.now())


def get(world, who, name, *args, query=""):
    answer = world.client(who).get(reverse(f"learning:{name}", args=args) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def post(world, who, name, *args, **said):
    return world.client(who).post(reverse(f"learning:{name}", args=args), said)


def test_everybody_reads_his_right_in_three_sentences_with_the_clause(world, adopted):
    page = get(world, "cleo", "rights")

    assert "您可以向任何一级的任何一位领导申请约谈" in page
    assert "5 个工作日内答复" in page
    assert "关于新形势下党内政治生活的若干准则" in page
    post(world, "cleo", "read", what="rights", key="")
    assert "已读" in get(world, "cleo", "start")
    assert "已读" not in get(world, "ben", "start")


def test_a_clause_says_which_duties_it_gives_the_reader(world, adopted):
    rule = RuleRow.objects.get(rule="charge-with-head", pack=THREE_MUSTS)
    duty = duty_of(world, "emil", "ben", due=timezone.localdate() + timedelta(days=20))
    Duty.objects.filter(pk=duty.pk).update(rule=rule)
    where = (THREE_MUSTS, "three-musts")

    page = get(world, "emil", "clause", *where)
    assert "此条给您带来 1 项应谈" in page
    assert reverse("duties:duty", args=[duty.pk]) in page
    assert "目前没有因此条应由您谈的谈话" in get(world, "cleo", "clause", *where)
    assert reverse("learning:clause", args=where) in get(world, "cleo", "clauses")
    assert world.client("cleo").get(
        reverse("learning:clause", args=[THREE_MUSTS, "nothing"])
    ).status_code == 404  # fmt: skip


def test_a_clause_is_marked_as_read_and_nothing_else_is(world, adopted):
    key = f"{THREE_MUSTS}/three-musts"

    assert post(world, "cleo", "read", what="clause", key=key).status_code == 302
    assert "已读" in get(world, "cleo", "clause", *key.split("/"))
    for what, wrong in (("clause", "a/b"), ("case", "x"), ("secret", ""), ("rights", "x")):
        assert post(world, "cleo", "read", what=what, key=wrong).status_code == 404


def test_the_course_is_passed_with_what_the_rules_say_and_only_oneself_is_told(world, adopted):
    page = get(world, "ben", "course")
    assert "不计分" in page
    names = list(dict.fromkeys(re.findall(r'type="radio" name="(\w+)"', page)))
    assert len(names) >= 5

    nothing = post(world, "ben", "course").content.decode()
    assert f"有 {len(names)} 题未答或与规则不符" in nothing
    assert "规则要求" in nothing
    assert passed_at(world.actor("ben")) is None

    answers = {
        name: number
        for name in names
        for number in range(4)
        if f"有 {len(names) - 1} 题" in post(world, "ben", "course", **{name: number}).content.decode()
    }  # fmt: skip
    assert "全部答对" in post(world, "ben", "course", **answers).content.decode()
    assert passed_at(world.actor("ben"))
    assert "已完成" not in get(world, "ada", "start")


def test_without_rules_there_is_nothing_to_ask(world):
    assert "还没有题目" in get(world, "ben", "course")
    assert "empty-state" in get(world, "ben", "clauses")


def test_a_case_is_written_by_one_and_published_by_another(world):
    world.entrust("emil", Role.SUPERVISOR)
    said = {"title": "先听后说", "kind": "care", "text": "请安雅先说自己的难处。"}

    refused = post(world, "dora", "case_new", **said)
    assert refused.status_code == 422
    assert "安雅" in refused.content.decode()
    assert post(world, "dora", "case_new", **said | {"text": "先说难处。"}).status_code == 303
    case = Case.objects.get().pk
    assert "尚未发布" in get(world, "emil", "case", case)
    assert post(world, "dora", "case_publish", case).status_code == 403
    assert world.client("ben").get(reverse("learning:case", args=[case])).status_code == 404
    post(world, "emil", "case_publish", case)
    page = get(world, "ben", "case", case)
    assert "先说难处" in page
    assert "杜若 撰写，尉迟明 审看发布" in page
    assert "先听后说" in get(world, "ben", "cases")
    post(world, "emil", "case_withdraw", case)
    assert "还没有案例" in get(world, "ben", "cases")


def test_before_the_first_record_of_another_the_undertaking_is_given_and_then_it_opens(world):
    talk = recorded(world)
    post(world, "dora", "undertaking_put", text="不向无关人员透露。")
    record = reverse("talks:record", args=[talk.pk])
    ada = world.client("ada")

    asked = ada.get(record)
    assert asked.status_code == 302
    page = ada.get(asked["Location"]).content.decode()
    assert "不向无关人员透露" in page
    assert f'value="{record}"' in page
    given = ada.post(reverse("learning:undertaking_give"), {"version": "1", "next": record})
    assert given["Location"] == record
    assert SAID in ada.get(record).content.decode()
    assert "我的承诺" in get(world, "ada", "undertaking")
    assert SAID in world.client("ben").get(record).content.decode()


def test_a_form_that_would_open_something_stays_in_the_page_that_asks(world):
    recorded(world)
    put_in_force(world.actor("dora"), "不向无关人员透露。", at=timezone.now())

    answer = world.client("ada").post(reverse("mine:export"), {"typed": "补充一句话"})

    assert answer.status_code == 409
    assert "补充一句话" in answer.content.decode()


def test_an_undertaking_leads_to_no_page_of_another_site(world):
    put_in_force(world.actor("dora"), "不向无关人员透露。", at=timezone.now())

    said = {"version": "1", "next": "https://elsewhere.example/"}
    answer = post(world, "ada", "undertaking_give", **said)
    assert answer["Location"] == reverse("learning:undertaking")
    assert post(world, "ada", "undertaking_give", version="x").status_code == 303


def test_others_see_thirds_of_units_of_five_and_nobody_s_name(world):
    for number in range(5):
        world.person(f"p{number}", f"人员{number}")
        world.post(f"岗位{number}", "planning")
        world.holds(f"p{number}", f"岗位{number}")
    mark_read(world.actor("ben"), "rights", "", at=timezone.now())

    [one] = rates(world.actor("dora"), "rights", "", on=timezone.localdate())
    assert (one.unit_id, one.band) == (world.units["planning"], Band.FEW)
    page = get(world, "dora", "rates")
    assert "规划处" in page
    assert "不足三分之一" in page
    assert "信息中心" not in page.split("<main")[1]
    assert "本明" not in page.split("<main")[1]
    with pytest.raises(RowForbidden):
        rates(world.actor("ada"), "rights", "", on=timezone.localdate())
