"""Why must I? The clause, the numbers and the facts of one duty."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from talk_steps import confirmed, duty_of
from tanxin.apps.duties import services
from tanxin.apps.duties.models import Duty, RuleRow
from tanxin.apps.org.models import Charge
from tanxin.apps.org.services import void_fact
from world import FOUNDED, SOURCE


def page(client_of, duty, name="emil"):
    answer = client_of(name).get(reverse("duties:duty", args=[duty.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def head_of_department(world):
    return Duty.objects.filter(rule__rule="charge-with-head", subject=world.ben).latest("due")


def test_it_names_the_clause_and_that_nobody_checked_it(world, derived, client_of):
    derived()
    html = page(client_of, head_of_department(world))

    assert "市发展促进委员会谈心谈话制度（示例）" in html
    assert "第六条" in html
    assert "未核对原文" in html
    assert "版本 2026.1" in html


def test_it_names_numbers_facts_and_their_sources(world, derived, client_of):
    derived()
    html = page(client_of, head_of_department(world))

    assert "每半年至少 1 次" in html
    assert "分管 · 规划处" in html
    assert "任职 · 规划处处长" in html
    assert html.count(SOURCE) >= 3
    assert "2024-03-01" in html


def test_a_rule_pro_rata_says_how_many_days_were_counted(world, derived, client_of):
    derived()
    duty = head_of_department(world)
    text = {**duty.rule.text, "terms": {**duty.rule.text["terms"], "pro_rata": True}}
    RuleRow.objects.filter(pk=duty.rule_id).update(text=text)
    days = (duty.due - duty.opens).days + 1

    assert f"按计入的 {days} 天折算应谈次数" in page(client_of, duty)


def test_a_fact_corrected_since_is_called_so(world, derived, client_of):
    derived()
    duty = head_of_department(world)
    charge = Charge.objects.get(person=world.emil)
    void_fact(world.founder, Charge, charge.pk, reason="登记有误", at=FOUNDED)

    assert "之后已更正" in page(client_of, duty)


def test_the_two_may_propose_and_who_leads_them_only_reads(world, derived, client_of):
    derived()
    duty = head_of_department(world)
    link = f"{reverse('talks:new')}?duty={duty.pk}"

    assert link in page(client_of, duty)
    assert link in page(client_of, duty, "ben")
    assert link not in page(client_of, duty, "ada")
    assert client_of("cleo").get(reverse("duties:duty", args=[duty.pk])).status_code == 404


def test_a_sensitive_reason_is_for_the_two_and_for_organisers(world, derived, client_of):
    world.state("ada", "ill", start=timezone.localdate(), sensitive=True)
    world.post("机关党委书记", "committee", "chief")
    world.holds("emil", "机关党委书记")
    derived()
    duty = Duty.objects.get(rule__rule="care-in-hardship", rule__pack="demo-commission")

    for name in ("ada", "ben", "dora"):
        html = page(client_of, duty, name)
        assert duty.rule.title in html
        assert "5 个工作日" in html
    html = page(client_of, duty, "emil")
    assert duty.rule.title not in html
    assert "生病" not in html
    assert "只有当事双方和组织人员可以查看" in html


def test_an_event_is_named_as_the_occasion(world, derived, client_of):
    world.event("democratic_life_meeting", timezone.localdate(), team="leaders")
    derived()
    duty = Duty.objects.filter(rule__rule="before-meeting-pairs").first()

    html = page(client_of, duty)

    assert f"事由：民主生活会，{timezone.localdate().isoformat()}" in html
    assert "1 天" in html


def test_any_partner_will_do_where_the_rule_names_nobody(world, derived, client_of):
    for key in ("faye", "gus"):
        world.person(key, key, politics="01")
        world.in_branch(key, "branch")
    world.in_branch("emil", "branch")
    derived()
    duty = Duty.objects.filter(rule__rule="branch-member-member", initiator=world.emil).first()

    assert "规则所指的任一人" in page(client_of, duty)


def test_it_tells_what_has_happened(world, adopted, derived, client_of):
    derived()
    duty = head_of_department(world)
    services.meet(world.realm_id, [duty.pk], on=date(2026, 9, 9), at=timezone.now())
    services.contest(world.realm_id, [duty.pk], at=timezone.now())

    html = page(client_of, duty)

    assert "2026-09-09" in html
    assert "有异议" in html
    assert "约定时间" not in html


def test_the_talk_that_met_it_is_linked_for_the_two(world, adopted, client_of, derived):
    derived()
    real = head_of_department(world)
    duty = duty_of(world)
    Duty.objects.filter(pk=duty.pk).update(rule=real.rule, basis=real.basis)
    talk = confirmed(world)

    assert reverse("talks:talk", args=[talk.pk]) in page(client_of, duty, "ada")


def test_it_takes_few_queries(world, derived, client_of, django_assert_max_num_queries):
    derived()
    duty = head_of_department(world)
    page(client_of, duty)
    client = client_of("emil")
    with django_assert_max_num_queries(14):
        client.get(reverse("duties:duty", args=[duty.pk]))
