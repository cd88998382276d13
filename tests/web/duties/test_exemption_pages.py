"""Exemptions and delegations on their pages: asked for, decided, and shown where the duty stands."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talk_steps import duty_of, proposed
from tanxin.apps.duties import delegating
from tanxin.apps.duties.models import DelegationRequest, Duty, WaiverRequest
from tanxin.apps.org.models import Delegation
from tanxin.apps.talks import services
from world import TODAY

WHY = "援派一年，年底前不在单位"


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def get(client_of, who, name, *args):
    return text(client_of(who).get(reverse(name, args=args)))


@pytest.fixture
def duty(world):
    return duty_of(world, "emil", "ben", unit_id=world.units["planning"])


def ask(client_of, duty, who="emil", reason=WHY):
    return client_of(who).post(reverse("duties:waive", args=[duty.pk]), {"reason": reason})


def test_it_is_asked_for_on_the_page_of_the_duty_and_approved_by_who_leads(world, client_of, duty):
    assert reverse("duties:waive", args=[duty.pk]) in get(client_of, "emil", "duties:duty", duty.pk)
    assert "申请免谈" in get(client_of, "emil", "duties:waive", duty.pk)
    assert ask(client_of, duty).status_code == 303
    row = WaiverRequest.objects.get()
    there = reverse("duties:waiver", args=[row.pk])
    assert there in get(client_of, "ada", "duties:waivers")
    assert there in get(client_of, "dora", "home:home")
    assert there not in get(client_of, "ben", "home:home")
    assert "待批准" in get(client_of, "emil", "duties:waivers")
    assert there in get(client_of, "emil", "duties:duty", duty.pk)
    assert there not in get(client_of, "ben", "duties:duty", duty.pk)
    assert WHY in get(client_of, "ada", "duties:waiver", row.pk)

    assert client_of("ada").post(f"{there}approve/").status_code == 303

    html = get(client_of, "emil", "duties:duty", duty.pk)
    assert "已免" in html
    assert WHY in html
    assert "安雅" in html
    mine = get(client_of, "emil", "duties:mine")
    assert reverse("duties:duty", args=[duty.pk]) not in mine
    assert text(client_of("ada").post(f"{there}approve/"), 422).count("已有人处理") == 1


def test_a_refusal_says_why_and_the_talk_stays_owed(world, client_of, duty):
    ask(client_of, duty)
    there = reverse("duties:waiver", args=[WaiverRequest.objects.get().pk])
    text(client_of("ada").post(f"{there}refuse/", {"answer": " "}), 422)

    assert client_of("ada").post(f"{there}refuse/", {"answer": "可以视频谈"}).status_code == 303

    assert "可以视频谈" in text(client_of("emil").get(there))
    duty.refresh_from_db()
    assert duty.state == "open"


def test_who_leads_the_unit_alone_reads_neither_reason_nor_rule_of_a_sensitive_duty(
    world, client_of
):
    duty = duty_of(world, "ben", "cleo", unit_id=world.units["planning"], sensitive=True)
    ask(client_of, duty, "ben")
    there = WaiverRequest.objects.get().pk
    assert duty.rule.title not in get(client_of, "emil", "duties:waiver", there)
    assert duty.rule.title not in get(client_of, "emil", "duties:waivers")

    client_of("emil").post(reverse("duties:approve_waiver", args=[there]))

    html = get(client_of, "emil", "duties:duty", duty.pk)
    assert "已免" in html
    assert WHY not in html


def test_who_asked_takes_it_back_and_asking_needs_words(world, client_of, duty):
    text(ask(client_of, duty, reason=" "), 422)
    ask(client_of, duty)
    text(ask(client_of, duty), 422)
    there = reverse("duties:waiver", args=[WaiverRequest.objects.get().pk])

    assert client_of("emil").post(f"{there}withdraw/").status_code == 303

    assert "已收回" in text(client_of("emil").get(there))
    assert client_of("cleo").get(there).status_code == 404


def held_talk(world, lead, subject):
    now = timezone.now()
    talk = proposed(world, lead, subject, kind="care")
    services.agree(world.actor(subject), talk.pk, at=now)
    return services.hold(world.actor(lead), talk.pk, held_at=now - timedelta(hours=1), at=now)


@pytest.fixture
def mentored(world, derived):
    """Emil looks after Ben, and may let somebody talk for him."""
    world.contact("emil", "mentor", "ben")
    derived()
    mine = Duty.objects.filter(rule__rule="mentor-each-quarter", initiator=world.emil)
    return mine.filter(opens__lte=timezone.localdate()).latest("due")


def delegate(client_of, world, whom="cleo", **more):
    day = timezone.localdate()
    asked = {
        "person": world.people[whom], "rule": "mentor-each-quarter", "first": day.isoformat(),
        "last": (day + timedelta(days=20)).isoformat(), "reason": "出差",
    }  # fmt: skip
    return client_of("emil").post(reverse("duties:delegate"), asked | more)


def test_a_delegation_is_asked_for_approved_and_shown_on_duty_and_talk(
    world, client_of, mentored, derived
):
    assert "结对帮带每季度谈心" in get(client_of, "emil", "duties:delegate")
    assert delegate(client_of, world).status_code == 303
    row = DelegationRequest.objects.get()
    assert "出差" in get(client_of, "ada", "duties:delegation", row.pk)
    assert "出差" not in get(client_of, "cleo", "duties:delegation", row.pk)
    assert reverse("duties:delegation", args=[row.pk]) in get(client_of, "ada", "duties:waivers")

    client_of("ada").post(reverse("duties:approve_delegation", args=[row.pk]))
    derived()

    assert "可受托代谈" in get(client_of, "emil", "duties:duty", mentored.pk)
    assert "我代" in get(client_of, "cleo", "duties:waivers")
    theirs = get(client_of, "cleo", "duties:delegation", row.pk)
    assert f"{reverse('talks:new')}?with={world.ben}" in theirs
    talk = held_talk(world, "cleo", "ben")
    html = get(client_of, "cleo", "talks:talk", talk.pk)
    assert "受尉迟明委托" in html

    client_of("emil").post(reverse("duties:end_delegation", args=[row.pk]))

    assert Delegation.objects.get().voided_at
    assert "生效前已收回" in get(client_of, "emil", "duties:delegation", row.pk)


def test_a_delegation_is_refused_with_a_reason(world, client_of, mentored):
    delegate(client_of, world)
    row = DelegationRequest.objects.get()
    url = reverse("duties:refuse_delegation", args=[row.pk])
    text(client_of("ada").post(url), 422)

    client_of("ada").post(url, {"answer": "请本人谈"})

    assert "请本人谈" in get(client_of, "emil", "duties:delegation", row.pk)
    assert not Delegation.objects.exists()
    text(client_of("ada").post(reverse("duties:approve_delegation", args=[row.pk])), 422)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"last": "2020-01-01"}, "一年之内"),
        ({"person": ""}, "由谁代我谈"),
        ({"first": ""}, "请填写"),
    ],
    ids=["over", "nobody", "no-day"],
)
def test_what_does_not_fit_is_said_at_its_field(world, client_of, mentored, changed, said):
    assert said in text(delegate(client_of, world, **changed), 422)


def test_nobody_delegates_to_himself_or_where_no_rule_allows_it(world, client_of, mentored):
    assert "其他人" in text(delegate(client_of, world, "emil"), 422)
    assert not delegating.my_delegations(world.actor("emil"))


def test_without_such_a_rule_the_page_says_so(world, client_of):
    assert "不能委托" in get(client_of, "emil", "duties:delegate")
    assert "不能委托" in get(client_of, "emil", "duties:waivers")


def test_the_overview_takes_as_many_queries_for_many_as_for_few(
    world, client_of, django_assert_max_num_queries, django_assert_num_queries
):
    ada = client_of("ada")

    def more(number):
        for _ in range(number):
            duty = duty_of(world, "emil", "ben", unit_id=world.units["planning"], due=TODAY)
            ask(client_of, duty)

    more(2)
    ada.get(reverse("duties:waivers"))
    with django_assert_max_num_queries(20) as few:
        ada.get(reverse("duties:waivers"))
    queries = len(few)
    more(10)
    with django_assert_num_queries(queries):
        ada.get(reverse("duties:waivers"))
