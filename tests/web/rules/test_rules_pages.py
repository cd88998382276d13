"""Packs in force, a pack with its rules, a rule with its clause."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.duties import services
from tanxin.apps.duties.models import PackInForce, RuleRow
from tanxin.packs import DEMO_COMMISSION, NATIONAL, THREE_MUSTS, shipped_sources


@pytest.fixture
def adopted(world):
    names = (NATIONAL, THREE_MUSTS, DEMO_COMMISSION)
    services.put_shipped_in_force(world.founder, names, start=date(2026, 1, 1), at=timezone.now())


def page(client_of, name, *args, who="cleo"):
    answer = client_of(who).get(reverse(name, args=args))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def pack(name):
    return PackInForce.objects.get(pack=name).pk


def rule(name, of=""):
    return RuleRow.objects.get(rule=name, pack=of or NATIONAL).pk


def test_the_packs_stand_from_the_top_level_down(adopted, client_of):
    html = page(client_of, "rules:packs")

    assert html.index("全国最低要求") < html.index("三必谈") < html.index("市发展促进委员会")
    assert "2026-01-01 起" in html
    assert "0 条已核对原文" in html


def test_without_packs_it_says_who_adopts_them(world, client_of):
    assert "empty-state" in page(client_of, "rules:packs")


def test_earlier_versions_stand_apart(world, client_of, adopted):
    today = timezone.localdate()
    [(file, text)] = shipped_sources(NATIONAL).items()
    new = text.replace("version: 2026.1", "version: 2026.9")
    services.put_in_force(world.founder, {file: new}, start=today, at=timezone.now())

    html = page(client_of, "rules:packs")

    assert html.index("2026.9") < html.index("其他版本")
    assert "止（不含当日）" in html


def test_rules_in_words_are_shown_as_text_and_counted_ones_as_a_sentence(adopted, client_of):
    html = page(client_of, "rules:pack", pack(NATIONAL))

    assert "按要求执行，不计数" in html
    assert "支部书记、支部副书记、支部委员相互之间（同一支部）谈心谈话：每年至少 1 次" in html
    assert "与处于「出国（境）」状态的党员" in html
    assert "遇有递交入党申请书，1 个月内" in html


def test_a_replaced_rule_names_the_stricter_one(adopted, client_of):
    html = page(client_of, "rules:pack", pack(THREE_MUSTS))

    assert "由「市发展促进委员会谈心谈话制度（示例）」中更严的规则代替执行" in html
    assert "民主生活会前 30 天起，至少提前 1 天完成" in html


def test_the_spread_over_the_year_and_the_states_are_said(adopted, client_of):
    html = page(client_of, "rules:pack", pack(DEMO_COMMISSION))

    assert "每年至少 2 次，其中每半年 1 次" in html
    assert "出现「生病」状态" in html
    assert "5 个工作日内" in html
    assert "结对、帮带关系" in html


def test_a_rule_shows_its_clause_and_the_duties_it_creates_here(world, adopted, client_of):
    services.derive_realm(
        world.founder, world.realm_id, today=timezone.localdate(), at=timezone.now(), reason="test"
    )
    row = rule("charge-with-head", DEMO_COMMISSION)

    mine = page(client_of, "rules:rule", row, who="emil")
    strange = page(client_of, "rules:rule", row)

    assert "第六条" in mine
    assert "未核对原文" in mine
    assert "<b>2</b>您能看到的" in mine
    assert "谈话 2 次，谈话人约用 1.5 小时" in mine
    assert "谈话 2 次，约 1.5 小时（谈话人共 1 名）" in mine
    assert "一年的工作量" not in strange
    assert f"rule={row}" in mine
    assert "本年度没有您能看到的应谈" in strange


def test_a_rule_in_words_says_why_it_is_not_counted(adopted, client_of):
    html = page(client_of, "rules:rule", rule("request-answered"))

    assert "约谈申请在「谈话」中答复" in html
    assert "在本单位产生的应谈" not in html


def test_english_readers_get_english_titles(adopted, client_of):
    client = client_of("cleo")
    client.post(reverse("prefs:language"), {"language": "en", "next": "/"})

    html = client.get(reverse("rules:rule", args=[rule("branch-committee-among")]))

    assert "Members of the branch committee with each other" in html.content.decode()


@pytest.mark.parametrize("name", ["rules:packs", "rules:pack", "rules:rule"])
def test_the_pages_take_few_queries(adopted, client_of, django_assert_max_num_queries, name):
    args = {"rules:packs": [], "rules:pack": [pack(NATIONAL)], "rules:rule": [rule("talk-often")]}
    client = client_of("ada")
    client.get(reverse(name, args=args[name]))
    with django_assert_max_num_queries(12):
        client.get(reverse(name, args=args[name]))
